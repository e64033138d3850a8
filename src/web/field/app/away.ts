export const AWAY_MS = 10 * 60_000;

/** As much of a page as is looked at here. */
type Page = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;

/**
 * Away for longer than that, the phone asks for the PIN again. A hidden page's timers stand still on many phones: so the
 * instant of hiding is remembered, and looked at when the page is seen again.
 */
export function watchAway(page: Page, now: () => Date, onAway: () => void): () => void {
  let hiddenAt: number | null = null;
  let leaving: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    clearTimeout(leaving);
    if (page.visibilityState === 'hidden') {
      hiddenAt = now().getTime();
      leaving = setTimeout(onAway, AWAY_MS);
      return;
    }
    if (hiddenAt !== null && now().getTime() - hiddenAt >= AWAY_MS) onAway();
    hiddenAt = null;
  };
  look();
  page.addEventListener('visibilitychange', look);
  return () => {
    clearTimeout(leaving);
    page.removeEventListener('visibilitychange', look);
  };
}
