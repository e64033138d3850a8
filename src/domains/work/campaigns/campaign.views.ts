import type { z } from 'zod';
import { type Ctx, isIn, postsOf } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { type Area, type Atlas, atlasOf, requireArea } from '../../land/areas/index.ts';
import { homeOf } from '../../land/registry/door.model.ts';
import {
  factsOf,
  formsNamed,
  knownTo,
  type OpenRecord,
  recordsOpened,
  requireForm,
  requireQuestions,
} from '../../land/registry/index.ts';
import { residents } from '../../land/registry/ledger.model.ts';
import { namesOf } from '../../land/staff/index.ts';
import { openableArea, requireCampaign, requireChoice } from './campaign.commands.ts';
import {
  type Counts,
  type campaignDetail,
  campaignProblems,
  campaignReaders,
  type campaignView,
  campaignVisitors,
  type previewForm,
  type previewView,
  type targetLine,
  type targetView,
} from './campaign.model.ts';
import {
  type CampaignRow,
  cellsOf,
  countTargets,
  hasTargets,
  listCampaigns,
  listTargets,
  type TargetRow,
} from './campaign.queries.ts';
import { chosenIn, whyOf, whyWords } from './listing.commands.ts';
import type { Part } from './result.model.ts';
import { requireTarget } from './visit.commands.ts';

const MOST_CAMPAIGNS = 200;
const nothing: Counts = { targets: 0, done: 0, refused: 0, moved: 0, absent: 0, left: 0 };
const added = (one: Counts, other: Counts): Counts => ({
  targets: one.targets + other.targets,
  done: one.done + other.done,
  refused: one.refused + other.refused,
  moved: one.moved + other.moved,
  absent: one.absent + other.absent,
  left: one.left + other.left,
});

/** Those in which the viewer has anybody to visit, and those of land that is theirs. */
export async function campaignList(ctx: Ctx): Promise<z.input<typeof campaignView>[]> {
  const campaigns = await listCampaigns(ctx, MOST_CAMPAIGNS);
  const counted = await countTargets(
    ctx,
    campaigns.map(({ id }) => id),
  );
  const of = (id: Id): Counts => counted.filter(({ campaignId }) => campaignId === id).reduce(added, nothing);
  const seen = campaigns.filter((campaign) => of(campaign.id).targets > 0 || isOwn(ctx, campaign));
  return Promise.all(seen.map(async (campaign) => lineOf(ctx, campaign, of(campaign.id))));
}

const isOwn = (ctx: Ctx, { scopeNo }: Pick<CampaignRow, 'scopeNo'>): boolean =>
  postsOf(ctx.actor).some((seat) => (campaignReaders as readonly string[]).includes(seat.role) && isIn(seat, scopeNo));

async function lineOf(ctx: Ctx, campaign: CampaignRow, counts: Counts): Promise<z.input<typeof campaignView>> {
  const { id, title, purpose, areaId, scopeNo, stage, round, rounds, dueOn, openedAt, personId } = campaign;
  const [atlas, names] = await Promise.all([atlasOf(ctx), namesOf(ctx, [personId])]);
  const area = (atlas.numbered(scopeNo) ?? atlas.get(areaId))?.name ?? '';
  return {
    ...{ id, title, purpose, areaId, area, stage, round, rounds, dueOn, openedAt, counts },
    openedBy: names.get(personId) ?? '',
  };
}

async function requireReadable(ctx: Ctx, id: Id): Promise<CampaignRow> {
  const campaign = await requireCampaign(ctx, id);
  if (isOwn(ctx, campaign) || (await hasTargets(ctx, id))) return campaign;
  throw new Problem(campaignProblems['campaign.not_found']);
}

export async function readCampaign(ctx: Ctx, id: Id): Promise<z.input<typeof campaignDetail>> {
  const campaign = await requireReadable(ctx, id);
  const counted = await countTargets(ctx, [id]);
  const atlas = await atlasOf(ctx);
  const { questions } = await requireForm(ctx, campaign.formId, campaign.formVersion);
  const areas = byArea(atlas, atlas.numbered(campaign.scopeNo) ?? atlas.get(campaign.areaId), counted);
  return {
    ...(await lineOf(ctx, campaign, counted.reduce(added, nothing))),
    choice: [...campaign.choice],
    questions: questions as z.input<typeof campaignDetail>['questions'],
    areas,
    cells: await cellsOf(ctx, id),
    can: cansOf(ctx, campaign, counted.length > 0),
  };
}

