import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { type Sweep, sweepEach } from '../../../kernel/sweep.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { deskFor, directoryOf, type Role } from '../../land/staff/index.ts';
import { chineseHolidays } from '../calendars/holidays.model.ts';
import { type Calendar, calendarsOf, whyBetween } from '../calendars/index.ts';
import { isOpen, type Rung } from './clock.model.ts';
import type { Cause } from './moved.model.ts';
import { act } from './obligation.commands.ts';
import type { Obligation, OwedBy } from './obligation.model.ts';
import { clocksBehind, grantTo, lockObligation, provisionalDue, rungsDue, sleepersDue } from './obligation.queries.ts';

/**
 * What becomes due by itself: a rung of a ladder, the end of a suspension, a deadline that can be counted again because
 * the holidays of its year are published.
 */
export const obligationSweeps: readonly Sweep[] = [
  sweepDue('obligation: climb', rungsDue, climb),
  sweepDue('obligation: wake', sleepersDue, wake),
  sweepDue('obligation: recount', provisionalPublished, recount),
  sweepDue('obligation: follow the calendar', clocksBehind, follow),
];

type Find = (ctx: Ctx, most: number, only?: Id) => Promise<Obligation[]>;
type Deal = (ctx: Ctx, obligation: Obligation) => Promise<void>;

/** The id of each act follows from the state it acts on: the same rung of the same clock is climbed once. */
function sweepDue(name: string, find: Find, deal: Deal): Sweep {
  return sweepEach({
    name,
    find,
    command: ({ id, rung, dueAt, nextRungAt, suspendedUntil, calendarVersion }) => {
      const times = [dueAt, nextRungAt, suspendedUntil].map((at) => at?.getTime());
      const occasion = [rung, ...times, calendarVersion].join(' ');
      return { id: derivedId(name, id, occasion), input: { id, occasion } };
    },
    deal: async (ctx, { id }) => {
      const obligation = await lockObligation(ctx, id);
      if (obligation) await deal(ctx, obligation);
    },
  });
}

/** One rung up: whoever it names is told, and may read the record from now on. Catches also what nobody has accepted. */
async function climb(ctx: Ctx, obligation: Obligation): Promise<void> {
  const rung = obligation.ladder[obligation.rung];
  if (!rung || obligation.state !== 'running' || obligation.nextRungAt === null || obligation.nextRungAt > ctx.now)
    return;
  const told = await whomToTell(ctx, obligation, rung);
  const climbed = await act(ctx, obligation, { act: 'climb', at: ctx.now.toISOString() });
  grantTo(
    ctx,
    { kind: obligation.recordKind, id: obligation.recordId },
    rung.tell === 'owner' ? [] : told.map((to) => ({ grantee: to.id, ground: 'escalated' })),
  );
  record(ctx, {
    kind: 'obligation.climbed',
    about: subjectOf(obligation),
    body: {
      duties: [climbed],
      duty: obligation.duty,
      tell: rung.tell,
      late: obligation.dueAt !== null && obligation.dueAt <= ctx.now,
      dueAt: obligation.dueAt?.toISOString() ?? null,
      told: told.map(({ kind, id }) => ({ kind, id })),
    },
  });
}

async function whomToTell(ctx: Ctx, obligation: Obligation, rung: Rung): Promise<OwedBy[]> {
  const owner: OwedBy = { kind: obligation.owedByKind, id: obligation.owedBy };
  if (rung.tell === 'owner') return [owner];
  const [atlas, directory] = await Promise.all([atlasOf(ctx), directoryOf(ctx)]);
  const area = rung.tell === 'top' ? atlas.root : atlas.numbered(obligation.scopeNo);
  // Of what is confidential only the leader hears; the desk that owes it knows already.
  const roles: readonly Role[] = obligation.confidential ? ['leader'] : ['leader', 'dispatcher'];
  const posts = area ? roles.flatMap((role) => deskFor(directory, atlas, area.id, role) ?? []) : [];
  const above = posts
    .filter((post) => post.id !== obligation.owedBy)
    .map((post): OwedBy => ({ kind: 'post', id: post.id }));
  return above.length > 0 ? above : [owner];
}

async function wake(ctx: Ctx, obligation: Obligation): Promise<void> {
  if (obligation.state !== 'suspended' || obligation.suspendedUntil === null || obligation.suspendedUntil > ctx.now)
    return;
  // It woke when its time came, however late the sweep is.
  const woken = await act(ctx, obligation, { act: 'resume', at: obligation.suspendedUntil.toISOString() });
  record(ctx, {
    kind: 'obligation.woken',
    about: subjectOf(obligation),
    body: { duties: [woken], duty: obligation.duty },
  });
}

function provisionalPublished(ctx: Ctx, most: number, only?: Id): Promise<Obligation[]> {
  return provisionalDue(ctx, new Date(Date.UTC(chineseHolidays.publishedThrough + 1, 0, 1)), most, only);
}

async function recount(ctx: Ctx, obligation: Obligation): Promise<void> {
  if (!obligation.provisional || obligation.state !== 'running') return;
  const recounted = await act(ctx, obligation, { act: 'recount', at: ctx.now.toISOString() });
  record(ctx, {
    kind: 'obligation.recounted',
    about: subjectOf(obligation),
    body: { duties: [recounted], duty: obligation.duty, ...(await movedFrom(ctx, obligation, 'holidays')) },
  });
}

/** From when to when a deadline moved, and why: for whoever owes it and whoever waits for it. */
async function movedFrom(ctx: Ctx, { id, dueAt }: Obligation, cause: Cause): Promise<EntryBody> {
  const due = (await lockObligation(ctx, id))?.dueAt ?? null;
  if (dueAt === null || due === null || dueAt.getTime() === due.getTime()) return {};
  return { was: dueAt.toISOString(), due: due.toISOString(), cause };
}

/** Its calendar has other hours from a day on that has not come: what was counted stands, what is left is counted anew. */
async function follow(ctx: Ctx, obligation: Obligation): Promise<void> {
  const { calendarId, calendarVersion } = obligation;
  const next = (await calendarsOf(ctx)).following(calendarId ?? '', calendarVersion ?? 0);
  if (next === null || !isOpen(obligation)) return;
  const at = ctx.now.toISOString();
  const followed = await act(ctx, obligation, { act: 'recount', at, calendarVersion: next.version });
  const moved = await movedFrom(ctx, obligation, 'calendar');
  record(ctx, {
    kind: 'was' in moved ? 'obligation.recounted' : 'obligation.followed',
    about: subjectOf(obligation),
    body: { duties: [followed], duty: obligation.duty, ...moved, ...(await whyOf(ctx, obligation, next, moved)) },
  });
}

async function whyOf(ctx: Ctx, obligation: Obligation, next: Calendar, { was, due }: EntryBody): Promise<EntryBody> {
  if (typeof was !== 'string' || typeof due !== 'string') return {};
  const before = (await calendarsOf(ctx)).version(next.id, obligation.calendarVersion ?? 0);
  const last = was > due ? was : due;
  const why = whyBetween(before.spec, next.spec, ctx.now, new Date(last));
  return why === '' ? {} : { why };
}

export const subjectOf = (
  obligation: Obligation,
): { kind: string; id: Id; scopeNo: number; confidential: boolean } => ({
  kind: obligation.recordKind,
  id: obligation.recordId,
  scopeNo: obligation.scopeNo,
  confidential: obligation.confidential,
});
