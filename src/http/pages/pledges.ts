import type { FastifyInstance } from 'fastify';
import {
  forms,
  pledgeIssuers,
  pledgeProblems,
  type SignatureCommand,
} from '../../domains/work/pledges/pledge.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import {
  newPledgePage,
  only,
  PLEDGES,
  type Pledge,
  pledgePage,
  pledgesPage,
  SIGNATURES,
  type Signature,
  type SignatureLine,
  signaturePage,
} from '../../web/console/pledges.pages.ts';
import { dayIn } from '../../web/ui/time.ts';
import { sendPage } from '../app.ts';
import { areasToChoose } from './area_asked.ts';
import { idIn } from './people.ts';
import { type Fields, type FormPage, posted } from './posted.ts';
import { askedOf, doneIn, type Handler, type Shown } from './viewer.ts';

/** Pledges at the desk: the list, one of them, one signature, and asking for a new one. */

const said: Readonly<Record<string, { zh: string; en: string }>> = {
  opened: { zh: '已发出，对方的待办里马上就有。', en: 'Sent: they have it in their work.' },
  sign: { zh: '已签。', en: 'Signed.' },
  sign_on_paper: { zh: '已登记。', en: 'Written down.' },
  redeem: { zh: '已评定。', en: 'Noted.' },
  correct: { zh: '已更正，原来评的留在下面。', en: 'Corrected; what was said before stays below.' },
};

const showList: Shown = async (room, _request, reply, { call, frame }) =>
  sendPage(reply, 200, pledgesPage(await frame(), await room.call<Pledge[]>('pledge.list', call)));

const showOne: Shown = async (room, request, reply, { call, frame }) => {
  const params = { id: idIn(request) };
  const which = only.find((one) => one === askedOf(request).only) ?? 'all';
  const pledge = await room.call<Pledge>('pledge.read', call, { params });
  const lines = await room.call<SignatureLine[]>('pledge.signatures', call, { params, query: { only: which } });
  return sendPage(reply, 200, pledgePage(await frame(), { pledge, lines, which, done: doneIn(said, request) }));
};

const showSignature: FormPage = async (room, request, reply, { call, frame }, { refused, typed = {} } = {}) => {
  const signature = await room.call<Signature>('pledge_signature.read', call, { params: { id: idIn(request) } });
  const shown = await frame();
  const page = signaturePage(shown, {
    ...{ signature, typed, fault: refused?.fault ?? null, done: doneIn(said, request) },
    ...{ today: dayIn(shown.now, shown.zone), newId: () => room.runtime.ids.newId() },
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

const showNew: FormPage = async (room, _request, reply, { call, frame }, { refused, typed = {} } = {}) => {
  const shown = await frame();
  if (!holdsOneOf(shown, pledgeIssuers)) throw new Problem(pledgeProblems['pledge.not_found']);
  const areas = await areasToChoose(room, call);
  const page = newPledgePage(shown, {
    ...{ areas, typed, fault: refused?.fault ?? null, today: dayIn(shown.now, shown.zone) },
    newId: () => room.runtime.ids.newId(),
  });
  return sendPage(reply, refused?.status ?? 200, page);
};

const linesIn = (typed = ''): string[] =>
  typed
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean);

type Found = { written: string; signer: { kind: string; id: string } | null; among: string[] };

/** A name that is nobody's, or several people's, is refused with the name. */
function signersIn(found: readonly Found[]): { kind: string; id: string }[] {
  const faults = found.flatMap(({ written, signer, among }, i) => {
    const zh = among.length > 0 ? `“${written}”不止一个：${among.join('；')}。请写全称` : `系统里没有“${written}”`;
    const en =
      among.length > 0 ? `several are called “${written}”: ${among.join('; ')}` : `nobody is called “${written}”`;
    return signer ? [] : [{ path: `signers.${i}`, says: { zh, en } }];
  });
  if (faults.length > 0) throw new Problem(pledgeProblems['pledge.wrong'], {}, faults);
  return found.flatMap(({ signer }) => (signer ? [{ kind: signer.kind, id: signer.id }] : []));
}

const takeNew = posted(showNew, async ({ room, call }, typed) => {
  const { commandId, title, areaId, signBy, dueOn } = typed;
  const names = { body: { names: linesIn(typed.names) } };
  const signers = signersIn(await room.call<Found[]>('pledge.find', call, names));
  const days = { signBy: signBy || null, dueOn: dueOn || null };
  const body = { commandId, title, areaId, articles: linesIn(typed.articles), ...days, signers };
  const { pledgeId } = await room.call<{ pledgeId: string }>('pledge.open', call, { body });
  return `${PLEDGES}/${pledgeId}?done=opened`;
});

/** Neither kept nor not kept is meant by leaving an article out. */
const notChosen = (i: number) => ({
  path: `kept.${i}`,
  says: { zh: `第 ${i + 1} 条没有选做到还是没做到`, en: `article ${i + 1}: neither kept nor not kept was chosen` },
});

function givenTo(command: SignatureCommand, typed: Fields): object {
  if (command === 'sign') return { name: typed.name };
  if (command === 'sign_on_paper') return { signedOn: typed.signedOn };
  const many = Math.min(Number(typed.count ?? '0') || 0, 40);
  const chosen = Array.from({ length: many }, (_, i) => typed[`kept_${i}`] ?? '');
  const faults = chosen.flatMap((one, i) => (one === 'yes' || one === 'no' ? [] : [notChosen(i)]));
  if (faults.length > 0) throw new Problem(pledgeProblems['pledge_signature.wrong_articles'], {}, faults);
  const early = command === 'redeem' && typed.early !== undefined ? { early: true } : {};
  return { kept: chosen.map((one) => one === 'yes'), ...early, ...(typed.words?.trim() && { words: typed.words }) };
}

const takeAct = (command: SignatureCommand): Shown =>
  posted(showSignature, async ({ room, request, call }, typed) => {
    const id = idIn(request);
    const body = { commandId: typed.commandId, ...givenTo(command, typed) };
    await room.call(`pledge_signature.${command}`, call, { params: { id }, body });
    return `${SIGNATURES}/${id}?done=${command}`;
  });

export function addPledges(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(PLEDGES, shown(showList));
  app.get(`${PLEDGES}/new`, shown(showNew));
  app.post(`${PLEDGES}/new`, shown(takeNew));
  app.get(`${PLEDGES}/:id`, shown(showOne));
  app.get(`${SIGNATURES}/:id`, shown(showSignature));
  for (const command of Object.keys(forms) as SignatureCommand[])
    app.post(`${SIGNATURES}/:id/${command}`, shown(takeAct(command)));
}
