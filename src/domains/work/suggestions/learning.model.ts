export type LearningOutcome = 'learned' | 'same' | 'too_few';

/** What came of learning. */
export interface LearningEnd {
  readonly outcome: LearningOutcome;
  readonly lessons: number;
  /** Null: there is none yet. */
  readonly version: number | null;
}

/** When the program last learned from dispatches, by itself or told to. */
export interface LearningTurn {
  readonly begunAt: Date;
  /** How the last one went that came to an end; null: none did. */
  readonly ended: (LearningEnd & { readonly at: Date }) | null;
}
