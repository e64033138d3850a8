import type { FastifyInstance, FastifyRequest } from 'fastify';
import { nameIn } from '../../domains/land/registry/fields/added_fields.model.ts';
import { boundToField } from '../../domains/land/registry/forms/bound.model.ts';
import { asField, questionsIn, withField } from '../../domains/land/registry/forms/form_lines.model.ts';
import type { Ledger } from '../../domains/land/registry/ledger.model.ts';
import { campaignOpeners, campaignProblems } from '../../domains/work/campaigns/campaign.model.ts';
import { parts } from '../../domains/work/campaigns/result.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { type Answers, answersPage, type Tally } from '../../web/console/campaign_answers.pages.ts';
import { conditionsIn, withFields } from '../../web/console/campaign_choice.pages.ts';
import type { Preview } from '../../web/console/campaign_look.pages.ts';
import { newCampaignPage, questionsCarried } from '../../web/console/campaign_new.pages.ts';
import { askedForTemplate } from '../../web/console/campaign_template.ts';
import {
  CAMPAIGNS,
  type Campaign,
  type CampaignLine,
  campaignPage,
  campaignsPage,
  type TargetLine,
} from '../../web/console/campaigns.pages.ts';
import type { TemplateDetail } from '../../web/console/ledger_template.pages.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import { type Target, type Visit, visitPage } from '../../web/console/visit.pages.ts';
import { dayIn } from '../../web/ui/time.ts';
import { readForm, sendPage } from '../app.ts';
import { areasToChoose } from './area_asked.ts';
import type { PageCall } from './call.ts';
import { ledgersFor } from './ledger_asked.ts';
import { idIn } from './people.ts';
import type { PageRoom } from './portal.ts';
import { type Fields, type FormPage, posted } from './posted.ts';
import { madeIn } from './residents.ts';
import { askedOf, doneIn, type Handler, refusedBy, type Shown } from './viewer.ts';

/** Campaigns at the desk: the list, one of them, and opening one. */

const showList: Shown = async (room, _request, reply, { call, frame }) => {
  const campaigns = await room.call<CampaignLine[]>('campaign.list', call);
  return sendPage(reply, 200, campaignsPage(await frame(), campaigns));
};

const said = {
  opened: { zh: '已发起，正在列名单，稍后手机上就有。', en: 'Opened: the list is being made, phones have it soon.' },
  round: { zh: '下一轮开始了，名单上的都要再走一遍。', en: 'The next round has begun.' },
  closed: { zh: '已结束，名单会从手机上撤下。', en: 'It is over; the list leaves the phones.' },
} as const;

const PAGE = 50;

const showOne: FormPage = async (room, request, reply, { call, frame }, { refused } = {}) => {
  const { area, after, only: asked } = askedOf(request);
  const only = parts.find((part) => part === asked) ?? 'left';
  const id = idIn(request);
  const campaign = await room.call<Campaign>('campaign.read', call, { params: { id } });
  const { rows, next } = await room.call<{ rows: TargetLine[]; next: string | null }>('campaign.targets', call, {
    params: { id },
    query: {
      only,
      most: PAGE,
      ...(area === undefined ? {} : { areaId: area }),
      ...(after === undefined ? {} : { after }),
    },
  });
  const shown = await frame();
  // Once somebody was visited the list is long there, however often the address is opened again.
  const isOld = askedOf(request).done === 'opened' && campaign.counts.done > 0;
  const words = isOld ? null : doneIn(said, request);
  return sendPage(
    reply,
    refused?.status ?? 200,
    campaignPage(shown, {
      ...{ campaign, rows, next, areaId: area ?? null, only, done: words, fault: refused?.fault ?? null },
      ...{ today: dayIn(shown.now, shown.zone), newId: () => room.runtime.ids.newId() },
    }),
  );
};

interface Looked {
  readonly preview?: Preview;
}

const showNew: FormPage<Looked> = async (room, request, reply, { call, frame }, told = {}) => {
  const shown = await frame();
  if (!holdsOneOf(shown, campaignOpeners)) throw new Problem(campaignProblems['campaign.not_here']);
  const areas = await areasToChoose(room, call);
  const typed: Fields = told.typed ?? { rounds: '1', ...(await forTemplate(room, request, call)), ...askedOf(request) };
  const areaId = typed.areaId ?? areas[0]?.id ?? '';
  const { own, ledger } = await ledgersFor(room, call, { code: typed.ledger, areaId });
  const page = newCampaignPage(shown, {
    ...{ areas, own, typed, ledger, preview: told.preview ?? null },
    ...{ fault: told.refused?.fault ?? null, today: dayIn(shown.now, shown.zone) },
    newId: () => room.runtime.ids.newId(),
  });
  return sendPage(reply, told.refused?.status ?? 200, page);
};

/** To ask for what a superior's workbook wants: whom it wants, and its facts as questions. */
async function forTemplate(room: PageRoom, request: FastifyRequest, call: PageCall): Promise<Fields> {
  const { template: id } = askedOf(request);
  if (id === undefined) return {};
  const template = await room.call<TemplateDetail>('ledger_template.read', call, { params: { id } });
  // Only people can be asked for theirs.
  if (template.ledger !== 'residents') return {};
  const { ledger } = await ledgersFor(room, call, { code: template.ledger, areaId: template.areaId });
  return askedForTemplate(template, ledger);
}

