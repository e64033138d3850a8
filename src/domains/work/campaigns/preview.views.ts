import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { type Area, atlasOf } from '../../land/areas/index.ts';
import type { KnownFact, Question } from '../../land/registry/forms/form.model.ts';
import { fieldPerhaps } from '../../land/registry/forms/form_lines.model.ts';
import { factsOf, formsNamed, type OpenRecord, requireQuestions } from '../../land/registry/index.ts';
import type { AnyLedgerCode, Ledger } from '../../land/registry/ledger.model.ts';
import { calledIn } from '../../land/registry/ledgers.model.ts';
import { askableLedger, openableArea, requireChoice } from './campaign.commands.ts';
import { campaignProblems, type previewForm, type previewView } from './campaign.model.ts';
import { listCampaigns } from './campaign.queries.ts';
import { byArea, MOST_CAMPAIGNS, nothing } from './campaign.views.ts';
import { chosenIn, lackingOf } from './listing.commands.ts';

/** How many would be asked, how much of it is known, and who else asks the same: before anybody is sent. */
export async function previewCampaign(
  ctx: Ctx,
  given: z.output<typeof previewForm>,
): Promise<z.input<typeof previewView>> {
  const area = await openableArea(ctx, given.areaId);
  const ledger = await askableLedger(ctx, given.ledger, area);
  const choice = requireChoice(ledger, given.choice);
  const questions = requireQuestions(given.questions, ledger);
  const day = await today(ctx);
  const facts: Tally = new Map();
  const areas = new Map<number, { targets: number; toAsk: number }>();
  const seen: Seen = { toAsk: [], others: [] };
  for await (const chosen of chosenIn(ctx, { ledger: ledger.code, choice }, area))
    for (const person of chosen) {
      const here = areas.get(person.row.scopeNo) ?? { targets: 0, toAsk: 0 };
      const lacking = lackingOf(person, questions, day);
      areas.set(person.row.scopeNo, { targets: here.targets + 1, toAsk: here.toAsk + (lacking.length > 0 ? 1 : 0) });
      noteOf(seen, person, lacking);
      count(facts, factsOf(person, day));
    }
  if (areas.size === 0) throw new Problem(campaignProblems['campaign.nobody']);
  // `left` carries who is to be asked through the sums.
  const counted = [...areas].map(([scopeNo, { targets, toAsk }]) => ({ ...nothing, targets, left: toAsk, scopeNo }));
  const atlas = await atlasOf(ctx);
  const lines = byArea(atlas, area, counted);
  const rivals = await askedElsewhere(ctx, ledger.code, area);
  return {
    targets: lines.reduce((sum, { targets }) => sum + targets, 0),
    toAsk: lines.reduce((sum, { left }) => sum + left, 0),
    people: [...seen.toAsk, ...seen.others].slice(0, MOST_SHOWN).map(({ person: { row, standing }, lacking }) => ({
      ...{ id: row.id, name: calledIn(ledger, standing.values), area: atlas.areaOf(row)?.name ?? '' },
      asks: lacking.map(({ ask }) => ask),
    })),
    areas: lines.map(({ area: name, targets, left }) => ({ area: name, targets, toAsk: left })),
    questions: questions.map((question) => {
      const { field = '' } = question;
      return {
        ...(question as z.input<typeof previewView>['questions'][number]),
        ...(facts.get(field) ?? unknown),
        alsoAskedBy: rivals.flatMap(({ id, title, fields }) => (fields.has(field) ? [{ id, title }] : [])),
        perhaps: perhapsOf(question, questions, ledger, facts),
      };
    }),
  };
}

/** The first of those who are counted, to be looked at: those who are to be asked before the others. */
const MOST_SHOWN = 200;
interface Shown {
  readonly person: OpenRecord;
  readonly lacking: readonly Question[];
}
type Seen = Readonly<Record<'toAsk' | 'others', Shown[]>>;

function noteOf(seen: Seen, person: OpenRecord, lacking: readonly Question[]): void {
  const list = lacking.length > 0 ? seen.toAsk : seen.others;
  if (list.length < MOST_SHOWN) list.push({ person, lacking });
}

type Tally = Map<string, { known: number; stale: number }>;
const unknown = { known: 0, stale: 0 };

function count(facts: Tally, told: Readonly<Record<string, KnownFact>>): void {
  for (const [field, { isStale }] of Object.entries(told)) {
    const { known, stale } = facts.get(field) ?? unknown;
    facts.set(field, isStale ? { known, stale: stale + 1 } : { known: known + 1, stale });
  }
}

/** What was taken for no fact, and names one that no other question asks for: whoever asks decides. */
function perhapsOf(
  { ask, field, widget }: Question,
  questions: readonly Question[],
  ledger: Ledger,
  facts: Tally,
): z.input<typeof previewView>['questions'][number]['perhaps'] {
  const near = field === undefined ? fieldPerhaps({ ask, widget }, ledger) : undefined;
  if (near === undefined || questions.some((one) => one.field === near)) return null;
  return { field: near, ...(facts.get(near) ?? unknown) };
}

/** What open campaigns on the same land ask for: nobody is to be asked the same twice. */
async function askedElsewhere(
  ctx: Ctx,
  ledger: AnyLedgerCode,
  { no, lastNo }: Area,
): Promise<{ id: Id; title: string; fields: Set<string> }[]> {
  const atlas = await atlasOf(ctx);
  const open = (await listCampaigns(ctx, MOST_CAMPAIGNS)).filter(({ stage }) => stage !== 'closed');
  const near = open.filter((one) => {
    const there = atlas.numbered(one.scopeNo);
    return one.ledger === ledger && there !== undefined && there.no <= lastNo && there.lastNo >= no;
  });
  const forms = await formsNamed(
    ctx,
    near.map(({ formId: id, formVersion: version }) => ({ id, version })),
  );
  return near.map(({ id, title, formId }) => ({
    ...{ id, title },
    fields: new Set(forms.find((form) => form.id === formId)?.questions.flatMap(({ field }) => field ?? [])),
  }));
}
