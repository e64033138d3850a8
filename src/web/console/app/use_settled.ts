import { useEffect, useState } from 'react';

const PAUSE_MS = 250;

/** What stands still for a moment, so that not every letter is asked for. */
export function useSettled<T>(value: T, pause = PAUSE_MS): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const wait = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(wait);
  }, [value, pause]);
  return settled;
}
