import type { FastifyInstance } from 'fastify';
import { checkpointChiefs, checkpointProblems } from '../../domains/work/checkpoints/checkpoint.model.ts';
import { asked } from '../../domains/work/checkpoints/kind.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { checkpointPage } from '../../web/console/checkpoint.pages.ts';
import {
  blankCheckpoint,
  checkpointFormPage,
  checkpointIn,
  typedFrom,
} from '../../web/console/checkpoint_form.pages.ts';
import { noticePage } from '../../web/console/checkpoint_notice.pages.ts';
import {
  CHECKPOINTS,
  type Checkpoint,
  type CheckpointLine,
  checkpointsPage,
  type GateLog,
  type Guard,
  type Opened,
} from '../../web/console/checkpoints.pages.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import { dayIn } from '../../web/ui/time.ts';
import { readForm, sendPage } from '../app.ts';
import { areasToChoose } from './area_asked.ts';
import { idIn } from './people.ts';
import type { PageRoom } from './portal.ts';
import { type Fields, type FormPage, posted } from './posted.ts';
import { askedOf, doneIn, type Framed, type Handler, type Refused, refusedBy, type Shown } from './viewer.ts';

/** Checkpoints at the desk: the list, one of them, setting one up, changing and switching one, and its notice. */

const showList: Shown = async (room, _request, reply, { call, frame }) => {
  const all = await room.call<CheckpointLine[]>('checkpoint.list', call);
  return sendPage(reply, 200, checkpointsPage(await frame(), all));
};

const said = {
  set_up: { zh: '设好了，先按平时规则。', en: 'Set up, on normal rules.' },
  changed: { zh: '改好了，从现在起按新的。门口的告示记得换。', en: 'Changed from now on. Put up the new notice.' },
  emergency: { zh: '已转为战时。门口的告示记得换。', en: 'On emergency rules. Put up the new notice.' },
  normal: { zh: '已转回平时。门口的告示记得换。', en: 'Back on normal rules. Put up the new notice.' },
  closed: { zh: '已撤。', en: 'It was taken down.' },
  rostered: { zh: '排好了。', en: 'Entered.' },
  called_off: { zh: '这一班撤了，那几个钟点又没人了。', en: 'Called off: its hours are a gap again.' },
  taken_up: { zh: '接班了。', en: 'On duty.' },
  passed: { zh: '登记了。', en: 'Written down.' },
  taken_back: { zh: '撤掉了，不再算数；记录和原因都在下面。', en: 'Taken back: it counts no more, and stays below.' },
  disinfected: { zh: '消杀记下了。', en: 'Written down.' },
  taken_in: { zh: '收下了，等人来领。', en: 'Taken in: it waits to be collected.' },
  handed_out: { zh: '领走了，记下了。', en: 'Collected, and written down.' },
} as const;

const read = (room: PageRoom, call: Framed['call'], id: string): Promise<Checkpoint> =>
  room.call<Checkpoint>('checkpoint.read', call, { params: { id } });

