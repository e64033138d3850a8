import { useMemo, useState } from 'react';
import { lineOf, readLines } from '../../../../domains/land/areas/corner_lines.model.ts';
import type { Datum, Point } from '../../../../kernel/geo.ts';

interface Written {
  readonly text: string;
  readonly datum: Datum;
}

/** Corners are what the table says: the map writes into the table, so that both always show the same. */
export function useDrawing(initial: readonly Point[]) {
  const start: Written = { text: initial.map(lineOf).join('\n'), datum: 'wgs84' };
  const [now, setNow] = useState(start);
  const [before, setBefore] = useState<readonly Written[]>([]);
  const { text, datum } = now;
  const { points, unread } = useMemo(() => readLines(text, datum), [text, datum]);
  const write = (next: Written): void => {
    setBefore([...before, now]);
    setNow(next);
  };
  return {
    ...now,
    points,
    unread,
    canUndo: before.length > 0,
    setText: (text: string) => write({ ...now, text }),
    setDatum: (datum: Datum) => write({ ...now, datum }),
    setPoints: (next: readonly Point[]) => write({ text: next.map(lineOf).join('\n'), datum: 'wgs84' }),
    undo: () => {
      const last = before.at(-1);
      if (!last) return;
      setNow(last);
      setBefore(before.slice(0, -1));
    },
    /** Back to what stood; undoing brings the drawing back. */
    reset: () => write(start),
  };
}

export type Drawing = ReturnType<typeof useDrawing>;
