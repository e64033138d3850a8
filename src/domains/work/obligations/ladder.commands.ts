import { execute } from '../../../kernel/command.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import type { Id } from '../../../kernel/id.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { record } from '../../../kernel/journal.ts';
import type { Sweep } from '../../../kernel/reaction.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { deskFor, directoryOf, type Role } from '../../land/staff/index.ts';
import { chineseHolidays } from '../calendars/holidays.model.ts';
import type { Rung } from './clock.model.ts';
import { act } from './obligation.commands.ts';
import type { Obligation, OwedBy } from './obligation.model.ts';
import { grantTo, lockObligation, provisionalDue, rungsDue, sleepersDue } from './obligation.queries.ts';

/**
 * What becomes due by itself: a rung of a ladder, the end of a suspension, a deadline that can be counted again because
 * the holidays of its year are published. Each is a command of its own whose id follows from what it does, so that two
 * processes sweeping at once do it once.
 */
const AT_ONCE = 200;

export const obligationSweeps: readonly Sweep[] = [
  { name: 'ladders', run: (runtime, realm) => sweep(runtime, realm, rungsDue, climb) },
  { name: 'suspensions', run: (runtime, realm) => sweep(runtime, realm, sleepersDue, wake) },
  { name: 'provisional deadlines', run: (runtime, realm) => sweep(runtime, realm, provisionalPublished, recount) },
];

type Find = (ctx: Ctx, most: number) => Promise<Obligation[]>;
type Deal = (ctx: Ctx, obligation: Obligation) => Promise<void>;

async function sweep(runtime: Runtime, realm: number, find: Find, deal: Deal): Promise<number> {
  const due = await transact(runtime, asSystem(realm, 'sweep'), (ctx) => find(ctx, AT_ONCE));
  let done = 0;
  for (const { id, rung, dueAt, nextRungAt, suspendedUntil } of due) {
    const occasion = [rung, dueAt?.getTime(), nextRungAt?.getTime(), suspendedUntil?.getTime()].join(' ');
    const command = { id: derivedId(deal.name, id, occasion), name: deal.name, input: { id, occasion } };
    const work = async (ctx: Ctx) => {
      const obligation = await lockObligation(ctx, id);
      if (obligation) await deal(ctx, obligation);
      return {};
    };
    const { repeated } = await execute(runtime, asSystem(realm, 'sweep'), command, { work });
    done += repeated ? 0 : 1;
  }
  return done;
}

/** One rung up: whoever it names is told, and may read the record from now on. Catches also what nobody has accepted. */
async function climb(ctx: Ctx, obligation: Obligation): Promise<void> {
  const rung = obligation.ladder[obligation.rung];
  if (!rung || obligation.state !== 'running' || obligation.nextRungAt === null || obligation.nextRungAt > ctx.now)
    return;
  const told = await whomToTell(ctx, obligation, rung);
  const climbed = await act(ctx, obligation, { act: 'climb', at: ctx.now.toISOString() });
  await grantTo(
    ctx,
    { kind: obligation.recordKind, id: obligation.recordId },
    rung.tell === 'owner' ? [] : told.map((to) => to.id),
    'escalated',
  );
  await record(ctx, {
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
  await record(ctx, {
    kind: 'obligation.woken',
    about: subjectOf(obligation),
    body: { duties: [woken], duty: obligation.duty },
  });
}

const provisionalPublished: Find = (ctx, most) =>
  provisionalDue(ctx, new Date(Date.UTC(chineseHolidays.publishedThrough + 1, 0, 1)), most);

async function recount(ctx: Ctx, obligation: Obligation): Promise<void> {
  if (!obligation.provisional || obligation.state !== 'running') return;
  const recounted = await act(ctx, obligation, { act: 'recount', at: ctx.now.toISOString() });
  await record(ctx, {
    kind: 'obligation.recounted',
    about: subjectOf(obligation),
    body: { duties: [recounted], duty: obligation.duty },
  });
}

export const subjectOf = (
  obligation: Obligation,
): { kind: string; id: Id; scopeNo: number; confidential: boolean } => ({
  kind: obligation.recordKind,
  id: obligation.recordId,
  scopeNo: obligation.scopeNo,
  confidential: obligation.confidential,
});
