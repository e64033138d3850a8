import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { entriesOfRecords, openSecrets } from '../../../kernel/journal.ts';
import { dayOf, realmOf, today } from '../../../kernel/realm.ts';
import { me } from '../../land/accounts/index.ts';
import { namesOf } from '../../land/staff/index.ts';
import { requireDirective } from './directive.commands.ts';
import type { itemsAsked } from './directive.model.ts';
import { directivesNamed, type ItemRow, listItems } from './directive.queries.ts';
import { itemLines } from './directive.views.ts';
import { statuses } from './item.model.ts';

/** One line of the workbook: where it stands, and what was said of it last. */
export interface ItemOut {
  readonly notice: string;
  readonly noticeNumber: string;
  readonly number: string;
  readonly content: string;
  readonly measure: string;
  readonly lead: string;
  readonly supports: string;
  readonly dueOn: string | null;
  readonly firstDueOn: string | null;
  readonly status: string;
  /** Until its day, negative once it is past; null: it is over, or for good. */
  readonly daysLeft: number | null;
  readonly returns: number;
  readonly share: number | null;
  readonly saidOn: string | null;
  readonly saidBy: string;
  readonly said: string;
}

export interface ItemsOut {
  readonly title: string;
  readonly day: string;
  readonly by: string;
  readonly lines: readonly ItemOut[];
}

const PART = 200;

/** What the viewer reads of it, all of it, in the order of the table. */
export async function itemsOut(ctx: Ctx, asked: z.output<typeof itemsAsked>): Promise<ItemsOut> {
  const [directiveId, unitId] = [asked.directiveId ?? null, asked.unitId ?? null];
  const directive = directiveId === null ? null : await requireDirective(ctx, directiveId);
  const day = await today(ctx);
  const lines: ItemOut[] = [];
  let after: Id | null = null;
  for (;;) {
    const rows: ItemRow[] = await listItems(ctx, {
      directiveId,
      unitId,
      only: asked.only,
      today: day,
      after,
      most: PART,
    });
    lines.push(...(await linesOf(ctx, rows, day)));
    if (rows.length < PART) break;
    after = rows.at(-1)?.id ?? null;
  }
  const { personId } = me(ctx);
  const by = (await namesOf(ctx, [personId])).get(personId) ?? '';
  return { title: directive?.title ?? '任务事项', day, by, lines };
}

const unsaid: Pick<ItemOut, 'said' | 'saidOn' | 'saidBy'> = { said: '', saidBy: '', saidOn: null };

const DAY_MS = 86_400_000;
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

async function linesOf(ctx: Ctx, rows: readonly ItemRow[], day: string): Promise<ItemOut[]> {
  const shown = await itemLines(ctx, rows);
  const ids = rows.map(({ directiveId }) => directiveId);
  const notices = new Map((await directivesNamed(ctx, ids)).map((one) => [one.id, one]));
  const said = await lastSaid(ctx, rows);
  return shown.map((line, i) => {
    const notice = notices.get(rows[i]?.directiveId ?? '');
    const last = said.get(line.id);
    const { number, content, measure, dueOn, firstDueOn, status, late, returns, share } = line;
    return {
      ...{
        notice: notice?.title ?? '',
        noticeNumber: notice?.number ?? '',
        number,
        content,
        measure,
        dueOn,
        firstDueOn,
      },
      ...{ lead: line.lead.name, supports: line.supports.map(({ name }) => name).join('、'), returns, share },
      status: late ? `${statuses[status].zh}，超期` : statuses[status].zh,
      daysLeft: dueOn === null || status !== 'sent' ? null : daysBetween(day, dueOn),
      ...(last ?? unsaid),
    };
  });
}

/** The last that somebody wrote about each; what was forgotten is left out. */
async function lastSaid(
  ctx: Ctx,
  rows: readonly ItemRow[],
): Promise<Map<Id, Pick<ItemOut, 'said' | 'saidOn' | 'saidBy'>>> {
  const entries = (
    await entriesOfRecords(
      ctx,
      rows.map(({ id }) => id),
    )
  ).filter(({ kind, keyId }) => kind.startsWith('directive_item.') && keyId !== null);
  const secrets = await openSecrets(ctx, entries);
  const spoken = entries.flatMap((entry) => {
    const words = (secrets.get(entry.id) as { words?: string } | undefined)?.words;
    return words === undefined ? [] : [{ entry, words }];
  });
  const names = await namesOf(
    ctx,
    spoken.flatMap(({ entry }) => entry.personId ?? []),
  );
  const { zone } = await realmOf(ctx);
  return new Map(
    spoken.map(({ entry: { recordId, recordedAt, personId }, words }) => [
      recordId,
      { said: words, saidOn: dayOf(recordedAt, zone), saidBy: names.get(personId ?? '') ?? '' },
    ]),
  );
}
