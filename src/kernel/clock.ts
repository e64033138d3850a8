/** The only place that reads the machine's time. Everything else is handed an instant. */
export interface Clock {
  /** Now, in whole milliseconds. */
  now(): Date;
}

export const machineClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved; it never goes back. Seeds, tests and drills live on it. */
export interface HandClock extends Clock {
  moveTo(instant: Date): void;
  advance(milliseconds: number): void;
}

export function handClock(start: Date): HandClock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    moveTo: (instant) => {
      at = Math.max(at, instant.getTime());
    },
    advance: (milliseconds) => {
      at += Math.max(0, milliseconds);
    },
  };
}

export const later = (a: Date, b: Date): Date => (a.getTime() >= b.getTime() ? a : b);

export const earlier = (than: Date, milliseconds: number): Date => new Date(than.getTime() - milliseconds);
