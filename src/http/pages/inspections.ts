import type { FastifyInstance } from 'fastify';
import { ledgerReaders } from '../../domains/land/registry/ledger.model.ts';
import { checklistProblems } from '../../domains/work/inspections/checklist.model.ts';
import { itemsIn } from '../../domains/work/inspections/checklist_lines.model.ts';
import { drawnLedgers, inspectionProblems, inspectors } from '../../domains/work/inspections/inspection.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { CHECKLISTS, checklistsPage, startOf } from '../../web/console/checklists.pages.ts';
import { INSPECTIONS } from '../../web/console/hazard.words.ts';
import { type Inspection, inspectionPage, type Redraw, type TargetLine } from '../../web/console/inspection.pages.ts';
import { newInspectionPage, type Preview, sampleIn } from '../../web/console/inspection_new.pages.ts';
import { type InspectionLine, inspectionsPage } from '../../web/console/inspections.pages.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import { dayIn } from '../../web/ui/time.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { areasToChoose } from './area_asked.ts';
import { bodiesOf, hazardIn, keptHazard, listsOf, sendPhotos } from './hazards.ts';
import { ledgersFor } from './ledger_asked.ts';
import { idIn } from './people.ts';
import { type FormPage, posted } from './posted.ts';
import { askedOf, doneIn, type Handler, refusedBy, type Shown } from './viewer.ts';

/** Inspections at the desk: the list, opening one, one of them with its places, and the checklists. */

const showList: Shown = async (room, _request, reply, { call, frame }) => {
  const lines = await room.call<InspectionLine[]>('inspection.list', call);
  return sendPage(reply, 200, inspectionsPage(await frame(), lines));
};

const showNew: FormPage<{ readonly preview?: Preview }> = async (room, request, reply, { call, frame }, told = {}) => {
  const shown = await frame();
  if (!holdsOneOf(shown, inspectors)) throw new Problem(inspectionProblems['inspection.not_here']);
  const [areas, lists] = [await areasToChoose(room, call), await listsOf(room, call)];
  const typed = told.typed ?? askedOf(request);
  const asked = { code: typed.ledger ?? drawnLedgers[0], areaId: typed.areaId ?? areas[0]?.id ?? '' };
  const page = newInspectionPage(shown, {
    ...{ areas, lists, typed, preview: told.preview ?? null, ...(await ledgersFor(room, call, asked)) },
    mayDraw: holdsOneOf(shown, ledgerReaders),
    ...{ fault: told.refused?.fault ?? null, today: dayIn(shown.now, shown.zone) },
    newId: () => room.runtime.ids.newId(),
  });
  return sendPage(reply, told.refused?.status ?? 200, page);
};

const partsOf = (text: string, at: RegExp): string[] =>
  text
    .split(at)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Looked at first; then the same form opens it. */
const takeNew: Shown = async (room, request, reply, framed) => {
  const { fields: typed } = await readForm(request);
  const { commandId, title, areaId, checklistId, announced, onDay, members = '', places = '' } = typed;
  const sample = sampleIn(typed);
  try {
    if (typed.do !== 'open') {
      if (sample === null) return await showNew(room, request, reply, framed, { typed });
      const preview = await room.call<Preview>('inspection.preview', framed.call, { body: { areaId, sample } });
      return await showNew(room, request, reply, framed, { typed, preview });
    }
    const body = {
      ...{ commandId, title, areaId, checklistId, onDay, announced: announced === 'yes' },
      ...{ members: partsOf(members, /[、,，\s]+/), places: partsOf(places, /\r?\n/) },
      ...(sample === null ? {} : { sample }),
    };
    const { inspectionId } = await room.call<{ inspectionId: string }>('inspection.open', framed.call, { body });
    return reply.redirect(`${INSPECTIONS}/${inspectionId}?done=opened`, 303);
  } catch (error) {
    return showNew(room, request, reply, framed, { typed, refused: refusedBy(error, request) });
  }
};

