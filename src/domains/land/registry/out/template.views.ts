import type { z } from 'zod';
import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { atlasOf } from '../../areas/index.ts';
import { namesOf } from '../../staff/index.ts';
import { ownSaidOf } from '../ledgers.model.ts';
import { addedOf } from '../own/own_field.model.ts';
import { namedLedger } from '../own/own_ledger.commands.ts';
import { boundIn, type OpenTemplate, openTemplates, requireTemplate } from './template.commands.ts';
import { maskedAmong, type templateDetail, type templateView } from './template.model.ts';
import { listTemplates } from './template.queries.ts';
import { askedAt } from './template_ledger.commands.ts';
import { meantIn } from './template_meant.views.ts';

const MOST = 100;

export async function templateList(ctx: Ctx): Promise<z.input<typeof templateView>[]> {
  const open = await openTemplates(ctx, await listTemplates(ctx, MOST));
  return Promise.all(open.map((one) => lineOf(ctx, one)));
}

async function lineOf(ctx: Ctx, { row, fileName, shape }: OpenTemplate): Promise<z.input<typeof templateView>> {
  const [atlas, names] = await Promise.all([atlasOf(ctx), namesOf(ctx, [row.keptBy, row.boundBy])]);
  const { id, areaId, keptAt, boundAt, version, keptBy, boundBy } = row;
  const table = shape.tables[shape.chosen];
  return {
    ...{ id, areaId, area: atlas.get(areaId)?.name ?? '', fileName, keptAt, boundAt, version },
    ...{ keptBy: names.get(keptBy) ?? '', boundBy: names.get(boundBy) ?? '' },
    ledger: row.ledger,
    own: ownSaidOf(await namedLedger(ctx, row.ledger)),
    ...{ bound: boundIn(table), columns: table?.columns.length ?? 0 },
  };
}

export async function readTemplate(ctx: Ctx, id: Id): Promise<z.input<typeof templateDetail>> {
  const open = await requireTemplate(ctx, id);
  const { tables, chosen } = open.shape;
  const conditions = tables[chosen]?.conditions ?? [];
  const ledger = await askedAt(ctx, open.row, open.row.ledger);
  const said = await Promise.all(tables.map(async (one) => ownSaidOf(await namedLedger(ctx, one.ledger))));
  return {
    ...(await lineOf(ctx, open)),
    tables: tables.map((table, i) => ({
      ...{ sheet: table.sheet, range: table.range, title: table.title, ledger: table.ledger, bound: boundIn(table) },
      ...(table.word && { word: table.word }),
      own: said[i] ?? null,
      room: table.below === null ? null : table.below - table.first,
      columns: table.columns.map(({ column, path, field, by, isHidden = false, at, choices }) => ({
        ...{ column, path, field, by, isHidden },
        ...(at !== undefined && { at }),
        ...(choices && { choices: [...choices] }),
      })),
      cells: [...table.cells],
    })),
    added: addedOf(ledger),
    ...{ chosen, conditions: [...conditions], meant: await meantIn(ctx, open.row.areaId, ledger, conditions) },
    masked: maskedAmong(tables[chosen]?.columns.map(({ field }) => field) ?? []),
  };
}
