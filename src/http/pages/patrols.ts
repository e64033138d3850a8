import type { FastifyInstance } from 'fastify';
import { instantOf } from '../../domains/work/patrols/due.model.ts';
import { patrolPlanners, patrolProblems } from '../../domains/work/patrols/patrol.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import { blankPlan, planIn, planPage, typedFrom, type Walker } from '../../web/console/patrol_form.pages.ts';
import { type Sticker, stickersPage } from '../../web/console/patrol_stickers.pages.ts';
import {
  PATROLS,
  type Patrol,
  type PatrolLine,
  patrolPage,
  patrolsPage,
  type Tick,
} from '../../web/console/patrols.pages.ts';
import { sendPage } from '../app.ts';
import { areasToChoose } from './area_asked.ts';
import { idIn } from './people.ts';
import { type FormPage, posted } from './posted.ts';
import { askedOf, doneIn, type Handler, type Shown } from './viewer.ts';

/** Patrols at the desk: the list, one of them, planning and changing one, and its stickers. */

const showList: Shown = async (room, _request, reply, { call, frame }) => {
  const patrols = await room.call<PatrolLine[]>('patrol.list', call);
  return sendPage(reply, 200, patrolsPage(await frame(), patrols));
};

const said = {
  planned: { zh: '安排好了，稍后手机上就有。', en: 'Planned: phones have it soon.' },
  changed: { zh: '改好了，从现在起按新的算。', en: 'Changed: it holds from now on.' },
  closed: { zh: '已结束，会从手机上撤下。', en: 'It is over; it leaves the phones.' },
} as const;

const DAY_MS = 86_400_000;

const showOne: FormPage = async (room, request, reply, { call, frame }, { refused } = {}) => {
  const { day, from, place } = askedOf(request);
  const id = idIn(request);
  const patrol = await room.call<Patrol>('patrol.read', call, {
    params: { id },
    query: day === undefined ? {} : { day },
  });
  const shown = await frame();
  const round = patrol.rounds.find(({ start }) => start.toISOString() === from);
  const spot = patrol.spots.find((one) => one.id === place);
  const midnight = new Date(instantOf(patrol.day, '00:00', shown.zone));
  // Rounds that begin late on the day end on the next.
  const last = Math.max(midnight.getTime() + DAY_MS, ...patrol.rounds.map(({ end }) => end.getTime()));
  const span = round ?? { start: midnight, end: new Date(last) };
  const ticks = await room.call<Tick[]>('patrol.ticks', call, {
    params: { id },
    query: { from: span.start.toISOString(), to: span.end.toISOString(), ...(spot ? { placeId: spot.id } : {}) },
  });
  const words = doneIn(said, request);
  return sendPage(
    reply,
    refused?.status ?? 200,
    patrolPage(shown, {
      ...{ patrol, ticks, chosen: { from: round?.start ?? null, placeId: spot?.id ?? null } },
      ...{ done: words, fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() },
    }),
  );
};

const showNew: FormPage = async (room, request, reply, { call, frame }, { typed, refused } = {}) => {
  const shown = await frame();
  if (!holdsOneOf(shown, patrolPlanners)) throw new Problem(patrolProblems['patrol.not_here']);
  const areas = await areasToChoose(room, call);
  const asked = typed?.areaId ?? askedOf(request).area;
  const area = areas.find(({ id }) => id === asked) ?? areas.find(({ level }) => level === 'grid') ?? areas[0];
  if (!area) throw new Problem(patrolProblems['patrol.not_here']);
  const walkers = await room.call<Walker[]>('patrol.walkers', call, { params: { id: area.id } });
  const page = planPage(shown, {
    ...{ areas, areaId: area.id, patrolId: null, walkers, typed: typed ?? blankPlan },
    ...{ fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() },
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

const takeNew = posted(showNew, async ({ room, call }, typed) => {
  // Another place: what was typed stays, and who may go is asked anew.
  if (typed.ask === 'area') return null;
  const { commandId, areaId, kind, positionDays } = typed;
  const body = { commandId, areaId, kind, positionDays: Number(positionDays), ...planIn(typed) };
  const { planId } = await room.call<{ planId: string }>('patrol.plan', call, { body });
  return `${PATROLS}/${planId}?done=planned`;
});

const showChange: FormPage = async (room, request, reply, { call, frame }, { typed, refused } = {}) => {
  const id = idIn(request);
  const patrol = await room.call<Patrol>('patrol.read', call, { params: { id } });
  const walkers = await room.call<Walker[]>('patrol.walkers', call, { params: { id: patrol.areaId } });
  const page = planPage(await frame(), {
    ...{ areas: null, areaId: patrol.areaId, patrolId: id, walkers, typed: typed ?? typedFrom(patrol) },
    ...{ fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() },
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

const takeChange = posted(showChange, async ({ room, request, call }, typed) => {
  const id = idIn(request);
  await room.call('patrol.change', call, { params: { id }, body: { commandId: typed.commandId, ...planIn(typed) } });
  return `${PATROLS}/${id}?done=changed`;
});

const takeClose = posted(showOne, async ({ room, request, call }, { commandId }) => {
  const id = idIn(request);
  await room.call('patrol.close', call, { params: { id }, body: { commandId } });
  return `${PATROLS}/${id}?done=closed`;
});

const showStickers: Shown = async (room, request, reply, { call, frame }) => {
  const params = { id: idIn(request) };
  const patrol = await room.call<Patrol>('patrol.read', call, { params });
  const stickers = await room.call<Sticker[]>('patrol.stickers', call, { params });
  return sendPage(reply, 200, stickersPage(await frame(), patrol, stickers));
};

export function addPatrols(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(PATROLS, shown(showList));
  app.get(`${PATROLS}/new`, shown(showNew));
  app.post(`${PATROLS}/new`, shown(takeNew));
  app.get(`${PATROLS}/:id`, shown(showOne));
  app.get(`${PATROLS}/:id/change`, shown(showChange));
  app.post(`${PATROLS}/:id/change`, shown(takeChange));
  app.post(`${PATROLS}/:id/close`, shown(takeClose));
  app.get(`${PATROLS}/:id/stickers`, shown(showStickers));
}
