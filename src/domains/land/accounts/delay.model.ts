/**
 * Growing delays instead of locks. A lock that a stranger can cause shuts out the one person who is entitled; so the
 * long delays hang on the address and on the pair of account and address, and an account alone waits half a minute at
 * most, however many strangers try it.
 */
export type DelaySubject = 'account_and_address' | 'address' | 'account' | 'slip';

const rules: Readonly<Record<DelaySubject, { free: number; mostMs: number }>> = {
  account_and_address: { free: 3, mostMs: 15 * 60_000 },
  address: { free: 20, mostMs: 15 * 60_000 },
  account: { free: 10, mostMs: 30_000 },
  // Tokens of slips that were never given out, by address; a whole office may hold its slips up behind one.
  slip: { free: 5, mostMs: 5 * 60_000 },
};

/** A failure is held against nobody for longer: colleagues behind one address mistype now and then. */
export const DELAY_MS = 86_400_000;

/** Milliseconds to wait after this many failures in a row: none for the first few, then 1 s, 2 s, 4 s … up to the most. */
export function delayAfter(subject: DelaySubject, failures: number): number {
  const { free, mostMs } = rules[subject];
  return failures < free ? 0 : Math.min(mostMs, 1000 * 2 ** Math.min(20, failures - free));
}