/** `take:q3:person.phone`: the third question is put as the ledger calls that fact, and all is looked at again. */
function asTaken(typed: Fields, ledger: Ledger): Fields {
  const [, name = '', field = ''] = /^take:(\w+):([\w.-]+)$/.exec(typed.do ?? '') ?? [];
  if (name === '') return typed;
  if (typed.form === undefined) return { ...typed, lines: asField(typed.lines ?? '', name, nameIn(ledger, field).zh) };
  const form = questionsCarried(typed.form).map((one) => (one.name === name ? withField(one, field, ledger) : one));
  return { ...typed, form: JSON.stringify(form) };
}

/** Looked at first; then the same form opens it. */
const takeNew: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  const { areaId = '' } = fields;
  const { ledger } = await ledgersFor(room, framed.call, { code: fields.ledger, areaId });
  const typed = asTaken(fields, ledger);
  const { lines = '' } = typed;
  // A form that was made elsewhere knows the dictionary; here is known what the area added.
  const questions =
    typed.form === undefined ? questionsIn(lines, ledger) : boundToField(questionsCarried(typed.form), ledger);
  const asked = { areaId, ledger: ledger.code, choice: conditionsIn(ledger, typed), questions };
  if (typed.do === 'form') return showNew(room, request, reply, framed, { typed });
  try {
    if (!typed.do?.startsWith('open')) {
      const preview = await room.call<Preview>('campaign.preview', framed.call, { body: asked });
      return await showNew(room, request, reply, framed, { typed, preview });
    }
    const { commandId, title, purpose, dueOn, rounds } = typed;
    const onlyLacking = typed.do === 'open_lacking';
    const body = { ...asked, commandId, title, purpose, dueOn, rounds: Number(rounds), onlyLacking };
    const { campaignId } = await room.call<{ campaignId: string }>('campaign.open', framed.call, { body });
    return reply.redirect(`${CAMPAIGNS}/${campaignId}?done=opened`, 303);
  } catch (error) {
    const refused = refusedBy(error, request);
    const fault = refused.fault && withFields(refused.fault, ledger, typed);
    return showNew(room, request, reply, framed, { typed, refused: { ...refused, fault } });
  }
};

const takeAct = (act: 'next_round' | 'close', done: keyof typeof said): Shown =>
  posted(showOne, async ({ room, request, call }, { commandId, dueOn }) => {
    const id = idIn(request);
    const body = act === 'close' ? { commandId } : { commandId, dueOn };
    await room.call(`campaign.${act}`, call, { params: { id }, body });
    return `${CAMPAIGNS}/${id}?done=${done}`;
  });

const showAnswers: FormPage = async (room, request, reply, { call, frame }, { refused, typed = {} } = {}) => {
  const { area = typed.area || undefined, after, question, is } = askedOf(request);
  const params = { id: idIn(request) };
  const areaId = area === undefined ? {} : { areaId: area };
  const campaign = await room.call<Campaign>('campaign.read', call, { params });
  const tally = await room.call<Tally>('campaign.tally', call, { params, query: areaId });
  const only = { ...(question === undefined ? {} : { question }), ...(is === undefined ? {} : { is }) };
  const query = { ...areaId, ...only, ...(after === undefined ? {} : { after }), most: PAGE };
  const answers = await room.call<Answers>('campaign.answers', call, { params, query });
  const made = await madeIn(room, request, call);
  const page = answersPage(await frame(), {
    ...{ campaign, tally, answers, areaId: area ?? null, question: question ?? null, is: is ?? null },
    out: { made, typed, fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() },
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

const takeAnswers: Shown = posted(showAnswers, async ({ room, request, call }, { commandId, area, reason = '' }) => {
  const id = idIn(request);
  const body = { commandId, ...(area && { areaId: area }), ...(reason.trim() !== '' && { reason }) };
  const given = { params: { id }, body };
  const { exportId } = await room.call<{ exportId: string }>('campaign.take_answers', call, given);
  const query = new URLSearchParams({ ...(area && { area }), made: exportId });
  return `${CAMPAIGNS}/${id}/answers?${query.toString()}`;
});

/** One of the list; where the desk is built its program draws it, and takes visits. */
export const showVisits: Shown = async (room, request, reply, { call, frame }) => {
  const params = { id: idIn(request) };
  const target = await room.call<Target>('campaign.target', call, { params });
  const visits = await room.call<Visit[]>('campaign.visits', call, { params });
  return sendPage(reply, 200, visitPage(await frame(), target, visits));
};

export function addCampaigns(app: FastifyInstance, room: PageRoom, shown: (show: Shown) => Handler): void {
  app.get(CAMPAIGNS, shown(showList));
  app.get(`${CAMPAIGNS}/new`, shown(showNew));
  app.post(`${CAMPAIGNS}/new`, shown(takeNew));
  app.get(`${CAMPAIGNS}/:id`, shown(showOne));
  app.get(`${CAMPAIGNS}/:id/answers`, shown(showAnswers));
  app.post(`${CAMPAIGNS}/:id/answers-out`, room.limit('campaign.take_answers'), shown(takeAnswers));
  app.post(`${CAMPAIGNS}/:id/rounds`, shown(takeAct('next_round', 'round')));
  app.post(`${CAMPAIGNS}/:id/close`, shown(takeAct('close', 'closed')));
}
