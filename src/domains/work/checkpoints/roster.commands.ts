import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import { realmOf } from '../../../kernel/realm.ts';
import { type Sweep, sweepEach } from '../../../kernel/sweep.ts';
import { me } from '../../land/accounts/index.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { deskFor, directoryOf, requireDesk } from '../../land/staff/index.ts';
import { openDuty } from '../obligations/index.ts';
import { instantOf } from '../patrols/due.model.ts';
import { walkersAt } from '../patrols/index.ts';
import {
  heldOpen,
  heldStanding,
  type OfCheckpoint,
  requireCheckpoint,
  requireOwnCheckpoint,
  subjectOf,
  tellOf,
} from './checkpoint.commands.ts';
import { gatekeepers } from './checkpoint.model.ts';
import { type CheckpointRow, holdCheckpoint } from './checkpoint.queries.ts';
import { isTimeToTake } from './hours.model.ts';
import { type GivenRoster, MOST_DAYS, manDuty, manLadder, manLimit, rosterProblems } from './roster.model.ts';
import {
  holdShift,
  insertShifts,
  type ShiftRow,
  saveShift,
  shiftsBetween,
  type Unmanned,
  unmannedNow,
} from './roster.queries.ts';

const DAY_MS = 86_400_000;

/** Whoever holds a post at the gate’s area, above it or below: the grids of a community stand at its gates. */
export async function guardsOf(ctx: Ctx, { areaId, scopeNo }: Pick<CheckpointRow, 'areaId' | 'scopeNo'>) {
  const atlas = await atlasOf(ctx);
  const area = atlas.numbered(scopeNo);
  const above = atlas.upwards(area?.id ?? areaId);
  const below = area ? atlas.areas.filter(({ no }) => area.no < no && no <= area.lastNo) : [];
  const all = await walkersAt(
    ctx,
    [...above, ...below].map(({ id }) => id),
  );
  return [...new Map(all.map((one) => [one.personId, one])).values()];
}

/** The same hours on every day from one to another. Refused by `checkpoint.wrong_roster` as a whole. */
export async function rosterShifts(ctx: Ctx, id: Id, given: GivenRoster): Promise<OfCheckpoint> {
  await requireOwnCheckpoint(ctx, id);
  const checkpoint = await heldOpen(ctx, id);
  const spans = spansOf(given, (await realmOf(ctx)).zone);
  const guard = (await guardsOf(ctx, checkpoint)).find(({ personId }) => personId === given.personId);
  const name = given.personId === null ? given.name : (guard?.name ?? '');
  const faults = [...faultsIn(ctx, given, spans, name), ...(await doubled(ctx, id, spans, { ...given, name }))];
  if (faults.length > 0) throw new Problem(rosterProblems['checkpoint.wrong_roster'], {}, faults);
  const common = {
    ...{ checkpointId: id, personId: given.personId, name, side: given.side, unit: given.unit || null },
    ...{ madeBy: me(ctx).personId, takenAt: null, takenBy: null, openWords: null, calledOffAt: null },
  };
  insertShifts(
    ctx,
    spans.map((span) => ({ id: ctx.ids.newId(), ...common, ...span })),
  );
  tellOf(ctx, checkpoint, 'checkpoint.rostered', { shifts: spans.length, side: given.side });
  return { checkpointId: id };
}

type Times = Pick<ShiftRow, 'startsAt' | 'endsAt'>;

