import type { Id } from '../../../kernel/id.ts';
import type { Words } from '../../../kernel/words.ts';
import { type Stage, stageNames } from './stage.model.ts';

/** The record a photo belongs to: whoever reads it sees the photo, and where it goes the photo goes. */
export const holderKinds = ['casefile', 'hazard', 'campaign_target'] as const;
export type HolderKind = (typeof holderKinds)[number];
export interface HeldBy {
  readonly kind: HolderKind;
  readonly id: Id;
}

/** What a photo of any record shows: a step of its case, of its hazard, or what somebody answered. */
export const pictureNames = [...stageNames, 'answer'] as const;
export type Picture = Stage | 'answer';

export const hazardPictures = {
  before: { zh: '整改前', en: 'before it was put right' },
  after: { zh: '整改后', en: 'put right' },
  check: { zh: '复查', en: 'looked at again' },
} as const satisfies Partial<Record<Stage, Words>>;
export type HazardPicture = keyof typeof hazardPictures;
export const hazardPictureNames = Object.keys(hazardPictures) as [HazardPicture, ...HazardPicture[]];
