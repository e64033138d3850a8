import type { Ctx } from '../../../kernel/context.ts';
import { seal, unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { today } from '../../../kernel/realm.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { isChosen, lookedAt } from '../../land/registry/fields/choice.model.ts';
import { askedOf, isToAsk, knownAnswers, type Question } from '../../land/registry/forms/form.model.ts';
import {
  type Followed,
  factsOf,
  knownTo,
  type Ledger,
  listRecords,
  nameIn,
  type OpenRecord,
  openRecords,
  requireForm,
  type Span,
} from '../../land/registry/index.ts';
import { tellOfCampaign } from './campaign.commands.ts';
import { type CampaignRow, holdCampaign, insertTargets, saveListing } from './campaign.queries.ts';

/** Records that are looked at in one transaction. */
const PART = 500;

interface Part {
  readonly chosen: readonly OpenRecord[];
  /** The last record looked at; null: there are no more. */
  readonly last: Id | null;
}
type Meant = Pick<CampaignRow, 'ledger' | 'choice'>;

async function partOf(ctx: Ctx, { ledger, choice }: Meant, span: Span, day: string, after: Id | null): Promise<Part> {
  const rows = await listRecords(ctx, { ledger, span, after, most: PART });
  const open = await openRecords(ctx, rows);
  const chosen = [...open.values()].filter(({ standing }) => isChosen(choice, standing.values, day));
  return { chosen, last: rows.length === PART ? (rows.at(-1)?.id ?? null) : null };
}

/** Everybody of an area whom a choice means, some hundred records at a time. */
export async function* chosenIn(ctx: Ctx, meant: Meant, span: Span): AsyncGenerator<readonly OpenRecord[]> {
  const day = await today(ctx);
  let part = await partOf(ctx, meant, span, day, null);
  for (;;) {
    yield part.chosen;
    if (part.last === null) return;
    part = await partOf(ctx, meant, span, day, part.last);
  }
}

/** What somebody has to be asked: of all that would be asked after what is known, what is not, or is old. */
export function lackingOf(person: OpenRecord, questions: readonly Question[], day: string): Question[] {
  const known = knownTo(questions, factsOf(person, day));
  return askedOf(questions, knownAnswers(known)).filter((question) => isToAsk(question, known));
}

/** The next part of the list; its entry brings the one after it. Who is on it, and why, stays as it is now. */
export async function listPart(ctx: Ctx, id: Id): Promise<void> {
  const campaign = await holdCampaign(ctx, id);
  if (campaign?.stage !== 'listing') return;
  const atlas = await atlasOf(ctx);
  const area = atlas.areaOf(campaign);
  if (!area) throw new Error(`campaign ${id} has no area`);
  const day = await today(ctx);
  const { chosen, last } = await partOf(ctx, campaign, area, day, campaign.lastRecord);
  const { questions } = await requireForm(ctx, campaign.formId, campaign.formVersion);
  const meant = campaign.onlyLacking ? chosen.filter((one) => lackingOf(one, questions, day).length > 0) : chosen;
  insertTargets(
    ctx,
    meant.map(({ row, key, standing }) => {
      const target = ctx.ids.newId();
      const why = lookedAt(campaign.choice, standing.values, day);
      return {
        ...{ id: target, campaignId: id, recordId: row.id, scopeNo: row.scopeNo },
        areaId: (atlas.numbered(row.scopeNo) ?? area).id,
        ...{ doneRound: 0, result: null, triedRound: 0, tries: 0, changedAt: ctx.now },
        sealed: seal(key.bytes, JSON.stringify(why), boundToTarget(target)),
      };
    }),
  );
  saveListing(ctx, id, last, last === null ? 'open' : 'listing');
  tellOfCampaign(ctx, campaign, last === null ? 'campaign.listed' : 'campaign.listing', { targets: meant.length });
}

const boundToTarget = (id: Id): string => `campaign target ${id}`;

/** Why somebody is on the list, as it was known then. */
export const whyOf = ({ own }: Followed, { id, sealed }: { id: Id; sealed: Buffer | null }): Record<string, string> =>
  sealed === null ? {} : JSON.parse(unseal(own.bytes, sealed, boundToTarget(id)).toString());

const spoken: Readonly<Record<string, string>> = { yes: '是', no: '否', male: '男', female: '女' };
/** As one says it where the record lies. */
export const whyWords = (ledger: Ledger, why: Readonly<Record<string, string>>): string =>
  Object.entries(why)
    .map(([field, value]) => `${nameIn(ledger, field).zh} ${spoken[value] ?? value}`)
    .join('，');
