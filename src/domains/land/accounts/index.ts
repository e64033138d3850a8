export { addAccount, addApiKey, endSession, openSession, resetPassword } from './account.commands.ts';
export { accountProblems, login, SESSION_MS } from './account.model.ts';
export { accountRoutes } from './account.routes.ts';
export { addWaitingAccount, issueSlip, issueSlips, type Slip } from './activation.commands.ts';
export { MOST_SLIP_DAYS, SLIP_DAYS } from './activation.model.ts';
export { hashPassword } from './password.outside.ts';
export { accountRetention } from './retention.commands.ts';
export { me } from './sign_in.commands.ts';
