/** One run at a time; told again meanwhile, exactly one more follows, however often it was told. */
export function oneAtATime(run: () => Promise<unknown>): () => void {
  let isRunning = false;
  let isToldAgain = false;
  const start = async (): Promise<void> => {
    isRunning = true;
    do {
      isToldAgain = false;
      await run().catch(() => undefined);
    } while (isToldAgain);
    isRunning = false;
  };
  return () => {
    if (isRunning) isToldAgain = true;
    else void start();
  };
}
