import type { Updateable } from 'kysely';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { type DataKey, openDataKey } from '../../../kernel/data_key.ts';
import type { Hazard } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { decide, type Verdict } from '../../../kernel/workflow.ts';
import { me } from '../../land/accounts/index.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { requireDesk } from '../../land/staff/index.ts';
import type { Limit } from '../calendars/limit.model.ts';
import {
  act,
  actOnDuty,
  type DutyAct,
  holdObligationsOf,
  isOpen,
  type Obligation,
  obligationsOf,
  openDuty,
  pauseAt,
  settleAt,
  withdrawAt,
} from '../obligations/index.ts';
import { standardsOf } from '../standards/index.ts';
import { apartStage, stageOf } from '../standards/stages.model.ts';
import { itemOf } from './checklist.commands.ts';
import { openRectifying, requireBody, requireHazard, subjectOf, titleOf } from './hazard.commands.ts';
import { type Facts, type FormOf, type HazardCommand, hazardProblems } from './hazard.model.ts';
import { type HazardRow, holdHazard, updateHazard } from './hazard.queries.ts';
import { answerDuty, type HazardProcess, hazardTable, recheckDuty, rectifyDuty } from './hazard.workflow.ts';

/** The steps of a hazard, each as its row of the table says. */
interface Step {
  readonly hazard: HazardRow;
  readonly open: readonly Obligation[];
  readonly verdict: Verdict<HazardProcess>;
  readonly key: DataKey | null;
}

export const factsOf = ({ status, scopeNo, rectifiedBy, ...row }: HazardRow, open: readonly Obligation[]): Facts => ({
  ...{ status, scopeNo, confidential: false, circle: [], rectifiedBy },
  flags: new Set((['returned', 'referred', 'objected'] as const).filter((flag) => row[flag])),
  duties: open,
});

async function begin(ctx: Ctx, id: Id, command: HazardCommand): Promise<Step> {
  await holdHazard(ctx, id);
  const hazard = await requireHazard(ctx, id);
  const open = (await holdObligationsOf(ctx, id)).filter(isOpen);
  const problem = hazardProblems['hazard.not_allowed'];
  const verdict = decide(hazardTable, factsOf(hazard, open), command, workflowActor(ctx.actor), problem);
  return { hazard, open, verdict, key: await openDataKey(ctx, hazard.keyId) };
}

interface Outcome {
  readonly words: string;
  /** Whom it was passed on to: may name somebody, so it lies sealed with the words. */
  readonly to?: string;
  readonly duties?: readonly DutyAct[];
  readonly change?: Updateable<Hazard>;
  readonly said?: EntryBody;
}

type Done = Promise<{ hazardId: Id; status: string }>;

/** Writes the row and the entry; what was said lies sealed under the key of the hazard. */
function finish(ctx: Ctx, command: HazardCommand, step: Step, outcome: Outcome): { hazardId: Id; status: string } {
  const { hazard, verdict, key } = step;
  const row = hazardTable.rows[command];
  const raised = Object.fromEntries([
    ...(row.raises ?? []).map((flag) => [flag, true]),
    ...(row.lowers ?? []).flatMap((flag) => (hazard[flag] ? [[flag, false]] : [])),
  ]);
  const moved = verdict.to === hazard.status ? {} : { status: verdict.to };
  updateHazard(ctx, hazard.id, { ...moved, ...raised, ...outcome.change });
  record(ctx, {
    kind: row.entry,
    about: subjectOf(hazard),
    postId: verdict.postId ?? undefined,
    body: { ...moved, ...raised, ...outcome.said, duties: outcome.duties ?? [] },
    ...(key && { secret: { key, value: { words: outcome.words, ...(outcome.to && { to: outcome.to }) } } }),
  });
  return { hazardId: hazard.id, status: verdict.to };
}

export async function accept(ctx: Ctx, id: Id, { words }: FormOf<'accept'>): Done {
  return finish(ctx, 'accept', await begin(ctx, id, 'accept'), { words });
}

/** From here on the post that found it owes a second look. */
export async function rectify(ctx: Ctx, id: Id, { words }: FormOf<'rectify'>): Done {
  const step = await begin(ctx, id, 'rectify');
  const settled = [
    ...(await actOnDuty(ctx, step.open, rectifyDuty, settleAt(ctx.now))),
    ...(await answered(ctx, step)),
  ];
  const recheck = await openRecheck(ctx, step.hazard);
  const change = { rectifiedBy: me(ctx).personId, rectifiedAt: ctx.occurredAt };
  return finish(ctx, 'rectify', step, { words, duties: [...settled, recheck], change });
}

async function openRecheck(ctx: Ctx, hazard: HazardRow): Promise<DutyAct> {
  const { stages } = (await standardsOf(ctx)).at(ctx.now);
  const { limit, ladder } = apartStage(stages, 'hazardRecheck');
  const title = await titleFor(ctx, hazard);
  const owedBy = { kind: 'post', id: hazard.postId } as const;
  return (await openDuty(ctx, { duty: recheckDuty, about: subjectOf(hazard), owedBy, limit, ladder, title })).act;
}

async function titleFor(ctx: Ctx, hazard: HazardRow): Promise<string> {
  const [atlas, item] = await Promise.all([atlasOf(ctx), itemOf(ctx, hazard)]);
  const area = atlas.areaOf(hazard);
  if (!area) throw new Error(`hazard ${hazard.id} has no area`);
  return titleOf(hazard, item, area);
}

