const DAY_MS = 86_400_000;
/** As long as a phone may be without network and still bring its photo. */
export const PREVIEW_KEPT_MS = 14 * DAY_MS;
const LATE_DAYS = 2;

/** For so many days its photo has not come; null: that is nothing yet to speak of. */
export function daysLate(addedAt: Date, now: Date): number | null {
  const days = Math.floor((now.getTime() - addedAt.getTime()) / DAY_MS);
  return days >= LATE_DAYS ? days : null;
}
