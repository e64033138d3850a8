export { batchRetention, fileOf, keepBatch, requireBatch, toldRows } from './batch.commands.ts';
export { forgetRecordAgain } from './ledger.commands.ts';
export { ledgerKeepers, ledgerProblems } from './ledger.model.ts';
export { ledgerReactions } from './ledger.reactions.ts';
export { ledgerRoutes } from './ledger.routes.ts';