/** By what lies just below the campaign's area, and what lies in none of that under its own name. */
function byArea(
  atlas: Atlas,
  top: Area | undefined,
  counted: readonly (Counts & { scopeNo: number })[],
): (Counts & { areaId: Id; area: string })[] {
  const sums = new Map<Id, Counts & { areaId: Id; area: string }>();
  for (const { scopeNo, ...counts } of counted) {
    const here = atlas.numbered(scopeNo) ?? top;
    const above = here ? atlas.upwards(here.id) : [];
    const below = above[above.findIndex(({ id }) => id === top?.id) - 1] ?? above.at(-1) ?? top;
    const area = above.some(({ id }) => id === top?.id) ? (below ?? top) : here;
    if (!area) continue;
    const before = sums.get(area.id) ?? nothing;
    sums.set(area.id, { ...added(before, counts), areaId: area.id, area: area.name });
  }
  return [...sums.values()].sort((one, other) => other.left - one.left || one.area.localeCompare(other.area, 'zh'));
}

const over = { zh: '这次走访已经结束', en: 'it is over' };
const listing = { zh: '名单还在列', en: 'the list is being made' };
const theirs = { zh: '由发起的地方决定', en: 'decided where it was opened' };
const last = { zh: '已是最后一轮', en: 'this is the last round' };

function cansOf(ctx: Ctx, campaign: CampaignRow, hasTargets: boolean): z.input<typeof campaignDetail>['can'] {
  const { stage, round, rounds } = campaign;
  const notNow = stage === 'closed' ? over : stage === 'listing' ? listing : null;
  const isOurs = isOwn(ctx, campaign);
  const visits = postsOf(ctx.actor).some(({ role }) => (campaignVisitors as readonly string[]).includes(role));
  const why = {
    next_round: notNow ?? (isOurs ? (round < rounds ? null : last) : theirs),
    close: notNow ?? (isOurs ? null : theirs),
    visit: notNow ?? (visits && hasTargets ? null : theirs),
  };
  return (['next_round', 'close', 'visit'] as const).map((act) => ({ act, allowed: why[act] === null, why: why[act] }));
}

export async function targetPage(
  ctx: Ctx,
  id: Id,
  given: { areaId: Id | null; only: Part; after: Id | null; most: number },
): Promise<{ rows: z.input<typeof targetLine>[]; next: Id | null }> {
  const campaign = await requireReadable(ctx, id);
  const atlas = await atlasOf(ctx);
  const area = given.areaId === null ? (atlas.root ?? undefined) : await requireArea(ctx, given.areaId);
  if (!area) return { rows: [], next: null };
  const rows = await listTargets(ctx, campaign, { ...given, span: area });
  const next = rows.length === given.most ? (rows.at(-1)?.id ?? null) : null;
  return { rows: await targetLines(ctx, campaign, rows), next };
}

async function targetLines(
  ctx: Ctx,
  campaign: Pick<CampaignRow, 'round'>,
  rows: readonly TargetRow[],
): Promise<z.input<typeof targetLine>[]> {
  const people = await recordsOpened(
    ctx,
    rows.flatMap(({ recordId }) => recordId ?? []),
  );
  const atlas = await atlasOf(ctx);
  return rows.map((row) => lineOfTarget(atlas, campaign, row, people.get(row.recordId ?? '')));
}

function lineOfTarget(
  atlas: Atlas,
  { round }: Pick<CampaignRow, 'round'>,
  target: TargetRow,
  person: OpenRecord | undefined,
): z.input<typeof targetLine> {
  const { id, recordId, areaId, scopeNo, doneRound, result, triedRound, tries } = target;
  const values = person?.standing.values ?? {};
  return {
    ...{ id, recordId: person ? recordId : null, name: values['person.name'] ?? null, home: homeOf(values) },
    area: (atlas.numbered(scopeNo) ?? atlas.get(areaId))?.name ?? '',
    why: person ? whyWords(whyOf(person, target)) : '',
    result: doneRound >= round ? result : triedRound === round ? 'absent' : null,
    tries: triedRound === round ? tries : 0,
  };
}

/** Somebody on the list, with what is to be asked and what is known: as the phone shows it, for the desk. */
export async function readTarget(ctx: Ctx, id: Id): Promise<z.input<typeof targetView>> {
  const target = await requireTarget(ctx, id, campaignReaders);
  const campaign = await requireCampaign(ctx, target.campaignId);
  const form = await requireForm(ctx, campaign.formId, campaign.formVersion);
  const people = await recordsOpened(ctx, target.recordId === null ? [] : [target.recordId]);
  const person = people.get(target.recordId ?? '');
  return {
    ...lineOfTarget(await atlasOf(ctx), campaign, target, person),
    ...{ campaignId: campaign.id, campaign: campaign.title, round: campaign.round, isOpen: campaign.stage === 'open' },
    questions: form.questions as z.input<typeof targetView>['questions'],
    known: person ? knownTo(form.questions, factsOf(person, await today(ctx))) : {},
  };
}

