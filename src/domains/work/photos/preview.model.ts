import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { stageNames } from './stage.model.ts';
import { sha256Schema } from './upload.model.ts';

/** A small picture of a photo that is still on its way: it proves nothing, counts as nothing and goes when that arrives. */
export const previewForm = z.strictObject({
  stage: z.enum(stageNames),
  sha256: sha256Schema.describe('Of the photo it announces'),
});

export const previewTaken = z.object({
  previewId: idSchema.nullable().describe('Null: the photo itself is there already'),
});

export const previewView = z.object({
  id: idSchema,
  casefileId: idSchema,
  stage: z.enum(stageNames),
  addedAt: z.date(),
  addedBy: z.string(),
});
export type PreviewView = z.output<typeof previewView>;