const said = {
  opened: { zh: '已发起。检查组每个人的待办里都有了。', en: 'Opened. Everybody of the group has it in their work.' },
  look: { zh: '已记下。', en: 'Noted.' },
  hazards: { zh: '已登记，整改单位的待办里有了。', en: 'Entered: the body owes it now.' },
  close: { zh: '已结束。', en: 'It is over.' },
} as const;

const showOne: FormPage = async (room, request, reply, { call, frame }, { typed = {}, refused } = {}) => {
  const params = { id: idIn(request) };
  const inspection = await room.call<Inspection>('inspection.read', call, { params });
  const targets = await room.call<TargetLine[]>('inspection.targets', call, { params });
  const { target: asked, redraw: again } = askedOf(request);
  const redraw = again === undefined ? null : await room.call<Redraw>('inspection.redraw', call, { params });
  const chosen = inspection.mayInspect ? targets.find(({ id }) => id === (typed.targetId ?? asked)) : undefined;
  const words = doneIn(said, request);
  const page = inspectionPage(await frame(), {
    ...{ inspection, targets, target: chosen ?? null, redraw, typed, fault: refused?.fault ?? null, done: words },
    ...{ bodies: await bodiesOf(room, call), newId: () => room.runtime.ids.newId() },
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

/** Notes of a place, and the end: each its own endpoint. */
const takeAct =
  (act: 'look' | 'hazards' | 'close'): Shown =>
  async (room, request, reply, framed) => {
    const { fields, files } = await readForm(request);
    const { commandId, targetId = '', result } = fields;
    const early = fields.early !== undefined;
    const place = { params: { id: targetId } };
    try {
      if (act === 'look')
        await room.call('inspection.look', framed.call, { ...place, body: { commandId, result, early } });
      else if (act === 'hazards') {
        const body = { commandId, ...hazardIn(fields), early };
        const { hazardId } = await room.call<{ hazardId: string }>('inspection.find', framed.call, { ...place, body });
        const photos = { hazardId, stage: 'before', commandId, files } as const;
        const bad = await sendPhotos(room, request, framed.call, photos, keptHazard);
        if (bad) return await showOne(room, request, reply, framed, { refused: bad });
      } else await room.call('inspection.close', framed.call, { params: { id: idIn(request) }, body: { commandId } });
      return reply.redirect(`${INSPECTIONS}/${idIn(request)}?done=${act}`, 303);
    } catch (error) {
      return showOne(room, request, reply, framed, { typed: fields, refused: refusedBy(error, request) });
    }
  };

const showChecklists: FormPage = async (room, request, reply, { call, frame }, { typed, refused } = {}) => {
  const lists = await listsOf(room, call);
  const { from, done } = askedOf(request);
  const isDone = done === 'published';
  const words = { zh: '已发布，发起检查时可以选了。', en: 'Published: it can be chosen now.' }[languageOf(request)];
  const page = checklistsPage(await frame(), {
    ...{ lists, typed: typed ?? startOf(lists, from), fault: refused?.fault ?? null, done: isDone ? words : null },
    newId: () => room.runtime.ids.newId(),
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

const takeChecklist = posted(showChecklists, async ({ room, call }, typed) => {
  const { commandId, id = '', title, sector, lines = '' } = typed;
  const { items, faults } = itemsIn(lines);
  if (faults.length > 0) throw new Problem(checklistProblems['checklist.unread'], unread(faults));
  const body = { commandId, title, sector, items, ...(id === '' ? {} : { id }) };
  await room.call('checklist.publish', call, { body });
  return `${CHECKLISTS}?done=published`;
});

const unread = ([first]: readonly { line: number; part: string }[]): { line: number; part: string } => ({
  ...{ line: first?.line ?? 0, part: first?.part ?? '' },
});

export function addInspections(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(INSPECTIONS, shown(showList));
  app.get(`${INSPECTIONS}/new`, shown(showNew));
  app.post(`${INSPECTIONS}/new`, shown(takeNew));
  app.get(CHECKLISTS, shown(showChecklists));
  app.post(CHECKLISTS, shown(takeChecklist));
  app.get(`${INSPECTIONS}/:id`, shown(showOne));
  for (const act of ['look', 'hazards', 'close'] as const) app.post(`${INSPECTIONS}/:id/${act}`, shown(takeAct(act)));
}
