import type { z } from 'zod';
import { type PublicStepRow, publicStepsBetween } from '../../domains/telling/publication/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { realmOf } from '../../kernel/realm.ts';
import { requireJurisdiction } from './offer.views.ts';
import { MOST_REQUESTS, type UpdateView, type updateQuery } from './open311.model.ts';
import { notesOf } from './request.views.ts';
import { spanOf, w3cTime } from './times.ts';

/** The updates extension: each stage that the public hears of is one update. */
export async function updates(ctx: Ctx, query: z.infer<typeof updateQuery>): Promise<UpdateView[]> {
  await requireJurisdiction(ctx, query.jurisdiction_id);
  const span = spanOf(query, ctx.now);
  const [steps, { zone }] = await Promise.all([
    publicStepsBetween(ctx, { ...span, numbers: query.service_request_id, most: MOST_REQUESTS }),
    realmOf(ctx),
  ]);
  return steps.map((step) => ({
    update_id: step.id,
    service_request_id: step.number,
    ...stateOf(step),
    external_status_code: step.outcome === null ? step.step : `${step.step} ${step.outcome}`,
    updated_datetime: w3cTime(step.at, zone),
    media_url: null,
  }));
}

type State = Pick<UpdateView, 'status' | 'description'>;

const states: Readonly<Record<string, State>> = {
  registered: { status: 'INVESTIGATING', description: '已立案' },
  dispatched: { status: 'ACTION_SCHEDULED', description: '已派遣给承办单位' },
  sent_to_registrar: { status: 'INTERNAL_REFERRAL', description: '退回受理岗重新核定' },
  acknowledged: { status: 'IN_PROGRESS', description: '承办单位已签收，正在处置' },
  sent_back: { status: 'INTERNAL_REFERRAL', description: '承办单位退回，重新派遣' },
  reworked: { status: 'REOPEN', description: '核查未通过，返工' },
  taken_over: { status: 'REOPEN', description: '核查未通过，转为派遣办理' },
  objected: { status: 'REOPEN', description: '反映人表示没有解决，重新办理' },
  contested: { status: 'REOPEN', description: '反映人不同意，复核' },
  suspended: { status: 'ACTION_SCHEDULED', description: '已挂账，条件具备后继续办理' },
  resumed: { status: 'IN_PROGRESS', description: '恢复办理' },
};

/** How it ended, as the extension tells endings apart. */
const endings: Readonly<Record<string, UpdateView['status']>> = {
  resolved: 'FIXED',
  self_handled: 'FIXED',
  already_settled: 'FIXED',
  transferred: 'NOT_COUNCILS_RESPONSIBILITY',
  out_of_scope: 'NOT_COUNCILS_RESPONSIBILITY',
  explained: 'NO_FURTHER_ACTION',
  not_found: 'NO_FURTHER_ACTION',
};

function stateOf({ step, outcome, publicText }: PublicStepRow): State {
  const known = states[step];
  if (known) return known;
  return { status: endings[outcome ?? ''] ?? 'CLOSED', description: notesOf({ outcome, publicText }) ?? '已结案' };
}
