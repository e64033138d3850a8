import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { directiveProblems, parts } from '../../domains/work/directives/directive.model.ts';
import { eachNamed } from '../../domains/work/directives/each.model.ts';
import {
  directiveIssuers,
  type EachKey,
  forms,
  type ItemCommand,
  type UnitKey,
} from '../../domains/work/directives/item.model.ts';
import { unitNamed } from '../../domains/work/directives/unit.model.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Draft, DraftLine } from '../../web/console/directive_drafts.pages.ts';
import { type Item, itemPage } from '../../web/console/directive_item.pages.ts';
import {
  emptyLine,
  type Line,
  lineOf,
  linesIn,
  newDirectivePage,
  type Preview,
  type Proposal,
  type ShownUnit,
} from '../../web/console/directive_new.pages.ts';
import {
  DIRECTIVES,
  type Directive,
  type DirectiveLine,
  directivePage,
  directivesPage,
  ITEMS,
  type ItemLine,
  itemsPage,
} from '../../web/console/directives.pages.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import { dayIn } from '../../web/ui/time.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { areasToChoose } from './area_asked.ts';
import { idIn } from './people.ts';
import type { PageRoom } from './portal.ts';
import { type Fields, type FormPage, posted } from './posted.ts';
import { askedOf, doneIn, type Framed, type Handler, type Refused, refusedBy, type Shown } from './viewer.ts';

/** Notices at the desk: the list, one of them, its items, and pasting a new one. */
type Paged = { rows: ItemLine[]; next: string | null };

