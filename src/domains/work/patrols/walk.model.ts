/** How long a walk may last; one that nobody ended is over then. */
export const LONGEST_WALK_MS = 16 * 3_600_000;
/** What arrives later than that does not count. */
export const LATEST_MS = 14 * 86_400_000;
