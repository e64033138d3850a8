export { batchRetention, keepBatch, requireBatch, type SentFile, takeBatch } from './batch.commands.ts';
export { toldRows } from './batch_run.commands.ts';
export { fileOf } from './batch_sealing.commands.ts';
export { forgetRecordAgain } from './ledger.commands.ts';
export { ledgerCodes, ledgerKeepers, ledgerProblems } from './ledger.model.ts';
export { ledgerReactions } from './ledger.reactions.ts';
export { ledgerRoutes } from './ledger.routes.ts';
