import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { atlasOf } from '../../areas/index.ts';
import type { CommonLedger, Ledger } from '../ledger.model.ts';
import type { Span } from '../ledger.queries.ts';
import { ledgers } from '../ledgers.model.ts';
import { ledgerAt, spanAt } from '../own/own_field.commands.ts';
import { codeOf, requireKept } from '../own/own_ledger.commands.ts';
import { ledgersTouching } from '../own/own_ledger.queries.ts';

/** Which ledgers a blank workbook of an area may be filled from, with what the area asks of them besides. */
interface Lying {
  readonly areaId: Id;
  readonly scopeNo: number;
}

export async function landOf(ctx: Ctx, template: Lying): Promise<Span> {
  return (await atlasOf(ctx)).areaOf(template) ?? spanAt(template.scopeNo);
}

export const askedAt = async (ctx: Ctx, template: Lying, code: string): Promise<Ledger> =>
  ledgerAt(ctx, code, await landOf(ctx, template));

/** Each of those that every area keeps. */
export async function commonAt(ctx: Ctx, span: Span): Promise<(ledger: CommonLedger) => Ledger> {
  const here = new Map<string, Ledger>();
  for (const { code } of ledgers) here.set(code, await ledgerAt(ctx, code, span));
  return (ledger) => here.get(ledger.code) ?? ledger;
}

/** null: it is not kept there, or not any more. */
export async function keptAt(ctx: Ctx, code: string, span: Span): Promise<Ledger | null> {
  try {
    await requireKept(ctx, code, span);
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
  return ledgerAt(ctx, code, span);
}

/** What the area added, and what it calls the entries of its own ledgers: labels with these names are labels. */
export async function namesAsked(ctx: Ctx, areaId: Id): Promise<string[]> {
  const area = (await atlasOf(ctx)).get(areaId);
  if (!area) return [];
  const own = (await ledgersTouching(ctx, area)).filter(({ retiredAt }) => retiredAt === null);
  const names = own.flatMap(({ called }) => (called === '' ? [] : [called]));
  for (const code of [...ledgers.map((one) => one.code), ...own.map(codeOf)]) {
    const { added = [] } = await ledgerAt(ctx, code, area);
    names.push(...added.flatMap(({ name, aliases, isRetired }) => (isRetired ? [] : [name.zh, ...aliases])));
  }
  return names;
}
