import { earlier } from '../../../kernel/clock.ts';
import { destroyDataKey, type ForgetAgain } from '../../../kernel/data_key.ts';
import { sweepAway } from '../../../kernel/sweep.ts';
import { requestsToForget, saveRequest } from './request.queries.ts';

const YEAR_MS = 365 * 86_400_000;
/** As long as an answer may be contested in court. */
const YEARS_KEPT = 3;

/** That somebody asked and was answered stays; who, and in which words, goes with its key. */
export const requestRetention = sweepAway('requests of persons', async (ctx, most) => {
  const due = await requestsToForget(ctx, earlier(ctx.now, YEARS_KEPT * YEAR_MS), most);
  for (const { id, keyId } of due) {
    saveRequest(ctx, id, { sealed: null });
    await destroyDataKey(ctx, keyId, 'request closed long ago');
  }
  return due.length;
});

/** A restored backup brought it back. */
export const forgetRequestAgain: ForgetAgain = async (ctx, { kind, id }) => {
  if (kind === 'person_request') saveRequest(ctx, id, { sealed: null });
};
