import type { Words } from '../../../kernel/words.ts';

/** Who passes a gate, and who may take back what was written down of it. Pure, and the same on the phone. */
export const travellers = ['people', 'vehicle', 'delivery'] as const;
export type Traveller = (typeof travellers)[number];
export const travellerWords: Readonly<Record<Traveller, Words>> = {
  people: { zh: '行人', en: 'people' },
  vehicle: { zh: '车辆', en: 'vehicles' },
  delivery: { zh: '送货', en: 'deliveries' },
};

export const MOST_AT_ONCE = 999;
export const MOST_WHY = 120;

interface Written {
  /** By the one who asks. */
  readonly isOwn: boolean;
  /** Whoever asks answers for the gate. */
  readonly isChief: boolean;
  /** Of the shift in which it was written down. */
  readonly shiftEndsAt: Date;
}

/** A slip of the hand is put right by whoever made it as long as they stand there; afterwards by whoever answers for it. */
export const mayTakeBack = ({ isOwn, isChief, shiftEndsAt }: Written, at: Date): boolean =>
  isChief || (isOwn && at < shiftEndsAt);
