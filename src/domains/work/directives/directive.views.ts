import type { z } from 'zod';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryRow, entriesOfRecord, openSecrets } from '../../../kernel/journal.ts';
import { today } from '../../../kernel/realm.ts';
import { available } from '../../../kernel/workflow.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { callNames, namesOf } from '../../land/staff/index.ts';
import { clockOf, isOpen, obligationsOf } from '../obligations/index.ts';
import { cut } from './cutting.model.ts';
import { readyItems, requireDirective, sendableArea } from './directive.commands.ts';
import type {
  Counts,
  cutForm,
  directiveDetail,
  directiveView,
  Part,
  previewForm,
  previewView,
  proposal,
} from './directive.model.ts';
import {
  type CountedRow,
  countItems,
  type DirectiveRow,
  findDirective,
  type ItemRow,
  listDirectives,
  listItems,
  openItemsOf,
} from './directive.queries.ts';
import { eachNamed } from './each.model.ts';
import { factsOf, requireItem } from './item.commands.ts';
import { type itemLine, type itemView, statusNames, type UnitKey } from './item.model.ts';
import { itemTable } from './item.workflow.ts';
import type { Named } from './unit.model.ts';
import { unitsOf } from './unit.views.ts';

const MOST_DIRECTIVES = 200;

function countsOf(rows: readonly CountedRow[], id: Id): Counts {
  const own = rows.filter(({ directiveId }) => directiveId === id);
  const sum = (of: (row: CountedRow) => boolean): number =>
    own.reduce((items, row) => items + (of(row) ? row.items : 0), 0);
  return {
    ...Object.fromEntries(statusNames.map((name) => [name, sum(({ status }) => status === name)])),
    ...{ items: sum(() => true), late: sum(({ late }) => late), returned: sum(({ returned }) => returned) },
  } as unknown as Counts;
}

export async function directiveList(ctx: Ctx): Promise<z.input<typeof directiveView>[]> {
  return linesOf(ctx, await listDirectives(ctx, MOST_DIRECTIVES));
}

async function linesOf(ctx: Ctx, directives: readonly DirectiveRow[]): Promise<z.input<typeof directiveView>[]> {
  const ids = directives.map(({ id }) => id);
  const people = directives.map(({ personId }) => personId);
  const day = await today(ctx);
  const [counted, atlas, names] = [await countItems(ctx, ids, day), await atlasOf(ctx), await namesOf(ctx, people)];
  return directives.map(({ id, title, number, issuer, datedOn, areaId, scopeNo, personId, sentAt }) => ({
    ...{ id, title, number, issuer, datedOn, areaId, sentAt, counts: countsOf(counted, id) },
    area: atlas.areaOf({ scopeNo, areaId })?.name ?? '',
    sentBy: names.get(personId) ?? '',
  }));
}

export async function readDirective(ctx: Ctx, id: Id): Promise<z.input<typeof directiveDetail>> {
  const directive = await requireDirective(ctx, id);
  const [line] = await linesOf(ctx, [directive]);
  if (!line) throw new Error(`directive ${id} has no line`);
  return { ...line, words: directive.words };
}

interface Asked {
  readonly directiveId: Id | null;
  readonly unitId: Id | null;
  readonly only: Part;
  readonly after: Id | null;
  readonly most: number;
}

export async function itemPage(ctx: Ctx, asked: Asked): Promise<{ rows: z.input<typeof itemLine>[]; next: Id | null }> {
  const rows = await listItems(ctx, { ...asked, today: await today(ctx) });
  const next = rows.length === asked.most ? (rows.at(-1)?.id ?? null) : null;
  return { rows: await itemLines(ctx, rows), next };
}

export async function itemLines(ctx: Ctx, items: readonly ItemRow[]): Promise<z.input<typeof itemLine>[]> {
  const units = items.flatMap(({ leadKind, leadId, supports }) => [{ kind: leadKind, id: leadId }, ...supports]);
  const [names, day] = [await callNames(ctx, units), await today(ctx)];
  const named = ({ kind, id }: UnitKey) => ({ kind, id, name: names.get(id) ?? '' });
  return items.map(({ leadKind, leadId, supports, ...item }) => ({
    ...item,
    lead: named({ kind: leadKind, id: leadId }),
    supports: supports.map(named),
    late: item.status === 'sent' && item.dueOn !== null && item.dueOn < day,
  }));
}

