import { useEffect, useState } from 'react';

/**
 * One page at a time works with a store. Another one waits and gets its turn when the first is closed, or takes it when
 * somebody says so; whoever lost it says that too.
 */
export type Turn = 'asking' | 'mine' | 'elsewhere';

export function useTurn(accountId: string): { readonly turn: Turn; take(): void } {
  const [turn, setTurn] = useState<Turn>('asking');
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const name = `jingwei-field-${accountId}`;
    const giveUp = new AbortController();
    let letGo: () => void = () => undefined;
    const hold = (): Promise<void> => {
      setTurn('mine');
      return new Promise((done) => {
        letGo = done;
      });
    };
    const late = setTimeout(() => setTurn((now) => (now === 'asking' ? 'elsewhere' : now)), 400);
    // Taking excludes waiting: the browser knows the one or the other.
    const how = asked > 0 ? { steal: true } : { signal: giveUp.signal };
    navigator.locks.request(name, how, hold).catch(() => {
      if (!giveUp.signal.aborted) setTurn('elsewhere');
    });
    return () => {
      clearTimeout(late);
      giveUp.abort();
      letGo();
    };
  }, [accountId, asked]);
  return { turn, take: () => setAsked((count) => count + 1) };
}
