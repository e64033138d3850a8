import type { z } from 'zod';
import { type Ctx, holdsPost, postsOf } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { type Area, type Atlas, atlasOf, requireArea } from '../../land/areas/index.ts';
import {
  addedOf,
  type Followed,
  factsOf,
  formsNamed,
  knownTo,
  type Ledger,
  namedLedger,
  recordsOpened,
  requireForm,
} from '../../land/registry/index.ts';
import { calledIn, metIn, ownSaidOf } from '../../land/registry/ledgers.model.ts';
import { namesOf } from '../../land/staff/index.ts';
import { photosHeld } from '../photos/index.ts';
import { requireCampaign } from './campaign.commands.ts';
import {
  type Counts,
  type campaignDetail,
  campaignProblems,
  campaignReaders,
  type campaignView,
  campaignVisitors,
  type targetLine,
  type targetView,
} from './campaign.model.ts';
import {
  type CampaignRow,
  cellsOf,
  countTargets,
  findTarget,
  hasTargets,
  listCampaigns,
  listTargets,
  type TargetRow,
} from './campaign.queries.ts';
import { ledgerOf } from './ledger_asked.views.ts';
import { whyOf, whyWords } from './listing.commands.ts';
import type { Part } from './result.model.ts';
import { requireTarget } from './visit.commands.ts';
import { photosExpected } from './visit_photo.queries.ts';

export const MOST_CAMPAIGNS = 200;
export const nothing: Counts = { targets: 0, done: 0, refused: 0, moved: 0, absent: 0, left: 0 };
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
  holdsPost(ctx, campaignReaders, scopeNo);

async function lineOf(ctx: Ctx, campaign: CampaignRow, counts: Counts): Promise<z.input<typeof campaignView>> {
  const { id, title, purpose, areaId, scopeNo, ledger, stage, round, rounds, dueOn, openedAt, personId } = campaign;
  const [atlas, names] = await Promise.all([atlasOf(ctx), namesOf(ctx, [personId])]);
  const area = atlas.areaOf({ scopeNo, areaId })?.name ?? '';
  return {
    ...{ id, title, purpose, areaId, area, ledger, stage, round, rounds, dueOn, openedAt, counts },
    own: ownSaidOf(await namedLedger(ctx, ledger)),
    openedBy: names.get(personId) ?? '',
  };
}

export async function requireReadable(ctx: Ctx, id: Id): Promise<CampaignRow> {
  const campaign = await requireCampaign(ctx, id);
  if (isOwn(ctx, campaign) || (await hasTargets(ctx, id))) return campaign;
  throw new Problem(campaignProblems['campaign.not_found']);
}

export async function readCampaign(ctx: Ctx, id: Id): Promise<z.input<typeof campaignDetail>> {
  const campaign = await requireReadable(ctx, id);
  const counted = await countTargets(ctx, [id]);
  const atlas = await atlasOf(ctx);
  const { questions } = await requireForm(ctx, campaign.formId, campaign.formVersion);
  const areas = byArea(atlas, atlas.areaOf(campaign), counted);
  return {
    ...(await lineOf(ctx, campaign, counted.reduce(added, nothing))),
    choice: [...campaign.choice],
    added: addedOf(await ledgerOf(ctx, campaign)),
    onlyLacking: campaign.onlyLacking,
    questions: questions as z.input<typeof campaignDetail>['questions'],
    areas,
    cells: await cellsOf(ctx, id),
    can: cansOf(ctx, campaign, counted.length > 0),
  };
}

/** By what lies just below the campaign's area, and what lies in none of that under its own name. */
export function byArea(
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
  campaign: CampaignRow,
  rows: readonly TargetRow[],
): Promise<z.input<typeof targetLine>[]> {
  const people = await recordsOpened(
    ctx,
    rows.flatMap(({ recordId }) => recordId ?? []),
  );
  const [atlas, shown, ledger] = [await atlasOf(ctx), await shownOf(ctx, rows), await ledgerOf(ctx, campaign)];
  return rows.map((row) => ({
    ...lineOfTarget(atlas, { ...campaign, ledger }, row, people.get(row.recordId ?? '')),
    ...shown(row),
  }));
}

type Shown = Pick<z.input<typeof targetLine>, 'photos' | 'photosDue'>;

/** What their visits were answered with, and how much of it is still on a phone. */
async function shownOf(ctx: Ctx, rows: readonly TargetRow[]): Promise<(row: TargetRow) => Shown> {
  const ids = rows.map(({ id }) => id);
  const [all, expected] = [await photosHeld(ctx, 'campaign_target', ids), await photosExpected(ctx, ids)];
  return ({ id }) => {
    const photos = all.filter(({ recordId }) => recordId === id);
    const due = expected.filter(
      ({ targetId, sha256 }) => targetId === id && photos.every((photo) => photo.sha256 !== sha256),
    );
    return { photos, photosDue: due.length };
  };
}

function lineOfTarget(
  atlas: Atlas,
  { round, ledger }: { readonly round: number; readonly ledger: Ledger },
  target: TargetRow,
  person: Followed | undefined,
): Omit<z.input<typeof targetLine>, keyof Shown> {
  const { id, recordId, areaId, scopeNo, doneRound, result, triedRound, tries } = target;
  const values = person?.standing.values ?? {};
  return {
    ...{ id, recordId: person ? recordId : null },
    ...{ name: calledIn(ledger, values) || null, home: metIn(ledger, values) },
    area: atlas.areaOf({ scopeNo, areaId })?.name ?? '',
    why: person ? whyWords(ledger, whyOf(person, target)) : '',
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
    ...lineOfTarget(await atlasOf(ctx), { ...campaign, ledger: await ledgerOf(ctx, campaign) }, target, person),
    ...(await shownOf(ctx, [target]))(target),
    ...{ campaignId: campaign.id, campaign: campaign.title, round: campaign.round, isOpen: campaign.stage === 'open' },
    ...{ ledger: campaign.ledger, mayVisit: (await findTarget(ctx, id, campaignVisitors)) !== undefined },
    questions: form.questions as z.input<typeof targetView>['questions'],
    known: person ? knownTo(form.questions, factsOf(person, await today(ctx))) : {},
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

/** They ask about the same kind of thing, and one lies in the other. */
function isNear(atlas: Atlas, one: CampaignRow, other: CampaignRow): boolean {
  if (one.ledger !== other.ledger) return false;
  const [here, there] = [atlas.numbered(one.scopeNo), atlas.numbered(other.scopeNo)];
  return here !== undefined && there !== undefined && there.no <= here.lastNo && there.lastNo >= here.no;
}
