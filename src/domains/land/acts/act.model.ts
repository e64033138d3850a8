import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { boundarySchema } from '../../../kernel/geo.ts';
import { idSchema } from '../../../kernel/id.ts';
import { areaForm } from '../areas/area.model.ts';

const day = daySchema.describe('The day from which it holds; today when left out, never a day to come');
const name = areaForm.shape.name;
const code = areaForm.shape.code;

export const renameForm = z
  .strictObject({ on: day.optional(), name: name.optional(), code: code.optional() })
  .refine((form) => form.name !== undefined || form.code !== undefined, 'a name or a code');

/** What a post owes on the records of the area goes to another of its role; left out, it stays where it is. */
const handover = z.strictObject({ fromPostId: idSchema, toPostId: idSchema });
const handovers = z.array(handover).max(200).default([]).describe('Which posts take over what others owe there');

export const moveForm = z.strictObject({
  on: day.optional(),
  parentId: idSchema,
  code: code.optional(),
  handovers,
});

/** What becomes of a post at an area that goes: left out, it moves to whoever takes the rest. */
const post = z.strictObject({ postId: idSchema, does: z.enum(['move', 'close']), toAreaId: idSchema.optional() });

export const splitForm = z.strictObject({
  on: day.optional(),
  parts: z
    .array(z.strictObject({ id: idSchema, name, code, boundary: boundarySchema.nullable().default(null) }))
    .min(2)
    .max(20),
  restId: idSchema.describe('The part that takes what lies in no part, or nowhere that is known'),
  children: z.array(z.strictObject({ areaId: idSchema, partId: idSchema })).default([]),
  posts: z.array(post).default([]),
  handovers,
});

export const mergeForm = z.strictObject({
  on: day.optional(),
  areaIds: z.array(idSchema).min(1).max(20).describe('The areas that go'),
  intoId: idSchema.optional().describe('The area that stays and takes them'),
  as: z
    .strictObject({ id: idSchema, name, code, boundary: boundarySchema.nullable().default(null) })
    .optional()
    .describe('Or the new area that takes their place'),
  boundary: boundarySchema.optional().describe('The border from then on of the area that stays'),
  posts: z.array(post).default([]),
  handovers,
});

export const correctForm = z.strictObject({
  on: day.optional(),
  boundary: boundarySchema.describe('The whole border from then on, WGS 84'),
  fromIds: z
    .array(idSchema)
    .max(50)
    .default([])
    .describe('Areas of the same level that give way: land that both would claim becomes its'),
  toId: idSchema.optional().describe('Who takes what it gives up; left out, that belongs to nobody of its level'),
});

export type CorrectForm = z.infer<typeof correctForm>;
export type RenameForm = z.infer<typeof renameForm>;
export type MoveForm = z.infer<typeof moveForm>;
export type SplitForm = z.infer<typeof splitForm>;
export type MergeForm = z.infer<typeof mergeForm>;
export type PostWish = z.infer<typeof post>;
export type Handover = z.infer<typeof handover>;

const named = z.object({ areaId: idSchema, name: z.string() });

export const previewView = z.object({
  on: z.string(),
  opens: z.array(named),
  closes: z.array(named),
  changes: z.array(named.extend({ toName: z.string().nullable(), toCode: z.string().nullable() })),
  moves: z.array(named.extend({ areas: z.number(), under: z.string() })),
  records: z.array(
    z.object({
      table: z.string(),
      open: z.number().describe('Get their new place with the act'),
      closed: z.number().describe('Follow in the minutes after it'),
      nowhere: z.number().describe('Open, without a point: they go to the part that takes the rest'),
    }),
  ),
  posts: z.array(
    z.object({
      postId: idSchema,
      role: z.string(),
      areaId: idSchema,
      holders: z.number(),
      becomes: z.enum(['moved', 'joined', 'closed']),
      toAreaId: idSchema.nullable(),
    }),
  ),
  duties: z
    .array(
      z.object({
        postId: idSchema,
        role: z.string(),
        areaId: idSchema.nullable(),
        open: z.number().describe('Can be handed over'),
        stays: z.number().describe('Confidential: stays with those who know of it'),
        toPostId: idSchema.nullable().describe('Takes them over, as named'),
        suggestedId: idSchema.nullable().describe('The post of the same role where the area will be'),
      }),
    )
    .describe('What posts owe on the open records there'),
  shares: z
    .array(
      z.object({
        table: z.string(),
        fromId: idSchema,
        toId: idSchema,
        open: z.number().describe('Go at once'),
        closed: z.number().describe('Follow in the minutes after it'),
      }),
    )
    .describe('Records with a point, by the area in which they will lie'),
  land: z
    .object({
      gainedM2: z.number(),
      lostM2: z.number(),
      gapM2: z.number().describe('Given up and taken by nobody'),
      gap: boundarySchema.nullable(),
      passes: z.array(
        z.object({ fromId: idSchema, fromName: z.string(), toId: idSchema, toName: z.string(), m2: z.number() }),
      ),
    })
    .nullable()
    .describe('Of a corrected border: which land goes where'),
  borders: z.array(named.extend({ boundary: boundarySchema })).describe('Borders as they will be'),
  phones: z
    .array(named.extend({ phones: z.number(), gains: z.number(), loses: z.number() }))
    .describe('Phones in use by who holds a post there, and how many open cases they will get and no longer hold'),
  undecided: z.array(named).describe('Areas below of which it must be said to which part they go'),
});
export type Preview = z.infer<typeof previewView>;