export async function readItem(ctx: Ctx, id: Id): Promise<z.input<typeof itemView>> {
  const item = await requireItem(ctx, id);
  const [line] = await itemLines(ctx, [item]);
  if (!line) throw new Error(`item ${id} has no line`);
  const directive = await findDirective(ctx, item.directiveId);
  const duties = await obligationsOf(ctx, id);
  const clock = duties.findLast(isOpen);
  const { title = '', number = '' } = directive ?? {};
  return {
    ...line,
    directive: { id: item.directiveId, title, number },
    clock: clock ? clockOf(clock, ctx.now) : null,
    story: await storyOf(ctx, id),
    can: available(itemTable, factsOf(item, duties.filter(isOpen)), workflowActor(ctx.actor)),
  };
}

/** What was done about it, the newest last; words that were forgotten are missing, the act is not. */
async function storyOf(ctx: Ctx, id: Id): Promise<z.input<typeof itemView>['story']> {
  const entries = (await entriesOfRecord(ctx, id)).filter(({ kind }) => kind.startsWith('directive_item.'));
  const secrets = await openSecrets(ctx, entries);
  const names = await namesOf(
    ctx,
    entries.flatMap(({ personId }) => personId ?? []),
  );
  return entries.map((entry) => ({
    ...{ id: entry.id, kind: entry.kind, at: entry.recordedAt, by: names.get(entry.personId ?? '') ?? '' },
    words: (secrets.get(entry.id) as { words?: string } | undefined)?.words ?? null,
    share: typeof entry.body.share === 'number' ? entry.body.share : null,
    ...dayMoved(entry),
  }));
}

function dayMoved({ body }: EntryRow): { was: string | null; is: string | null; moved: boolean } {
  const text = (name: string): string | null => (typeof body[name] === 'string' ? (body[name] as string) : null);
  const [was, is] = [text('was'), text('is')];
  return { was, is, moved: 'is' in body && was !== is };
}

/** Read only: nothing of what is pasted is stored before it is sent. */
export async function cutWords(
  ctx: Ctx,
  { words, datedOn }: z.output<typeof cutForm>,
): Promise<z.input<typeof proposal>> {
  const { pieces, items } = cut(words, datedOn, await unitsOf(ctx));
  return {
    pieces: pieces.map((piece) => ({ ...piece })),
    items: items.map(({ under, lead, supports, due, doubts, ...item }) => ({
      ...item,
      under: [...under],
      lead: lead && found(lead),
      supports: supports.map(found),
      due,
      doubts: [...doubts],
    })),
  };
}

const found = ({ written, unit, among }: Named) => ({
  written,
  unit: unit && { kind: unit.kind, id: unit.id, name: unit.name },
  among: among.length > 1 ? among.map(({ name }) => name) : [],
  each: unit === null ? eachNamed(written) : null,
});

/** Who would get what by when, and how much they have open already. */
export async function previewItems(ctx: Ctx, form: z.output<typeof previewForm>): Promise<z.input<typeof previewView>> {
  const { area } = await sendableArea(ctx, form.areaId);
  const items = await readyItems(ctx, area, form.items);
  const units = new Map<Id, UnitKey>();
  for (const { lead, supports } of items) for (const one of [lead, ...supports]) units.set(one.id, one);
  const names = await callNames(ctx, [...units.values()]);
  const open = await openItemsOf(ctx, [...units.keys()]);
  const lines = [...units.values()].map(({ kind, id }) => {
    const led = items.filter(({ lead }) => lead.id === id);
    const days = led.flatMap(({ dueOn }) => dueOn ?? []).sort();
    return {
      ...{ kind, id, name: names.get(id) ?? '', leads: led.length, firstDueOn: days[0] ?? null },
      helps: items.filter(({ supports }) => supports.some((one) => one.id === id)).length,
      lasting: led.length - days.length,
      openAlready: open.get(id) ?? 0,
    };
  });
  return { items: items.length, units: lines.sort((one, other) => other.leads - one.leads) };
}
