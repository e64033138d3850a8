/**
 * When something happened, by a device whose clock may be wrong. The device says when it happened and when it sent it;
 * the difference between its sending time and ours is its error, by which the first is put right. Nothing happened
 * later than now, and what a device cannot date is dated now.
 */
export const LONGEST_OFFLINE_MS = 60 * 86_400_000;

export function deviceTime(now: Date, occurredAt: string | undefined, sentAt: string | undefined): Date {
  if (occurredAt === undefined) return now;
  const happened = new Date(occurredAt).getTime();
  const error = sentAt === undefined ? 0 : now.getTime() - new Date(sentAt).getTime();
  const corrected = Math.min(now.getTime(), happened + error);
  return corrected < now.getTime() - LONGEST_OFFLINE_MS ? now : new Date(corrected);
}
