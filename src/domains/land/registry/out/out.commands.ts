import { earlier } from '../../../../kernel/clock.ts';
import { type Ctx, holdsPost } from '../../../../kernel/context.ts';
import { createDataKeys, type DataKey, destroyDataKey, openDataKey } from '../../../../kernel/data_key.ts';
import { seal, unseal } from '../../../../kernel/envelope.ts';
import type { Id } from '../../../../kernel/id.ts';
import { record } from '../../../../kernel/journal.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { today } from '../../../../kernel/realm.ts';
import { sweepAway } from '../../../../kernel/sweep.ts';
import { me } from '../../accounts/index.ts';
import { type Area, atlasOf, requireArea } from '../../areas/index.ts';
import { namesOf } from '../../staff/index.ts';
import { openPacked, sealPacked } from '../batches/batch_sealing.commands.ts';
import { type AnyLedgerCode, ledgerKeepers, ledgerProblems, ledgerReaders } from '../ledger.model.ts';
import { ownSaidOf } from '../ledgers.model.ts';
import { namedLedger } from '../own/own_ledger.commands.ts';
import { OUT_HOURS, templateProblems } from './template.model.ts';
import { emptyExport, exportsToForget, findExport, insertExport } from './template.queries.ts';

/** What is taken out, from where, by whom and on which day. */
export interface Asked {
  readonly area: Area;
  readonly day: string;
  readonly by: string;
  /** Numbers stand in it as they are: somebody said why. */
  readonly inFull: boolean;
}

/** Whoever reads the whole area may take it out; its numbers in full only whoever keeps it, with a reason. */
export async function askOut(ctx: Ctx, areaId: Id, reason: string | undefined, byKeeper = false): Promise<Asked> {
  const area = await requireArea(ctx, areaId);
  const inFull = reason !== undefined;
  const isFor = (roles: readonly string[]): boolean => holdsPost(ctx, roles, area.no, area.lastNo);
  if (!isFor(byKeeper ? ledgerKeepers : ledgerReaders)) throw new Problem(ledgerProblems['ledger.not_here']);
  if (inFull && !isFor(ledgerKeepers)) throw new Problem(templateProblems['out.masked_only']);
  const { personId } = me(ctx);
  const names = await namesOf(ctx, [personId]);
  return { area, day: await today(ctx), by: names.get(personId) ?? '', inFull };
}

export interface MadeFile {
  readonly ledger: AnyLedgerCode;
  readonly areaId: Id;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly rows: number;
  /** Of a superior's workbook: how many cells were filled. */
  readonly cells: number | null;
  readonly reason: string | undefined;
  /** Of people, in full. */
  readonly inFull: readonly string[];
  readonly template: { readonly id: Id; readonly version: number } | null;
  /** Of what was heard in one. */
  readonly campaignId?: Id;
}

/** Keeps what was made for a day, and that it was: who took how many out of which area, and why in full. */
export async function keepExport(ctx: Ctx, made: MadeFile): Promise<{ exportId: Id; rows: number }> {
  const { area } = await askOut(ctx, made.areaId, made.reason, made.template !== null);
  const id = ctx.ids.newId();
  const [key, fileKey] = createDataKeys(ctx, [
    { kind: 'ledger_export', id },
    { kind: 'ledger_export_file', id },
  ]) as [DataKey, DataKey];
  insertExport(ctx, {
    ...{ id, ledger: made.ledger, areaId: area.id, scopeNo: area.no, rows: made.rows, cells: made.cells },
    ...{ templateId: made.template?.id ?? null, version: made.template?.version ?? null },
    ...{ personId: me(ctx).personId, madeAt: ctx.now, keyId: key.id, fileKeyId: fileKey.id },
    sealedName: seal(fileKey.bytes, made.fileName, boundToName(id)),
    sealed: sealPacked(fileKey, made.bytes, boundToFile(id)),
  });
  record(ctx, {
    kind: made.template === null ? 'ledger.taken_out' : 'ledger.template_filled',
    about: { kind: 'ledger_export', id, scopeNo: area.no, confidential: false },
    body: {
      areaId: area.id,
      rows: made.rows,
      fields: [...made.inFull],
      ...(made.template && { templateId: made.template.id }),
      ...(made.campaignId !== undefined && { campaignId: made.campaignId }),
    },
    ...(made.reason !== undefined && { secret: { key, value: { reason: made.reason } } }),
  });
  return { exportId: id, rows: made.rows };
}

const boundToName = (id: Id): string => `ledger export name ${id}`;
const boundToFile = (id: Id): string => `ledger export ${id}`;

/** What one made oneself; its name is null once the file is not kept any more. */
async function ownExport(ctx: Ctx, id: Id) {
  const found = await findExport(ctx, id, me(ctx).personId);
  if (!found) throw new Problem(templateProblems['out.not_found']);
  const key = await openDataKey(ctx, found.fileKeyId);
  const name = key && found.sealedName && unseal(key.bytes, found.sealedName, boundToName(id)).toString();
  return { ...found, key, fileName: name };
}

export async function exportSeen(ctx: Ctx, id: Id) {
  const { areaId, ledger, rows, madeAt, templateId, fileName } = await ownExport(ctx, id);
  const area = (await atlasOf(ctx)).get(areaId)?.name ?? '';
  const made = await namedLedger(ctx, ledger);
  return { id, area, ledger: made.code, own: ownSaidOf(made), rows, madeAt, templateId, fileName };
}

export async function exportFile(ctx: Ctx, id: Id): Promise<{ fileName: string; open: () => Buffer }> {
  const { key, sealed, fileName } = await ownExport(ctx, id);
  if (!key || !sealed || fileName === null) throw new Problem(templateProblems['out.gone']);
  return { fileName, open: () => openPacked(key, sealed, boundToFile(id)) };
}

const HOUR_MS = 3_600_000;

/** Files that were made go after a day, with their key; that they were made stays. */
export const exportRetention = sweepAway('files taken out of ledgers', async (ctx, most) => {
  const due = await exportsToForget(ctx, earlier(ctx.now, OUT_HOURS * HOUR_MS), most);
  for (const { id, fileKeyId } of due) {
    emptyExport(ctx, id);
    await destroyDataKey(ctx, fileKeyId, 'file not needed any more');
  }
  return due.length;
});