const showList: FormPage = async (room, request, reply, { call, frame }, { refused } = {}) => {
  const lines = await room.call<DirectiveLine[]>('directive.list', call);
  const shown = await frame();
  const drafts = holdsOneOf(shown, directiveIssuers) ? await room.call<DraftLine[]>('directive_draft.list', call) : [];
  const page = directivesPage(shown, {
    ...{ lines, drafts, done: doneIn(said, request), fault: refused?.fault ?? null },
    newId: () => room.runtime.ids.newId(),
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

const takeDrop: Shown = posted(showList, async ({ room, request, call }, typed) => {
  const given = { params: { id: idIn(request) }, body: { commandId: typed.commandId } };
  await room.call('directive_draft.drop', call, given);
  return `${DIRECTIVES}?done=dropped`;
});

const said: Readonly<Record<string, { zh: string; en: string }>> = {
  sent: { zh: '已下达，牵头单位的待办里马上就有。', en: 'Sent: whoever leads has it in their work.' },
  progress: { zh: '已记下。', en: 'Noted.' },
  report_done: { zh: '已报办成，等下达的岗位验收。', en: 'Reported done; whoever sent it will look.' },
  accept: { zh: '已验收。', en: 'Accepted.' },
  return: { zh: '已退回，牵头单位的待办里又有了。', en: 'Returned: it is in their work again.' },
  move_deadline: { zh: '期限已改，原来的留在经过里。', en: 'The deadline was moved; the old one stays in the story.' },
  saved: { zh: '已存成草稿，还没有下达。下次从任务分解接着做。', en: 'Kept as a draft; nothing is sent yet.' },
  dropped: { zh: '草稿已扔掉。', en: 'The draft was thrown away.' },
  withdraw: { zh: '已撤回，待办里没有了。', en: 'Withdrawn: it is gone from their work.' },
};

function wantedIn(request: FastifyRequest) {
  const { only: asked, unit, after } = askedOf(request);
  const only = parts.find((part) => part === asked) ?? 'all';
  return { only, unitId: unit || null, ...(after && { after }) };
}

const showOne: Shown = async (room, request, reply, { call, frame }) => {
  const id = idIn(request);
  const directive = await room.call<Directive>('directive.read', call, { params: { id } });
  const { only, unitId } = wantedIn(request);
  const query = { directiveId: id, only, ...(unitId !== null && { unitId }) };
  const { rows } = await room.call<Paged>('directive_item.list', call, { query });
  return sendPage(
    reply,
    200,
    directivePage(await frame(), { directive, items: rows, only, unitId, done: doneIn(said, request) }),
  );
};

const showItems: Shown = async (room, request, reply, { call, frame }) => {
  const { only, unitId, after } = wantedIn(request);
  const query = { only, most: 100, ...(unitId !== null && { unitId }), ...(after && { after }) };
  const { rows, next } = await room.call<Paged>('directive_item.list', call, { query });
  return sendPage(reply, 200, itemsPage(await frame(), { items: rows, only, unitId, next }));
};

const showItem: FormPage = async (room, request, reply, { call, frame }, { refused, typed = {} } = {}) => {
  const item = await room.call<Item>('directive_item.read', call, { params: { id: idIn(request) } });
  const shown = await frame();
  const page = itemPage(shown, {
    ...{ item, fault: refused?.fault ?? null, done: doneIn(said, request), typed },
    ...{ today: dayIn(shown.now, shown.zone), newId: () => room.runtime.ids.newId() },
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

/** What is left empty says nothing; for good is said by its own box. */
function givenTo(command: ItemCommand, { words = '', share = '', dueOn = '', lasting }: Fields): object {
  if (command === 'move_deadline' && (dueOn === '') === (lasting === undefined)) throw dayOrBox(dueOn);
  return {
    ...(words.trim() !== '' && { words }),
    ...(command === 'progress' && share !== '' && { share: Number(share) }),
    ...(command === 'return' && dueOn !== '' && { dueOn }),
    ...(command === 'move_deadline' && { dueOn: dueOn === '' ? null : dueOn }),
  };
}

const dayOrBox = (dueOn: string): Problem => {
  const says =
    dueOn === ''
      ? { zh: '填一个日子，或者勾“改成长期坚持”', en: 'give a day, or tick “for good”' }
      : { zh: '填了日子，又勾了“长期坚持”：只能选一样', en: 'a day and “for good”: one of the two' };
  return new Problem(directiveProblems['directive_item.no_day'], {}, [{ path: 'dueOn', says }]);
};

/** Shown again, the form of this step stands open. */
const showActed =
  (command: ItemCommand): FormPage =>
  (room, request, reply, framed, { typed, ...told } = {}) =>
    showItem(room, request, reply, framed, { ...told, typed: { ...typed, do: command } });

const takeAct = (command: ItemCommand): Shown =>
  posted(showActed(command), async ({ room, request, call }, typed) => {
    const id = idIn(request);
    const body = { commandId: typed.commandId, ...givenTo(command, typed) };
    await room.call(`directive_item.${command}`, call, { params: { id }, body });
    return `${ITEMS}/${id}?done=${command}`;
  });

interface Drawn {
  readonly typed?: Fields;
  readonly lines?: readonly Line[];
  readonly proposal?: Proposal | null;
  readonly preview?: Preview;
  readonly refused?: Refused;
  readonly done?: string | null;
  readonly isChangedElsewhere?: boolean;
}

async function showNew(
  room: PageRoom,
  reply: FastifyReply,
  { call, frame }: Framed,
  drawn: Drawn = {},
): Promise<FastifyReply> {
  const shown = await frame();
  if (!holdsOneOf(shown, directiveIssuers)) throw new Problem(directiveProblems['directive.not_here']);
  const [areas, units] = [await areasToChoose(room, call), await room.call<ShownUnit[]>('directive.units', call)];
  const page = newDirectivePage(shown, {
    ...{ areas, units, typed: drawn.typed ?? { datedOn: dayIn(shown.now, shown.zone) }, lines: drawn.lines ?? [] },
    ...{ proposal: drawn.proposal ?? null, preview: drawn.preview ?? null, fault: drawn.refused?.fault ?? null },
    ...{ done: drawn.done ?? null, isChangedElsewhere: drawn.isChangedElsewhere ?? false },
    newId: () => room.runtime.ids.newId(),
  });
  return sendPage(reply, drawn.refused?.status ?? 200, page);
}

/** One that was kept is taken up where it stood: the text is cut anew beside the lines as they were typed. */
const showDraft: Shown = async (room, request, reply, framed) => {
  const { draft } = askedOf(request);
  if (!draft) return showNew(room, reply, framed);
  const kept = await room.call<Draft>('directive_draft.read', framed.call, { params: { id: draft } });
  const typed: Fields = { ...kept.typed, draftId: kept.id, draftVersion: String(kept.version) };
  const lines = linesIn(typed);
  const { words = '', datedOn = '' } = typed;
  const body = { words, datedOn };
  const proposal = lines.length === 0 ? null : await room.call<Proposal>('directive.cut', framed.call, { body });
  return showNew(room, reply, framed, { typed, lines, proposal, done: doneIn(said, request) });
};

/** As it stands, whatever is missing in it. */
async function saveTyped(room: PageRoom, { call }: Framed, typed: Fields): Promise<string> {
  const { commandId, do: asked, draftId = '', draftVersion = '', ...fields } = typed;
  const isKept = asked === 'save' && draftId !== '';
  const body = {
    ...{ commandId, title: (fields.title ?? '').slice(0, 120), typed: fields },
    ...(isKept && { draftId, version: Number(draftVersion) }),
  };
  return (await room.call<{ draftId: string }>('directive_draft.save', call, { body })).draftId;
}

/** Cut, put right line by line, looked at, sent: the same form all the way. */
const takeNew: Shown = async (room, request, reply, framed) => {
  const { fields: typed } = await readForm(request);
  const { words = '', datedOn = '' } = typed;
  const before = linesIn(typed);
  let proposal: Proposal | null = null;
  try {
    if (typed.do === 'save' || typed.do === 'save_other') {
      const draftId = await saveTyped(room, framed, typed);
      return reply.redirect(`${DIRECTIVES}/new?draft=${draftId}&done=saved`, 303);
    }
    proposal = await room.call<Proposal>('directive.cut', framed.call, { body: { words, datedOn } });
    if (typed.do === 'add')
      return await showNew(room, reply, framed, { typed, proposal, lines: [...before, emptyLine] });
    if (typed.do === 'cut' || before.length === 0)
      return await showNew(room, reply, framed, { typed, proposal, lines: proposal.items.map(lineOf) });
    const items = itemsIn(before, await room.call<ShownUnit[]>('directive.units', framed.call));
    const { areaId, title, number, issuer, commandId, draftId } = typed;
    if (typed.do !== 'send') {
      const preview = await room.call<Preview>('directive.preview', framed.call, { body: { areaId, items } });
      return await showNew(room, reply, framed, { typed, proposal, lines: before, preview });
    }
    const body = { commandId, areaId, title, number, issuer, datedOn, words, items, ...(draftId && { draftId }) };
    const { directiveId } = await room.call<{ directiveId: string }>('directive.send', framed.call, { body });
    return reply.redirect(`${DIRECTIVES}/${directiveId}?done=sent`, 303);
  } catch (error) {
    const refused = withLines(refusedBy(error, request), error, before, request);
    const isChangedElsewhere = error instanceof Problem && error.code.startsWith('directive_draft.');
    return showNew(room, reply, framed, { typed, proposal, lines: before, refused, isChangedElsewhere });
  }
};

/** Names as they are typed are looked up; a name that is nobody's is refused beside its line. */
function itemsIn(lines: readonly Line[], units: readonly ShownUnit[]) {
  const find = (name: string): UnitKey | null => {
    const { unit } = unitNamed(units, name);
    return unit && { kind: unit.kind, id: unit.id };
  };
  const findLead = (name: string): UnitKey | EachKey | null => {
    const level = eachNamed(name);
    return find(name) ?? (level && { kind: 'each', level });
  };
  const kept = lines.filter(({ keep }) => keep);
  const faults = kept.flatMap(({ lead, supports, dueOn, lasting }, i) => [
    ...(findLead(lead) ? [] : [{ path: `items.${i}.lead`, says: unknown(lead) }]),
    ...namesOf(supports).flatMap((name) => (find(name) ? [] : [{ path: `items.${i}.supports`, says: unknown(name) }])),
    ...(dueOn === '' && !lasting ? [{ path: `items.${i}.dueOn`, says: noDay }] : []),
  ]);
  if (faults.length > 0) throw new Problem(directiveProblems['directive.wrong_items'], {}, faults);
  return kept.map(({ number, content, measure, lead, supports, dueOn, lasting }) => ({
    ...{ number, content, measure, lead: findLead(lead), supports: namesOf(supports).map(find) },
    dueOn: lasting ? null : dueOn,
  }));
}

const namesOf = (typed: string): string[] =>
  typed
    .split(/[、，,;；]/)
    .map((one) => one.trim())
    .filter(Boolean);
const noDay = { zh: '填一个期限，或者勾“长期坚持”', en: 'give a day, or tick “for good”' };
const unknown = (name: string) => ({
  zh: name === '' ? '请选牵头单位' : `没有叫“${name}”的单位，或不止一个，请从列表里选`,
  en: name === '' ? 'choose who leads' : `nobody is called “${name}”, or several: choose from the list`,
});

const fieldWords: Readonly<Record<string, { zh: string; en: string }>> = {
  lead: { zh: '牵头单位', en: 'who leads' },
  supports: { zh: '配合单位', en: 'who helps' },
  dueOn: { zh: '期限', en: 'deadline' },
  content: { zh: '要办什么', en: 'what is to be done' },
  measure: { zh: '办成标准', en: 'done when' },
};

/** Which line of the page: those left out are not counted by the server. */
function withLines(refused: Refused, error: unknown, lines: readonly Line[], request: FastifyRequest): Refused {
  if (!(error instanceof Problem) || error.faults.length === 0) return refused;
  const language = languageOf(request);
  const places = lines.flatMap(({ keep }, i) => (keep ? [i + 1] : []));
  const errors = error.faults.map(({ path, says }, i) => {
    const [, at, name = ''] = path.split('.');
    const place = places[Number(at)];
    const what = fieldWords[name]?.[language];
    const field =
      place === undefined || what === undefined
        ? (refused.fault.errors[i]?.field ?? path)
        : language === 'zh'
          ? `第 ${place} 项 ${what}`
          : `Item ${place}, ${what}`;
    return { field, says: says[language] };
  });
  return { ...refused, fault: { ...refused.fault, errors } };
}

export function addDirectives(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(DIRECTIVES, shown(showList));
  app.get(`${DIRECTIVES}/new`, shown(showDraft));
  app.post(`${DIRECTIVES}/drafts/:id/drop`, shown(takeDrop));
  app.post(`${DIRECTIVES}/new`, shown(takeNew));
  app.get(`${DIRECTIVES}/:id`, shown(showOne));
  app.get(ITEMS, shown(showItems));
  app.get(`${ITEMS}/:id`, shown(showItem));
  for (const command of Object.keys(forms) as ItemCommand[])
    app.post(`${ITEMS}/:id/${command}`, shown(takeAct(command)));
}
