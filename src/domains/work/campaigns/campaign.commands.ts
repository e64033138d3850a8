import { type Ctx, holdsPost } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { me } from '../../land/accounts/index.ts';
import { type Area, requireArea } from '../../land/areas/index.ts';
import { type Condition, conditionOf, whyNoCondition } from '../../land/registry/fields/choice.model.ts';
import type { GivenQuestion } from '../../land/registry/forms/form_shape.model.ts';
import { ledgerAt, publishForm, requireKept } from '../../land/registry/index.ts';
import type { AnyLedgerCode, Ledger } from '../../land/registry/ledger.model.ts';
import { campaignOpeners, campaignProblems } from './campaign.model.ts';
import {
  type CampaignRow,
  findCampaign,
  holdCampaign,
  insertCampaign,
  saveClosed,
  saveRound,
} from './campaign.queries.ts';

export interface GivenCampaign {
  readonly title: string;
  readonly purpose: string;
  readonly areaId: Id;
  readonly ledger: AnyLedgerCode;
  readonly choice: readonly Condition[];
  readonly questions: readonly GivenQuestion[];
  readonly onlyLacking: boolean;
  readonly rounds: number;
  readonly dueOn: string;
}

/** The list is made behind the page, part by part. Refused by `campaign.not_here`, `campaign.due_past`, `form.wrong`, and as `askableLedger` says. */
export async function openCampaign(ctx: Ctx, given: GivenCampaign): Promise<{ campaignId: Id }> {
  const area = await openableArea(ctx, given.areaId);
  const ledger = await askableLedger(ctx, given.ledger, area);
  const choice = requireChoice(ledger, given.choice);
  await requireToCome(ctx, given.dueOn);
  const { title, purpose, onlyLacking, rounds, dueOn } = given;
  const form = publishForm(ctx, title, given.questions, ledger);
  const id = ctx.ids.newId();
  insertCampaign(ctx, {
    ...{ id, title, purpose, areaId: area.id, scopeNo: area.no, ledger: ledger.code, choice },
    ...{ onlyLacking, rounds, dueOn },
    ...{ formId: form.id, formVersion: form.version, round: 1, roundSince: ctx.now, stage: 'listing' as const },
    ...{ lastRecord: null, personId: me(ctx).personId, openedAt: ctx.now, closedAt: null },
  });
  tellOfCampaign(ctx, { id, scopeNo: area.no }, 'campaign.opened', { areaId: area.id, rounds, dueOn });
  return { campaignId: id };
}

/** Only for land that is one's own as a whole. */
export async function openableArea(ctx: Ctx, areaId: Id): Promise<Area> {
  const area = await requireArea(ctx, areaId);
  if (!holdsPost(ctx, campaignOpeners, area.no, area.lastNo)) throw new Problem(campaignProblems['campaign.not_here']);
  return area;
}

/** With what is asked there besides. Refused by `own_ledger.not_found`, `own_ledger.elsewhere`, `own_ledger.retired`. */
export async function askableLedger(ctx: Ctx, code: AnyLedgerCode, area: Area): Promise<Ledger> {
  await requireKept(ctx, code, area);
  return ledgerAt(ctx, code, area);
}

/** As the ledger keeps its values. Refused by `campaign.wrong_choice` with what is no condition. */
export function requireChoice(ledger: Ledger, given: readonly Condition[]): Condition[] {
  const read = given.map((one) => conditionOf(ledger, one));
  const faults = given.flatMap((one, i): FieldFault[] =>
    read[i] === null ? [{ path: `choice.${i}`, says: whyNoCondition(ledger, one) }] : [],
  );
  if (faults.length > 0) throw new Problem(campaignProblems['campaign.wrong_choice'], {}, faults);
  return read.flatMap((one) => one ?? []);
}

async function requireToCome(ctx: Ctx, day: string): Promise<void> {
  if (day < (await today(ctx))) throw new Problem(campaignProblems['campaign.due_past']);
}

export async function requireCampaign(ctx: Ctx, id: Id): Promise<CampaignRow> {
  const campaign = await findCampaign(ctx, id);
  if (!campaign) throw new Problem(campaignProblems['campaign.not_found']);
  return campaign;
}

/** Whoever opens campaigns where this one lies today carries it on. */
async function heldToChange(ctx: Ctx, id: Id): Promise<CampaignRow> {
  await requireOwn(ctx, id);
  const campaign = await holdCampaign(ctx, id);
  if (campaign?.stage !== 'open') throw new Problem(campaignProblems['campaign.not_now']);
  return campaign;
}

export async function requireOwn(ctx: Ctx, id: Id): Promise<CampaignRow> {
  const campaign = await requireCampaign(ctx, id);
  if (!holdsPost(ctx, campaignOpeners, campaign.scopeNo)) throw new Problem(campaignProblems['campaign.not_found']);
  return campaign;
}

/** Everybody is to be visited once more; what was heard before is known then. */
export async function nextRound(ctx: Ctx, id: Id, dueOn: string): Promise<{ campaignId: Id }> {
  const campaign = await heldToChange(ctx, id);
  if (campaign.round >= campaign.rounds) throw new Problem(campaignProblems['campaign.not_now']);
  await requireToCome(ctx, dueOn);
  saveRound(ctx, id, campaign.round + 1, dueOn);
  tellOfCampaign(ctx, campaign, 'campaign.round_begun', { round: campaign.round + 1, dueOn });
  return { campaignId: id };
}

export async function closeCampaign(ctx: Ctx, id: Id): Promise<{ campaignId: Id }> {
  const campaign = await heldToChange(ctx, id);
  saveClosed(ctx, id);
  tellOfCampaign(ctx, campaign, 'campaign.closed', { round: campaign.round });
  return { campaignId: id };
}

export function tellOfCampaign(
  ctx: Ctx,
  { id, scopeNo }: { id: Id; scopeNo: number },
  kind: string,
  body: EntryBody,
): void {
  record(ctx, { kind, about: { kind: 'campaign', id, scopeNo, confidential: false }, body });
}
