import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import { patrolKinds } from './kind.model.ts';
import { hows, verdicts } from './tick.model.ts';

/** A patrol (巡查): places that are gone round at set times by whoever works there. */

/** Who plans one, for an area that is theirs; who goes; who sees how far it is. */
export const patrolPlanners = ['community_head', 'dispatcher', 'leader'] as const;
export const patrolWalkers = ['grid_worker', 'grid_leader', 'community_head'] as const;
export const patrolReaders = ['grid_worker', 'grid_leader', 'community_head', 'dispatcher', 'leader'] as const;

const patrolStages = ['open', 'closed'] as const;

const MOST_PLACES = 60;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
/** What `due.model.ts` counts with. */
export const ruleForm = z.strictObject({
  everyMin: z.number().int().min(15).max(1440).describe('A round begins every so many minutes of a window'),
  windows: z
    .array(z.strictObject({ from: clockTime, to: clockTime.describe('Not later than from: on the next day') }))
    .min(1)
    .max(4),
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).describe('Monday is 1'),
  season: z
    .strictObject({ from: monthDay, to: monthDay.describe('The last day; before from: in the next year') })
    .nullable(),
});
export type GivenRule = z.output<typeof ruleForm>;
const positionForm = z.strictObject({
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  accuracyM: z.number().min(0).max(100_000),
});

const name = z.string().trim().min(1).max(40);
const placeForm = z.strictObject({
  name,
  point: z
    .strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })
    .nullable()
    .describe('None: ticked by its sticker only'),
  radiusM: z.number().int().min(10).max(2000),
});
export type GivenPlace = z.output<typeof placeForm>;

const changeable = {
  title: z.string().trim().min(2).max(60),
  rule: ruleForm,
  places: z.array(placeForm).min(1).max(MOST_PLACES),
  walkers: z
    .array(z.strictObject({ personId: idSchema, contract: z.string().trim().min(1).max(60).nullable() }))
    .max(200)
    .describe('Nobody: whoever walks there'),
  pledgedOn: daySchema.nullable().describe('When the place put its name to a pledge'),
};
export const changeForm = z.strictObject(changeable);
export type GivenChange = z.output<typeof changeForm>;
export const planForm = z.strictObject({
  ...changeable,
  kind: z.enum(patrolKinds),
  areaId: idSchema,
  positionDays: z.number().int().min(1).max(180).describe('For how many days positions of walkers are kept'),
});
export type GivenPlan = z.output<typeof planForm>;

export const startForm = z.strictObject({ patrolId: idSchema.describe('Made by the phone') });
export const tickForm = z.strictObject({
  patrolId: idSchema,
  placeId: idSchema,
  how: z.enum(hows),
  at: positionForm.nullable().default(null).describe('Of this tick alone'),
  code: z.string().trim().max(200).nullable().default(null).describe('As typed or scanned off the sticker'),
  reason: z.string().trim().min(2).max(200).nullable().default(null).describe('Why it cannot be shown'),
});
export type GivenTick = z.output<typeof tickForm>;

const round = z.object({
  start: z.date(),
  end: z.date(),
  places: z.number(),
  ticked: z.number(),
  isOver: z.boolean(),
});
const gap = z.object({ from: z.date(), to: z.date(), rounds: z.number() });

export const patrolView = z.object({
  id: idSchema,
  title: z.string(),
  kind: z.enum(patrolKinds),
  areaId: idSchema,
  area: z.string(),
  stage: z.enum(patrolStages),
  places: z.number(),
  walkers: z.number().describe('Named ones; 0: whoever walks there'),
  contracts: z.number().describe('Those of them under contract'),
  pledgedOn: z.string().nullable(),
  openedAt: z.date(),
  due: z.number().describe('Rounds of today that are over'),
  done: z.number().describe('Those of them in which every place was ticked'),
  next: z.object({ start: z.date(), end: z.date() }).nullable().describe('The round that is on, or the nearest'),
  gap: gap.nullable().describe('The longest run of rounds of today that were not whole'),
});

