import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { isOwn } from '../../land/registry/fields/own_code.model.ts';
import { type Ledger, ledgerAt, namedLedger, spanAt } from '../../land/registry/index.ts';
import type { AnyLedgerCode } from '../../land/registry/ledger.model.ts';

/** The ledger of a campaign as its land calls it and asks of it; also what was retired since keeps its name. */
export async function ledgerOf(
  ctx: Ctx,
  { ledger, ...lies }: { readonly ledger: AnyLedgerCode; readonly scopeNo: number; readonly areaId: Id },
): Promise<Ledger> {
  return ledgerAt(ctx, ledger, (await atlasOf(ctx)).areaOf(lies) ?? spanAt(lies.scopeNo));
}

type Asked = { readonly ledger: AnyLedgerCode; readonly scopeNo: number };

/** The same for people on lists, where reasons name fields: the fields are looked up only where one of them is an own one. */
export async function ledgersNaming(
  ctx: Ctx,
  targets: readonly (Asked & { readonly why: Readonly<Record<string, string>> })[],
): Promise<(target: Asked) => Ledger> {
  const keyOf = ({ ledger, scopeNo }: Asked, hasOwn: boolean): string => (hasOwn ? `${ledger} ${scopeNo}` : ledger);
  const found = new Map<string, Ledger>();
  for (const target of targets) {
    const hasOwn = Object.keys(target.why).some(isOwn);
    const plain = keyOf(target, false);
    if (!found.has(plain)) found.set(plain, await namedLedger(ctx, target.ledger));
    const whole = keyOf(target, true);
    if (hasOwn && !found.has(whole)) found.set(whole, await ledgerAt(ctx, target.ledger, spanAt(target.scopeNo)));
  }
  return (target) => {
    const ledger = found.get(keyOf(target, true)) ?? found.get(keyOf(target, false));
    if (!ledger) throw new Error(`nobody asked for ledger ${target.ledger}`);
    return ledger;
  };
}
