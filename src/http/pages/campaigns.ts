import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { questionsIn } from '../../domains/land/registry/form_lines.model.ts';
import { residents } from '../../domains/land/registry/ledger.model.ts';
import { campaignOpeners, campaignProblems } from '../../domains/work/campaigns/campaign.model.ts';
import { parts } from '../../domains/work/campaigns/result.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { conditionsIn, newCampaignPage, type Preview, questionsCarried } from '../../web/console/campaign_new.pages.ts';
import {
  CAMPAIGNS,
  type Campaign,
  type CampaignLine,
  campaignPage,
  campaignsPage,
  type TargetLine,
} from '../../web/console/campaigns.pages.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import { dayIn } from '../../web/ui/time.ts';
import { readForm, sendPage } from '../app.ts';
import { idIn } from './people.ts';
import type { PageRoom } from './portal.ts';
import { areasToChoose } from './residents.ts';
import { askedOf, doneIn, type Framed, type Handler, type Refused, refusedBy, type Shown } from './viewer.ts';

/** Campaigns at the desk: the list, one of them, and opening one. */
type Fields = Readonly<Record<string, string>>;

const showList: Shown = async (room, _request, reply, { call, frame }) => {
  const campaigns = await room.call<CampaignLine[]>('campaign.list', call);
  return sendPage(reply, 200, campaignsPage(await frame(), campaigns));
};

const said = {
  opened: { zh: '已发起，正在列名单，稍后手机上就有。', en: 'Opened: the list is being made, phones have it soon.' },
  round: { zh: '下一轮开始了，名单上的人都要再走一遍。', en: 'The next round has begun.' },
  closed: { zh: '已结束，名单会从手机上撤下。', en: 'It is over; the list leaves the phones.' },
} as const;

const PAGE = 50;

async function showOne(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  refused: Refused | null = null,
): Promise<FastifyReply> {
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
  const words = doneIn(said, request);
  return sendPage(
    reply,
    refused?.status ?? 200,
    campaignPage(shown, {
      ...{ campaign, rows, next, areaId: area ?? null, only, done: words, fault: refused?.fault ?? null },
      ...{ today: dayIn(shown.now, shown.zone), newId: () => room.runtime.ids.newId() },
    }),
  );
}

async function showNew(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  told: { typed?: Fields; preview?: Preview; refused?: Refused } = {},
): Promise<FastifyReply> {
  const shown = await frame();
  if (!holdsOneOf(shown, campaignOpeners)) throw new Problem(campaignProblems['campaign.not_here']);
  const areas = await areasToChoose(room, call);
  const page = newCampaignPage(shown, {
    ...{ areas, typed: told.typed ?? { rounds: '1', ...askedOf(request) }, preview: told.preview ?? null },
    ...{ fault: told.refused?.fault ?? null, today: dayIn(shown.now, shown.zone) },
    newId: () => room.runtime.ids.newId(),
  });
  return sendPage(reply, told.refused?.status ?? 200, page);
}

/** Looked at first; then the same form opens it. */
const takeNew: Shown = async (room, request, reply, framed) => {
  const { fields: typed } = await readForm(request);
  const { areaId = '', lines = '' } = typed;
  const questions = typed.form === undefined ? questionsIn(lines, residents) : questionsCarried(typed.form);
  const asked = { areaId, choice: conditionsIn(typed), questions };
  if (typed.do === 'form') return showNew(room, request, reply, framed, { typed });
  try {
    if (typed.do !== 'open') {
      const preview = await room.call<Preview>('campaign.preview', framed.call, { body: asked });
      return await showNew(room, request, reply, framed, { typed, preview });
    }
    const { commandId, title, purpose, dueOn, rounds } = typed;
    const body = { ...asked, commandId, title, purpose, dueOn, rounds: Number(rounds) };
    const { campaignId } = await room.call<{ campaignId: string }>('campaign.open', framed.call, { body });
    return reply.redirect(`${CAMPAIGNS}/${campaignId}?done=opened`, 303);
  } catch (error) {
    return showNew(room, request, reply, framed, { typed, refused: refusedBy(error, request) });
  }
};

const takeAct =
  (act: 'next_round' | 'close', done: keyof typeof said): Shown =>
  async (room, request, reply, framed) => {
    const { fields } = await readForm(request);
    const { commandId, dueOn } = fields;
    try {
      const body = act === 'close' ? { commandId } : { commandId, dueOn };
      await room.call(`campaign.${act}`, framed.call, { params: { id: idIn(request) }, body });
      return reply.redirect(`${CAMPAIGNS}/${idIn(request)}?done=${done}`, 303);
    } catch (error) {
      return showOne(room, request, reply, framed, refusedBy(error, request));
    }
  };

export function addCampaigns(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(CAMPAIGNS, shown(showList));
  app.get(
    `${CAMPAIGNS}/new`,
    shown((...page) => showNew(...page)),
  );
  app.post(`${CAMPAIGNS}/new`, shown(takeNew));
  app.get(
    `${CAMPAIGNS}/:id`,
    shown((...page) => showOne(...page)),
  );
  app.post(`${CAMPAIGNS}/:id/rounds`, shown(takeAct('next_round', 'round')));
  app.post(`${CAMPAIGNS}/:id/close`, shown(takeAct('close', 'closed')));
}
