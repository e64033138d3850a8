export { nameIn } from './added_fields.model.ts';
export { batchRetention, keepBatch, requireBatch, type SentFile, takeBatch } from './batch.commands.ts';
export { toldRows } from './batch_run.commands.ts';
export { fileOf } from './batch_sealing.commands.ts';
export { comparisons } from './choice.model.ts';
export { openEverything, recordThere } from './everything.commands.ts';
export { correctedSince, everythingOf, lastingOf, recordSeen } from './everything.views.ts';
export { type Followed, factsOf, knownTo, recordsOpened, tellAnswers } from './facts.commands.ts';
export { publishForm, requireForm, requireQuestions } from './form.commands.ts';
export { formsNamed } from './form.queries.ts';
export { fieldNamed } from './keeping.model.ts';
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
export { ledgerNamed } from './ledgers.model.ts';
export { lackingZh } from './meant.model.ts';
export { mergeRoutes } from './merge.routes.ts';
export { type Asked, askOut, exportRetention, keepExport } from './out.commands.ts';
export { type Asking, askedWithin, ledgerAt } from './own_field.commands.ts';
export { ownFieldRoutes } from './own_field.routes.ts';
export { namedLedger } from './own_ledger.commands.ts';
export { ownLedgerRoutes } from './own_ledger.routes.ts';
export { type OpenRecord, openRecords } from './record.commands.ts';
export { type RecordOut, recordsOut } from './records_out.commands.ts';
export { blankFile, keepTemplate, recheckTemplate, requireTemplate } from './template.commands.ts';
export {
  type BlankTable,
  cellOf,
  choicesIn,
  type KeptTable,
  MOST_FILLED,
  maskedAmong,
  outForm,
  templateProblems,
} from './template.model.ts';
export { templateRoutes } from './template.routes.ts';