const showOne: FormPage<{ readonly opened?: Opened }> = async (
  room,
  request,
  reply,
  { call, frame },
  { refused, typed, opened } = {},
) => {
  const params = { id: idIn(request) };
  const { day } = askedOf(request);
  const checkpoint = await read(room, call, params.id);
  const log = await room.call<GateLog>('checkpoint.log', call, { params, query: day === undefined ? {} : { day } });
  const mayRoster = checkpoint.can.some(({ act, allowed }) => act === 'roster' && allowed);
  const guards = mayRoster ? await room.call<Guard[]>('checkpoint.guards', call, { params }) : [];
  const shown = await frame();
  const page = checkpointPage(shown, {
    ...{ checkpoint, log, guards, today: dayIn(shown.now, shown.zone), opened: opened ?? null, typed: typed ?? {} },
    ...{ done: doneIn(said, request), fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() },
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

const showNew: FormPage = async (room, request, reply, { call, frame }, { typed, refused } = {}) => {
  const shown = await frame();
  if (!holdsOneOf(shown, checkpointChiefs)) throw new Problem(checkpointProblems['checkpoint.not_here']);
  const areas = await areasToChoose(room, call);
  const wanted = typed?.areaId ?? askedOf(request).area;
  const area = areas.find(({ id }) => id === wanted) ?? areas[0];
  if (!area) throw new Problem(checkpointProblems['checkpoint.not_here']);
  const page = checkpointFormPage(shown, {
    ...{ areas, areaId: area.id, checkpointId: null, typed: typed ?? blankCheckpoint },
    ...{ fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() },
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

const takeNew = posted(showNew, async ({ room, call }, typed) => {
  const { commandId, areaId, kind } = typed;
  const body = { commandId, areaId, kind, ...checkpointIn(typed) };
  const { checkpointId } = await room.call<{ checkpointId: string }>('checkpoint.set_up', call, { body });
  return `${CHECKPOINTS}/${checkpointId}?done=set_up`;
});

const showChange: FormPage = async (room, request, reply, { call, frame }, { typed, refused } = {}) => {
  const checkpoint = await read(room, call, idIn(request));
  const page = checkpointFormPage(await frame(), {
    ...{ areas: null, areaId: checkpoint.areaId, checkpointId: checkpoint.id, typed: typed ?? typedFrom(checkpoint) },
    ...{ fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() },
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

/** What the endpoint calls a field that the form calls otherwise: there a fault stands at the field of this form. */
const placed =
  (names: Readonly<Record<string, string>>, again: FormPage): FormPage =>
  (room, request, reply, framed, told = {}) =>
    again(room, request, reply, framed, told.refused ? { ...told, refused: renamed(told.refused, names) } : told);

function renamed({ fault, status }: Refused, names: Readonly<Record<string, string>>): Refused {
  const errors = fault.errors.map((one) => {
    const path = names[one.path ?? ''];
    return path === undefined ? one : { ...one, path };
  });
  return { fault: { ...fault, errors }, status };
}

/** A form of one checkpoint: what it sends, what is said afterwards, and the page it stands on. */
const taking = (
  endpoint: string,
  done: keyof typeof said,
  bodyOf: (typed: Fields) => object,
  again: FormPage = showOne,
): Shown =>
  posted(again, async ({ room, request, call }, typed) => {
    const id = idIn(request);
    await room.call(endpoint, call, { params: { id }, body: { commandId: typed.commandId, ...bodyOf(typed) } });
    return `${CHECKPOINTS}/${id}?done=${done}`;
  });

const reasonIn = ({ switchReason }: Fields): object => ({ reason: switchReason });
const onSwitch = placed({ reason: 'switchReason' }, showOne);
const onRoster = placed({ from: 'fromTime', to: 'toTime', name: 'guardName' }, showOne);
const onLook = placed({ reason: 'lookReason' }, showOne);
const onTakeBack = placed({ reason: 'wrongReason' }, showOne);
const wrongIn = ({ passageId, wrongReason }: Fields): object => ({ passageId, reason: wrongReason });
const shiftIn = ({ shiftId }: Fields): object => ({ shiftId });

const rosterIn = ({ fromDay, toDay, fromTime, toTime, personId, guardName, side, unit }: Fields): object => ({
  ...{ fromDay, toDay, from: fromTime, to: toTime, side, unit },
  ...(personId ? { personId, name: '' } : { personId: null, name: guardName }),
});

/** Whoever is turned back is asked nothing, whatever stands in the fields. */
function passageIn(fields: Fields): object {
  const { traveller, count, passed, reason } = fields;
  const isPassed = passed === 'yes';
  const values = asked.flatMap((one) => {
    const value = fields[`values.${one}`]?.trim() ?? '';
    return isPassed && value !== '' ? [[one, value]] : [];
  });
  return {
    ...{ traveller, count: Number(count), passed: isPassed, reason: isPassed ? '' : reason },
    values: Object.fromEntries(values),
  };
}

const takeLook: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  const { commandId, passageId, lookReason } = fields;
  const params = { id: idIn(request) };
  try {
    const body = { commandId, passageId, reason: lookReason };
    const opened = await room.call<Opened>('checkpoint.look_up', framed.call, { params, body });
    return showOne(room, request, reply, framed, { opened });
  } catch (error) {
    return onLook(room, request, reply, framed, { typed: fields, refused: refusedBy(error, request) });
  }
};

const showNotice: Shown = async (room, request, reply, { call, frame }) =>
  sendPage(reply, 200, noticePage(await frame(), await read(room, call, idIn(request))));

export function addCheckpoints(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(CHECKPOINTS, shown(showList));
  app.get(`${CHECKPOINTS}/new`, shown(showNew));
  app.post(`${CHECKPOINTS}/new`, shown(takeNew));
  app.get(`${CHECKPOINTS}/:id`, shown(showOne));
  app.get(`${CHECKPOINTS}/:id/change`, shown(showChange));
  app.post(`${CHECKPOINTS}/:id/change`, shown(taking('checkpoint.change', 'changed', checkpointIn, showChange)));
  app.get(`${CHECKPOINTS}/:id/notice`, shown(showNotice));
  const one = (act: string): string => `${CHECKPOINTS}/:id/${act}`;
  app.post(one('begin-emergency'), shown(taking('checkpoint.begin_emergency', 'emergency', reasonIn, onSwitch)));
  app.post(one('end-emergency'), shown(taking('checkpoint.end_emergency', 'normal', reasonIn, onSwitch)));
  app.post(one('close'), shown(taking('checkpoint.close', 'closed', () => ({}))));
  app.post(one('shifts'), shown(taking('checkpoint.roster', 'rostered', rosterIn, onRoster)));
  app.post(one('call-off'), shown(taking('checkpoint.call_off', 'called_off', shiftIn)));
  const takeUpIn = ({ shiftId, open }: Fields): object => ({ shiftId, open });
  app.post(one('take-up'), shown(taking('checkpoint.take_up', 'taken_up', takeUpIn)));
  app.post(one('passages'), shown(taking('checkpoint.pass', 'passed', passageIn)));
  app.post(one('take-back'), shown(taking('checkpoint.take_back', 'taken_back', wrongIn, onTakeBack)));
  app.post(one('look-up'), shown(takeLook));
  app.post(one('disinfections'), shown(taking('checkpoint.disinfect', 'disinfected', () => ({}))));
  const goodsIn = ({ sender, door, what }: Fields): object => ({ sender, door, what });
  app.post(one('goods'), shown(taking('checkpoint.take_in', 'taken_in', goodsIn)));
  const handIn = ({ goodsId, receiver }: Fields): object => ({ goodsId, receiver });
  app.post(one('hand-out'), shown(taking('checkpoint.hand_out', 'handed_out', handIn)));
}
