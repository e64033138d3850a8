export { batchRetention, keepBatch, requireBatch, type SentFile, takeBatch } from './batches/batch.commands.ts';
export { toldRows } from './batches/batch_run.commands.ts';
export { fileOf } from './batches/batch_sealing.commands.ts';
export { openEverything, recordThere } from './everything.commands.ts';
export { correctedSince, everythingOf, lastingOf, recordSeen } from './everything.views.ts';
export { type Followed, factsOf, knownTo, recordsOpened, tellAnswers } from './facts.commands.ts';
export { nameIn } from './fields/added_fields.model.ts';
export { comparisons } from './fields/choice.model.ts';
export { fieldNamed } from './fields/keeping.model.ts';
export { publishForm, requireForm, requireQuestions } from './forms/form.commands.ts';
export { formsNamed } from './forms/form.queries.ts';
export { askForget, forgetRecordAgain, requireRecord } from './ledger.commands.ts';
export {
  anyLedger,
  type Ledger,
  ledgerKeepers,
  ledgerProblems,
  ledgerReaders,
  residents,
} from './ledger.model.ts';
export { heldAs, listRecords, type Span } from './ledger.queries.ts';
export { ledgerReactions } from './ledger.reactions.ts';
export { ledgerRoutes } from './ledger.routes.ts';
export { mergeRoutes } from './merging/merge.routes.ts';
export { lackingZh } from './out/meant.model.ts';
export { type Asked, askOut, exportRetention, keepExport } from './out/out.commands.ts';
export { type RecordOut, recordsOut } from './out/records_out.commands.ts';
export { blankFile, keepTemplate, recheckTemplate, requireTemplate } from './out/template.commands.ts';
export {
  type BlankTable,
  cellOf,
  choicesIn,
  type KeptTable,
  MOST_FILLED,
  maskedAmong,
  outForm,
  templateProblems,
} from './out/template.model.ts';
export { templateRoutes } from './out/template.routes.ts';
export { askedAt, namesAsked } from './out/template_ledger.commands.ts';
export { type Asking, askedWithin, ledgerAt, spanAt } from './own/own_field.commands.ts';
export { addedOf } from './own/own_field.model.ts';
export { ownFieldRoutes } from './own/own_field.routes.ts';
export { namedLedger, requireKept } from './own/own_ledger.commands.ts';
export { ownLedgerRoutes } from './own/own_ledger.routes.ts';
export { type OpenRecord, openRecords } from './record.commands.ts';
