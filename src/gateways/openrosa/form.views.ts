import { createHash } from 'node:crypto';
import { formsNamed, requireForm } from '../../domains/land/registry/index.ts';
import {
  type CarriedCampaign,
  campaignsCarried,
  carriedBodies,
  targetsCarriedOf,
} from '../../domains/work/campaigns/index.ts';
import { type Result, resultWordsOf } from '../../domains/work/campaigns/result.model.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Id } from '../../kernel/id.ts';
import { record } from '../../kernel/journal.ts';
import { Problem } from '../../kernel/problem.ts';
import { openrosaProblems } from './openrosa.model.ts';
import { type FormToSend, isSendable, PEOPLE, spared, xformOf, xml } from './xform.model.ts';

/** What a client may take along: the forms of the campaigns whose people its holder visits, and those people. */
const HEAD = '<?xml version="1.0" encoding="utf-8"?>\n';
const md5 = (text: string): string => `md5:${createHash('md5').update(text).digest('hex')}`;

/** Another round is another version: for which round one went is told by it. */
const versionOf = ({ formVersion, round }: Pick<CarriedCampaign, 'formVersion' | 'round'>): string =>
  `${formVersion}-${round}`;

export async function formList(ctx: Ctx, base: string): Promise<string> {
  const campaigns = await campaignsCarried(ctx);
  const forms = await formsNamed(
    ctx,
    campaigns.map(({ formId: id, formVersion: version }) => ({ id, version })),
  );
  const lines = campaigns.flatMap((campaign) => {
    const questions = forms.find(({ id }) => id === campaign.formId)?.questions ?? [];
    if (!isSendable(questions)) return [];
    const { id, version, title } = asForm(campaign, questions);
    const at = `${base}/campaigns/${id}`;
    return `<xform><formID>${id}</formID><name>${xml(title)}</name><version>${version}</version><hash>${md5(xformOf(asForm(campaign, questions)))}</hash><downloadUrl>${xml(`${at}.xml`)}</downloadUrl><manifestUrl>${xml(`${at}/manifest.xml`)}</manifestUrl></xform>`;
  });
  return `${HEAD}<xforms xmlns="http://openrosa.org/xforms/xformsList">${lines.join('')}</xforms>`;
}

const asForm = (campaign: CarriedCampaign, questions: FormToSend['questions']): FormToSend => ({
  ...{ id: campaign.id, version: versionOf(campaign), title: campaign.title, ledger: campaign.ledger, questions },
});

async function requireCarried(ctx: Ctx, id: Id): Promise<{ campaign: CarriedCampaign; form: FormToSend }> {
  const campaign = (await campaignsCarried(ctx)).find((one) => one.id === id);
  const questions = campaign && (await requireForm(ctx, campaign.formId, campaign.formVersion)).questions;
  if (!campaign || !questions || !isSendable(questions)) throw new Problem(openrosaProblems['openrosa.no_form']);
  return { campaign, form: asForm(campaign, questions) };
}

export const formXml = async (ctx: Ctx, id: Id): Promise<string> => xformOf((await requireCarried(ctx, id)).form);

export async function manifest(ctx: Ctx, id: Id, base: string): Promise<string> {
  const people = await peopleOf(ctx, id);
  const at = xml(`${base}/campaigns/${id}/${PEOPLE}`);
  return `${HEAD}<manifest xmlns="http://openrosa.org/xforms/xformsManifest"><mediaFile><filename>${PEOPLE}</filename><hash>${md5(people)}</hash><downloadUrl>${at}</downloadUrl></mediaFile></manifest>`;
}

/** Names leave with it: each time is written down. */
export async function takePeople(ctx: Ctx, id: Id): Promise<string> {
  const people = await peopleOf(ctx, id);
  const about = { kind: 'campaign', id, scopeNo: 0, confidential: false };
  record(ctx, { kind: 'campaign.people_taken', about, body: { people: people.split('\r\n').length - 2 } });
  return people;
}

/** As many as a grid has; more than a telephone shows in a list. */
const MOST = 3000;

/** By where they live; of what is known about them only that it is known. */
async function peopleOf(ctx: Ctx, id: Id): Promise<string> {
  const { form } = await requireCarried(ctx, id);
  const words = resultWordsOf(form.ledger);
  const asked = spared(form.questions);
  const bodies = await carriedBodies(ctx, await targetsCarriedOf(ctx, id, MOST));
  const rows = [...bodies].map(([target, body]) => {
    const { name, home, result, known } = body as unknown as Carried;
    const done = result === null ? '' : `（${words[result].zh}）`;
    const facts = asked.map((question) =>
      known[question.name] ? (known[question.name]?.isStale ? 'old' : 'fresh') : '',
    );
    return [target, `${home} ${name}${done}`.trim(), ...facts];
  });
  rows.sort(([, one = ''], [, other = '']) => one.localeCompare(other, 'zh', { numeric: true }));
  const titles = ['name', 'label', ...asked.map(({ name }) => `known_${name}`)];
  return `${[titles, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

interface Carried {
  readonly name: string;
  readonly home: string;
  readonly result: Result | null;
  readonly known: Readonly<Record<string, { readonly isStale: boolean } | undefined>>;
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