function spansOf({ fromDay, toDay, from, to }: GivenRoster, zone: string): Times[] {
  const spans: Times[] = [];
  for (let day = fromDay; day <= toDay && spans.length <= MOST_DAYS; day = dayAfter(day)) {
    const end = to > from ? day : dayAfter(day);
    spans.push({ startsAt: new Date(instantOf(day, from, zone)), endsAt: new Date(instantOf(end, to, zone)) });
  }
  return spans;
}

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00Z`) + DAY_MS).toISOString().slice(0, 10);

function faultsIn(ctx: Ctx, given: GivenRoster, spans: readonly Times[], name: string): FieldFault[] {
  const [first] = spans;
  const faults: (FieldFault | null)[] = [
    first ? null : { path: 'toDay', says: { zh: '比开始那天还早', en: 'earlier than the first day' } },
    spans.length > MOST_DAYS
      ? { path: 'toDay', says: { zh: '一次最多排 31 天', en: 'at most 31 days at once' } }
      : null,
    first && first.endsAt <= ctx.now ? { path: 'fromDay', says: { zh: '已经过去了', en: 'it is over' } } : null,
    name !== '' ? null : { path: given.personId === null ? 'name' : 'personId', says: noOne },
  ];
  return faults.filter((fault) => fault !== null);
}

const noOne = { zh: '选一个在这里任职的人，或者写名字', en: 'choose somebody with a post there, or write a name' };

async function doubled(
  ctx: Ctx,
  id: Id,
  spans: readonly Times[],
  { personId, name, unit }: GivenRoster,
): Promise<FieldFault[]> {
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last) return [];
  const there = await shiftsBetween(ctx, [id], first.startsAt, last.endsAt);
  const same = there.filter((row) =>
    personId === null
      ? row.personId === null && row.name === name && (row.unit ?? '') === unit
      : row.personId === personId,
  );
  const meets = same.some((row) => spans.some((span) => row.startsAt < span.endsAt && span.startsAt < row.endsAt));
  return meets ? [{ path: 'fromDay', says: { zh: '这个人那时已经有班', en: 'down for that time already' } }] : [];
}

async function requireShift(ctx: Ctx, id: Id, shiftId: Id): Promise<ShiftRow> {
  const shift = await holdShift(ctx, id, shiftId);
  if (!shift) throw new Problem(rosterProblems['checkpoint.no_shift']);
  if (shift.takenAt !== null) throw new Problem(rosterProblems['checkpoint.taken_already']);
  return shift;
}

/** A shift that nobody has taken up yet; its hours are a gap again. */
export async function callOffShift(ctx: Ctx, id: Id, shiftId: Id): Promise<OfCheckpoint> {
  await requireOwnCheckpoint(ctx, id);
  const checkpoint = await heldOpen(ctx, id);
  await requireShift(ctx, id, shiftId);
  saveShift(ctx, shiftId, { calledOffAt: ctx.now });
  tellOf(ctx, checkpoint, 'checkpoint.shift_called_off', { shiftId });
  return { checkpointId: id };
}

/** For whoever works where it lies today. */
export const requireGate = (ctx: Ctx, id: Id): Promise<CheckpointRow> => requireCheckpoint(ctx, id, gatekeepers);

/** Whether this person may sign for it now: for somebody without an account, anybody who works there writes it down. */
export const mayTake = (ctx: Ctx, { takenAt, personId, startsAt, endsAt }: ShiftRow): boolean =>
  takenAt === null && isOwn(ctx, personId) && isTimeToTake({ startsAt, endsAt }, ctx.now);
const isOwn = (ctx: Ctx, personId: Id | null): boolean => personId === null || personId === me(ctx).personId;

/** Signed by the one who comes, when they come, with what is left open. */
export async function takeUpShift(ctx: Ctx, id: Id, shiftId: Id, open: string): Promise<OfCheckpoint> {
  await requireGate(ctx, id);
  const checkpoint = await heldStanding(ctx, id);
  const shift = await requireShift(ctx, id, shiftId);
  if (!isOwn(ctx, shift.personId)) throw new Problem(rosterProblems['checkpoint.not_their_shift']);
  if (!isTimeToTake(shift, ctx.occurredAt)) throw new Problem(rosterProblems['checkpoint.not_now']);
  saveShift(ctx, shiftId, { takenAt: ctx.occurredAt, takenBy: me(ctx).personId, openWords: open || null });
  tellOf(ctx, checkpoint, 'checkpoint.taken_up', { shiftId });
  return { checkpointId: id };
}

/** Nobody stands at an open gate: whoever is in charge of the place owes somebody. */
export const unmannedSweep: Sweep = sweepEach<Unmanned>({
  name: 'checkpoint: nobody on duty',
  find: async (ctx, most, only) => unmannedNow(ctx, (await realmOf(ctx)).zone, most, only),
  command: ({ id, before }) => ({ id: derivedId('checkpoint unmanned', id, String(before)), input: { id, before } }),
  deal: async (ctx, { id }) => {
    const checkpoint = await holdCheckpoint(ctx, id);
    if (checkpoint) await askForSomebody(ctx, checkpoint);
  },
});

async function askForSomebody(ctx: Ctx, checkpoint: CheckpointRow): Promise<void> {
  const { act } = await openDuty(ctx, {
    ...{
      duty: manDuty,
      about: subjectOf(checkpoint),
      owedBy: { kind: 'post', id: await postInCharge(ctx, checkpoint) },
    },
    ...{ limit: manLimit, ladder: manLadder, title: checkpoint.name },
  });
  tellOf(ctx, checkpoint, 'checkpoint.unmanned', { duties: [act] });
}

/** The nearest head of a community or village, else the desk of the township. */
async function postInCharge(ctx: Ctx, { areaId, scopeNo }: CheckpointRow): Promise<Id> {
  const [directory, atlas] = await Promise.all([directoryOf(ctx), atlasOf(ctx)]);
  const at = atlas.numbered(scopeNo)?.id ?? areaId;
  const head = deskFor(directory, atlas, at, 'community_head');
  return head?.held ? head.id : (await requireDesk(ctx, at, 'dispatcher')).id;
}