export const patrolDetail = patrolView.extend({
  day: z.string(),
  rule: ruleForm,
  positionDays: z.number(),
  rounds: z.array(round).describe('That begin on the day'),
  spots: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      point: z.object({ lon: z.number(), lat: z.number() }).nullable(),
      radiusM: z.number(),
      doubt: z
        .object({ datum: z.enum(['gcj02', 'bd09']), lon: z.number(), lat: z.number() })
        .nullable()
        .describe('Looks as if read off a map of another datum; as it would be written then'),
      isStanding: z.boolean().describe('In the plan as it is now'),
      rounds: z.number().describe('Rounds of the day that are over and asked for it'),
      ticked: z.number(),
      gap: gap.nullable(),
      lastAt: z.date().nullable().describe('The last tick that counts'),
      lastBy: z.string().nullable(),
    }),
  ),
  since: z.date().nullable().describe('On which day and from when the plan or its times hold, if that day'),
  walks: z
    .array(
      z.object({
        ...{ id: idSchema, person: z.string(), startedAt: z.date() },
        endedAt: z.date().nullable(),
        isOn: z.boolean().describe('Nobody ended it, and it is not over by itself'),
      }),
    )
    .describe('Begun on the day, and those that are on now'),
  named: z.array(z.object({ personId: idSchema, name: z.string(), contract: z.string().nullable() })),
  can: z.array(
    z.object({
      act: z.enum(['change', 'close', 'walk']),
      allowed: z.boolean(),
      why: z.object({ zh: z.string(), en: z.string() }).nullable(),
    }),
  ),
});

export const tickView = z.object({
  id: idSchema,
  placeId: idSchema,
  place: z.string(),
  person: z.string(),
  madeAt: z.date(),
  lateMin: z.number().describe('How much later it arrived, in minutes'),
  how: z.enum(hows),
  verdict: z.enum(verdicts),
  inRound: z.boolean().describe('If not, it fills no gap, though it counts'),
  distanceM: z.number().nullable(),
  accuracyM: z.number().nullable(),
  reason: z.string().nullable(),
  own: z
    .object({ lon: z.number(), lat: z.number(), keptUntil: z.string() })
    .nullable()
    .describe('Where one stood oneself, as long as it is kept; of others never'),
});

export const walkerView = z.object({
  personId: idSchema,
  name: z.string(),
  post: z.object({ zh: z.string(), en: z.string() }),
});
export const stickerView = z.object({ placeId: idSchema, name: z.string(), code: z.string() });

export const patrolProblems = defineProblems({
  'patrol.not_found': {
    status: 404,
    title: { zh: '没有这项巡查', en: 'There is no such patrol' },
    hint: { zh: '请回到巡查的清单。', en: 'Go back to the list of patrols.' },
  },
  'patrol.not_here': {
    status: 403,
    title: { zh: '只能为自己负责的地方安排巡查', en: 'Only for an area you answer for' },
    hint: { zh: '没有保存。请选您负责的社区或网格。', en: 'Nothing was saved. Choose an area of yours.' },
  },
  'patrol.wrong_plan': {
    status: 422,
    title: { zh: '巡查方案有不对的地方', en: 'The plan is not right' },
    hint: {
      zh: '没有保存。按旁边的原因改好，再提交。',
      en: 'Nothing was saved. Mend what is marked and submit again.',
    },
  },
  'patrol.closed': {
    status: 409,
    title: { zh: '这项巡查已经结束', en: 'This patrol is over' },
    hint: { zh: '没有改动任何内容。要再巡，请另建一项。', en: 'Nothing was changed. Plan another to go on.' },
  },
  'patrol.not_yours': {
    status: 403,
    title: { zh: '这条路线安排给了别人', en: 'This route is somebody else’s' },
    hint: { zh: '没有保存。要换人，请社区改方案。', en: 'Nothing was saved. The community can change who walks.' },
  },
  'patrol.not_walking': {
    status: 409,
    title: { zh: '当时没有在巡查中', en: 'No patrol of yours was under way then' },
    hint: {
      zh: '没有保存，位置也没有留。请先按“开始巡查”，再打点。',
      en: 'Nothing was saved, no position either. Start a patrol first, then tick.',
    },
  },
  'patrol.no_place': {
    status: 404,
    title: { zh: '这项巡查里没有这个点', en: 'There is no such place in this patrol' },
    hint: { zh: '没有保存。请联网更新一下再看。', en: 'Nothing was saved. Update with a network and look again.' },
  },
});
