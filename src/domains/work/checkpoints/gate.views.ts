import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { openDataKeys } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { dayOf, realmOf } from '../../../kernel/realm.ts';
import { me } from '../../land/accounts/index.ts';
import { namesOf } from '../../land/staff/index.ts';
import { instantOf } from '../patrols/due.model.ts';
import { isChief, requireCheckpoint, requireOwnCheckpoint } from './checkpoint.commands.ts';
import type { CheckpointRow } from './checkpoint.queries.ts';
import { openGoods } from './gate.commands.ts';
import type { logView } from './gate.model.ts';
import { cleaningsBetween, goodsBetween, type PassageRow, passagesBetween, type ShownPassage } from './gate.queries.ts';
import { mayTakeBack } from './passage.model.ts';
import { guardsOf } from './roster.commands.ts';
import type { guardView } from './roster.model.ts';

const MOST_PASSAGES = 500;
const DAY_MS = 86_400_000;

/** What happened at the gate on a day; of those who passed, how many and not who. */
export async function checkpointLog(ctx: Ctx, id: Id, given: string | null): Promise<z.input<typeof logView>> {
  const checkpoint = await requireCheckpoint(ctx, id);
  const { zone } = await realmOf(ctx);
  const day = given ?? dayOf(ctx.now, zone);
  const from = new Date(instantOf(day, '00:00', zone));
  const to = new Date(instantOf(dayOf(new Date(from.getTime() + 1.5 * DAY_MS), zone), '00:00', zone));
  const [passages, cleanings, goods] = await Promise.all([
    passagesBetween(ctx, id, from, to, MOST_PASSAGES),
    cleaningsBetween(ctx, [id], from, to),
    goodsBetween(ctx, id, from, to),
  ]);
  const keys = await openDataKeys(
    ctx,
    goods.map(({ keyId }) => keyId),
  );
  const names = await namesOf(ctx, [
    ...[...passages, ...cleanings].map(({ personId }) => personId),
    ...passages.flatMap(({ takenBackBy }) => takenBackBy ?? []),
    ...goods.flatMap(({ takenInBy, handedBy }) => [takenInBy, handedBy ?? takenInBy]),
  ]);
  const nameOf = (person: Id): string => names.get(person) ?? '';
  return {
    day,
    passages: passages.map((row) => ({
      ...{ id: row.id, madeAt: row.madeAt, traveller: row.traveller, count: row.count, passed: row.passed },
      ...{ reason: row.reason, mode: row.mode, onDuty: row.onDuty, by: nameOf(row.personId), keptUntil: row.keepUntil },
      arrivedAt: row.recordedAt.getTime() - row.madeAt.getTime() > LATE_MS ? row.recordedAt : null,
      takenBack: takenBackOf(row, nameOf),
      mayTakeBack:
        row.takenBackAt === null && checkpoint.stage === 'open' && mayTakeBack(written(ctx, checkpoint, row), ctx.now),
    })),
    cleanings: cleanings.map((row) => ({ id: row.id, madeAt: row.madeAt, by: nameOf(row.personId) })),
    goods: goods.map((row) => ({
      ...{ id: row.id, ...openGoods(keys.get(row.keyId), row), takenInAt: row.takenInAt, handedAt: row.handedAt },
      ...{ takenInBy: nameOf(row.takenInBy), handedBy: row.handedBy === null ? null : nameOf(row.handedBy) },
    })),
  };
}

/** So much later than it happened, and it came from a telephone that had no network. */
const LATE_MS = 5 * 60_000;

const written = (ctx: Ctx, { scopeNo }: CheckpointRow, { personId, shiftEndsAt }: ShownPassage) => ({
  ...{ isOwn: personId === me(ctx).personId, isChief: isChief(ctx, scopeNo), shiftEndsAt },
});

function takenBackOf({ takenBackAt: at, takenBackBy: by, takenBackWhy: why }: PassageRow, nameOf: (id: Id) => string) {
  return at === null || by === null || why === null ? null : { at, by: nameOf(by), why };
}

/** Who could be put down for a shift, besides people without an account. */
export async function guardsFor(ctx: Ctx, id: Id): Promise<z.input<typeof guardView>[]> {
  const checkpoint = await requireOwnCheckpoint(ctx, id);
  return (await guardsOf(ctx, checkpoint)).map(({ personId, name }) => ({ personId, name }));
}