/** How many would be asked, how much of it is known, and who else asks the same: before anybody is sent. */
export async function previewCampaign(
  ctx: Ctx,
  given: z.output<typeof previewForm>,
): Promise<z.input<typeof previewView>> {
  const area = await openableArea(ctx, given.areaId);
  const choice = requireChoice(given.choice);
  const questions = requireQuestions(given.questions);
  const day = await today(ctx);
  const tally = new Map(questions.map(({ name }) => [name, { known: 0, stale: 0 }]));
  const areas = new Map<number, number>();
  let targets = 0;
  for await (const chosen of chosenIn(ctx, { ledger: residents.code, choice }, area)) {
    targets += chosen.length;
    for (const person of chosen) {
      areas.set(person.row.scopeNo, (areas.get(person.row.scopeNo) ?? 0) + 1);
      for (const [name, { isStale }] of Object.entries(knownTo(questions, factsOf(person, day)))) {
        const count = tally.get(name);
        if (count) count[isStale ? 'stale' : 'known'] += 1;
      }
    }
  }
  if (targets === 0) throw new Problem(campaignProblems['campaign.nobody']);
  const atlas = await atlasOf(ctx);
  const counted = [...areas].map(([scopeNo, n]) => ({ ...nothing, targets: n, scopeNo }));
  const rivals = await askedElsewhere(ctx, area);
  return {
    targets,
    areas: byArea(atlas, area, counted).map(({ area: name, targets: n }) => ({ area: name, targets: n })),
    questions: questions.map((question) => ({
      ...(question as z.input<typeof previewView>['questions'][number]),
      ...(tally.get(question.name) ?? { known: 0, stale: 0 }),
      alsoAskedBy: rivals.flatMap(({ title, fields }) => (fields.has(question.field ?? '') ? [title] : [])),
    })),
  };
}

interface AskedTwice {
  readonly field: string;
  readonly campaigns: { id: Id; title: string }[];
}

/** Facts that more than one open campaign of the same land asks for; campaigns that reach into land of the viewer. */
export async function askedTwice(ctx: Ctx): Promise<AskedTwice[]> {
  const atlas = await atlasOf(ctx);
  const all = await listCampaigns(ctx, MOST_CAMPAIGNS);
  const open = all.filter((campaign) => campaign.stage !== 'closed' && reachesMe(ctx, atlas, campaign));
  const forms = await formsNamed(
    ctx,
    open.map(({ formId: id, formVersion: version }) => ({ id, version })),
  );
  const byField = new Map<string, CampaignRow[]>();
  for (const campaign of open) {
    const asked = forms.find(({ id }) => id === campaign.formId)?.questions.flatMap(({ field }) => field ?? []) ?? [];
    for (const field of new Set(asked)) byField.set(field, [...(byField.get(field) ?? []), campaign]);
  }
  return [...byField].flatMap(([field, campaigns]) => {
    const met = campaigns.filter((one) => campaigns.some((other) => other !== one && isNear(atlas, one, other)));
    return met.length === 0 ? [] : [{ field, campaigns: met.map(({ id, title }) => ({ id, title })) }];
  });
}

function reachesMe(ctx: Ctx, atlas: Atlas, { scopeNo }: CampaignRow): boolean {
  const there = atlas.numbered(scopeNo);
  const numbers = postsOf(ctx.actor).flatMap(({ role, numbers: held }) =>
    (campaignReaders as readonly string[]).includes(role) ? (held ?? []) : [],
  );
  return there !== undefined && numbers.some(([first, last]) => first <= there.lastNo && last >= there.no);
}

/** One lies in the other. */
function isNear(atlas: Atlas, one: CampaignRow, other: CampaignRow): boolean {
  const [here, there] = [atlas.numbered(one.scopeNo), atlas.numbered(other.scopeNo)];
  return here !== undefined && there !== undefined && there.no <= here.lastNo && there.lastNo >= here.no;
}

/** What open campaigns on the same land ask for: nobody is to be asked the same twice. */
async function askedElsewhere(ctx: Ctx, { no, lastNo }: Area): Promise<{ title: string; fields: Set<string> }[]> {
  const atlas = await atlasOf(ctx);
  const open = (await listCampaigns(ctx, MOST_CAMPAIGNS)).filter(({ stage }) => stage !== 'closed');
  const near = open.filter(({ scopeNo }) => {
    const there = atlas.numbered(scopeNo);
    return there !== undefined && there.no <= lastNo && there.lastNo >= no;
  });
  const forms = await formsNamed(
    ctx,
    near.map(({ formId: id, formVersion: version }) => ({ id, version })),
  );
  return near.map(({ title, formId }) => ({
    title,
    fields: new Set(forms.find(({ id }) => id === formId)?.questions.flatMap(({ field }) => field ?? [])),
  }));
}