export async function checkOff(ctx: Ctx, id: Id, { words }: FormOf<'check_off'>): Done {
  const step = await begin(ctx, id, 'check_off');
  const duties = await actOnDuty(ctx, step.open, recheckDuty, settleAt(ctx.now));
  const change = { checkedBy: me(ctx).personId, checkedAt: ctx.occurredAt };
  return finish(ctx, 'check_off', step, { words, duties, change });
}

/** Back to the same body, with a new limit; how often it went round is counted. */
export async function sendBack(ctx: Ctx, id: Id, { words, limit }: FormOf<'send_back'>): Done {
  const step = await begin(ctx, id, 'send_back');
  const settled = await actOnDuty(ctx, step.open, recheckDuty, settleAt(ctx.now));
  const again = await rectifyAgain(ctx, step.hazard, step.hazard.bodyId, limit);
  const rounds = step.hazard.rounds + 1;
  return finish(ctx, 'send_back', step, {
    ...{ words, duties: [...settled, again], change: { rounds }, said: { rounds } },
  });
}

async function rectifyAgain(ctx: Ctx, hazard: HazardRow, bodyId: Id, limit: Limit): Promise<DutyAct> {
  const body = await requireBody(ctx, bodyId);
  return openRectifying(ctx, hazard, body, limit, await titleFor(ctx, hazard));
}

export async function extend(ctx: Ctx, id: Id, { words, by }: FormOf<'extend'>): Done {
  const step = await begin(ctx, id, 'extend');
  const owed = step.open.filter(({ duty }) => duty === rectifyDuty);
  if (owed.some(({ extensions }) => extensions >= MOST_EXTENSIONS))
    throw new Problem(hazardProblems['hazard.extended_twice']);
  const longer = { act: 'extend' as const, at: ctx.now.toISOString(), by };
  const duties = await Promise.all(owed.map((one) => act(ctx, one, longer)));
  const until = (await obligationsOf(ctx, id)).find((one) => one.id === owed[0]?.id)?.dueAt ?? null;
  const moved = { was: owed[0]?.dueAt?.toISOString() ?? null, is: until?.toISOString() ?? null, by: { ...by } };
  return finish(ctx, 'extend', step, { words, duties: [...duties, ...(await answered(ctx, step))], said: moved });
}

/** As of every obligation; the table of them keeps it too. */
const MOST_EXTENSIONS = 2;

/** The body that had it reads it on: it was told of it. Refused by `hazard.no_body`, `hazard.same_body`. */
export async function reassign(ctx: Ctx, id: Id, { words, bodyId, limit }: FormOf<'reassign'>): Done {
  const step = await begin(ctx, id, 'reassign');
  if (bodyId === step.hazard.bodyId) throw new Problem(hazardProblems['hazard.same_body']);
  const given = await rectifyAgain(ctx, step.hazard, bodyId, limit);
  const withdrawn = await actOnDuty(ctx, step.open, rectifyDuty, withdrawAt(ctx.now));
  return finish(ctx, 'reassign', step, {
    ...{ words, duties: [...withdrawn, given, ...(await answered(ctx, step))], change: { bodyId }, said: { bodyId } },
  });
}

/** Where the body has nothing to do meanwhile its clock stands, until it is given to somebody or put right. */
export async function refer(ctx: Ctx, id: Id, { words, to, leaves }: FormOf<'refer'>): Done {
  const step = await begin(ctx, id, 'refer');
  const running = step.open.filter(({ state }) => state === 'running');
  const duties = leaves ? await actOnDuty(ctx, running, rectifyDuty, pauseAt(ctx.now, 'referred')) : [];
  return finish(ctx, 'refer', step, { words, to, duties, said: { leaves } });
}

export const object = (ctx: Ctx, id: Id, { words }: FormOf<'object'>): Done => ask(ctx, id, 'object', words);
export const askTime = (ctx: Ctx, id: Id, { words }: FormOf<'ask_time'>): Done => ask(ctx, id, 'ask_time', words);

/** The clock of the body runs on; the dispatcher of the place has to say what becomes of it. */
async function ask(ctx: Ctx, id: Id, command: 'object' | 'ask_time', words: string): Done {
  const step = await begin(ctx, id, command);
  const { stages } = (await standardsOf(ctx)).at(ctx.now);
  const { limit, ladder } = stageOf(stages, false, 'decide');
  const atlas = await atlasOf(ctx);
  const area = atlas.areaOf(step.hazard);
  const desk = await requireDesk(ctx, area?.id ?? step.hazard.areaId, 'dispatcher');
  const owedBy = { kind: 'post', id: desk.id } as const;
  const title = await titleFor(ctx, step.hazard);
  const duty = { duty: answerDuty, about: subjectOf(step.hazard), owedBy, limit, ladder, title };
  return finish(ctx, command, step, { words, duties: [(await openDuty(ctx, duty)).act] });
}

const answered = (ctx: Ctx, { open }: Step): Promise<DutyAct[]> => actOnDuty(ctx, open, answerDuty, settleAt(ctx.now));

export async function uphold(ctx: Ctx, id: Id, { words }: FormOf<'uphold'>): Done {
  const step = await begin(ctx, id, 'uphold');
  return finish(ctx, 'uphold', step, { words, duties: await answered(ctx, step) });
}

export async function withdraw(ctx: Ctx, id: Id, { words }: FormOf<'withdraw'>): Done {
  const step = await begin(ctx, id, 'withdraw');
  const ended = await Promise.all(
    [rectifyDuty, recheckDuty, answerDuty].map((duty) => actOnDuty(ctx, step.open, duty, withdrawAt(ctx.now))),
  );
  return finish(ctx, 'withdraw', step, { words, duties: ended.flat() });
}
