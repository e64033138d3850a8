import type { z } from 'zod';
import { type Ctx, holdsPost, workflowActor } from '../../../kernel/context.ts';
import { recordKey } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import { dayEnds, today } from '../../../kernel/realm.ts';
import { decide, type Verdict } from '../../../kernel/workflow.ts';
import { me } from '../../land/accounts/index.ts';
import type { Area } from '../../land/areas/index.ts';
import { directoryOf, namesOf } from '../../land/staff/index.ts';
import { sendableArea } from '../directives/index.ts';
import type { Rung } from '../obligations/clock.model.ts';
import {
  actOnDuty,
  type DutyAct,
  grantTo,
  holdObligationsOf,
  isOpen,
  type Obligation,
  openDuty,
  settleAt,
} from '../obligations/index.ts';
import {
  type Facts,
  type FormOf,
  type openForm,
  pledgeIssuers,
  pledgeProblems,
  type SignatureCommand,
  type SignerKey,
} from './pledge.model.ts';
import {
  findPledge,
  findSignature,
  holdSignature,
  insertPledge,
  insertSignature,
  type PledgeRow,
  type SignatureRow,
  saveSignature,
} from './pledge.queries.ts';
import { type SignatureProcess, signatureTable, signDuty } from './pledge.workflow.ts';

/** Everybody who is asked finds it in their work until it is signed. */
export async function openPledge(ctx: Ctx, form: z.output<typeof openForm>): Promise<{ pledgeId: Id }> {
  const { area, seat } = await sendableArea(ctx, form.areaId);
  await requireSigners(ctx, form);
  const id = ctx.ids.newId();
  const { title, articles, signBy, dueOn, signers } = form;
  insertPledge(ctx, {
    ...{ id, title, articles, areaId: area.id, scopeNo: area.no, signBy, dueOn },
    ...{ personId: me(ctx).personId, postId: seat.id, openedAt: ctx.now },
  });
  grantTo(
    ctx,
    { kind: 'pledge', id },
    signers.map((one) => ({ grantee: one.id, ground: 'named' })),
    ctx.now,
  );
  record(ctx, {
    kind: 'pledge.opened',
    about: { kind: 'pledge', id, scopeNo: area.no, confidential: false },
    postId: seat.id,
    body: { areaId: area.id, articles: articles.length, signers: signers.length, signBy, dueOn },
  });
  const until = signBy === null ? null : await dayEnds(ctx, signBy);
  for (const signer of signers) await ask(ctx, { id, title, area, until }, signer);
  return { pledgeId: id };
}

const past = { zh: '签的期限已经过了', en: 'the day to sign by is past' };
const pastDue = { zh: '承诺到的日子已经过了', en: 'the day until which it holds is past' };
const gone = { zh: '没有这个人或单位，请重选', en: 'there is nobody like that: choose again' };
const twice = { zh: '列了两次', en: 'named twice' };

async function requireSigners(ctx: Ctx, { signers, signBy, dueOn }: z.output<typeof openForm>): Promise<void> {
  const directory = await directoryOf(ctx);
  const people = await namesOf(
    ctx,
    signers.flatMap(({ kind, id }) => (kind === 'person' ? [id] : [])),
  );
  const isKnown = ({ kind, id }: SignerKey): boolean =>
    kind === 'person' ? people.has(id) : (kind === 'body' ? directory.body(id) : directory.post(id)) !== undefined;
  const now = await today(ctx);
  const isLate = (day: string | null): boolean => day !== null && day < now;
  const faults = signers.flatMap((one, i): FieldFault[] => [
    ...(isKnown(one) ? [] : [{ path: `signers.${i}`, says: gone }]),
    ...(signers.findIndex(({ id }) => id === one.id) < i ? [{ path: `signers.${i}`, says: twice }] : []),
  ]);
  if (isLate(signBy)) faults.push({ path: 'signBy', says: past });
  if (isLate(dueOn)) faults.push({ path: 'dueOn', says: pastDue });
  if (faults.length > 0) throw new Problem(pledgeProblems['pledge.wrong'], {}, faults);
}

interface Asked {
  readonly id: Id;
  readonly title: string;
  readonly area: Area;
  readonly until: Date | null;
}

/** Told on the day until which one is asked to sign. */
const onTheDay: readonly Rung[] = [{ at: { after: null }, tell: 'owner' }];

async function ask(ctx: Ctx, { id: pledgeId, title, area, until }: Asked, signer: SignerKey): Promise<void> {
  const id = ctx.ids.newId();
  const row = { id, pledgeId, signerKind: signer.kind, signerId: signer.id, areaId: area.id, scopeNo: area.no };
  insertSignature(ctx, row);
  const { act } = await openDuty(ctx, {
    ...{ duty: signDuty, about: aboutSignature(row), owedBy: signer, limit: null, ladder: onTheDay },
    ...{ title: title.slice(0, 60), ...(until && { until }) },
  });
  record(ctx, {
    kind: 'pledge_signature.asked',
    about: aboutSignature(row),
    body: { pledgeId, signerKind: signer.kind, signerId: signer.id, status: 'asked', duties: [act] },
  });
}

const aboutSignature = ({ id, scopeNo }: Pick<SignatureRow, 'id' | 'scopeNo'>) => ({
  ...{ kind: 'pledge_signature', id, scopeNo, confidential: false },
});

export async function requirePledge(ctx: Ctx, id: Id): Promise<PledgeRow> {
  const pledge = await findPledge(ctx, id);
  if (!pledge) throw new Problem(pledgeProblems['pledge.not_found']);
  return pledge;
}

/** Whoever opens pledges where this one lies today. */
export async function requireOwn(ctx: Ctx, id: Id): Promise<void> {
  const { scopeNo } = await requirePledge(ctx, id);
  if (!holdsPost(ctx, pledgeIssuers, scopeNo)) throw new Problem(pledgeProblems['pledge.not_found']);
}

export async function requireSignature(ctx: Ctx, id: Id): Promise<SignatureRow> {
  const signature = await findSignature(ctx, id);
  if (!signature) throw new Problem(pledgeProblems['pledge_signature.not_found']);
  return signature;
}

export const factsOf = (
  { status, scopeNo, signedBy, signerId, paperOn, redeemedPost }: SignatureRow,
  open: readonly Obligation[],
): Facts => ({
  ...{ status, scopeNo, confidential: false, circle: [], flags: new Set<never>(), signer: signerId, redeemedPost },
  // Whoever wrote a paper down has not signed it.
  signedBy: paperOn === null ? signedBy : null,
  duties: open.map(({ duty, owedByKind, owedBy, assigneeId }) => ({
    // A person who is asked is meant as whoever they are, in whichever post they act.
    ...{ duty, owedByKind, owedBy, assigneeId: owedByKind === 'person' ? owedBy : assigneeId },
  })),
});

interface Step {
  readonly signature: SignatureRow;
  readonly open: readonly Obligation[];
  readonly verdict: Verdict<SignatureProcess>;
}

async function begin(ctx: Ctx, id: Id, command: SignatureCommand): Promise<Step> {
  await requireSignature(ctx, id);
  await holdSignature(ctx, id);
  const signature = await requireSignature(ctx, id);
  const open = (await holdObligationsOf(ctx, id)).filter(isOpen);
  const problem = pledgeProblems['pledge_signature.not_allowed'];
  const verdict = decide(signatureTable, factsOf(signature, open), command, workflowActor(ctx.actor), problem);
  return { signature, open, verdict };
}

type Done = Promise<{ signatureId: Id; status: string }>;
interface Outcome {
  readonly change: Parameters<typeof saveSignature>[2];
  readonly body: EntryBody;
  readonly duties: readonly DutyAct[];
  readonly words?: string | undefined;
}

async function finish(ctx: Ctx, command: SignatureCommand, { signature, verdict }: Step, outcome: Outcome): Done {
  const about = aboutSignature(signature);
  saveSignature(ctx, signature.id, { status: verdict.to, ...outcome.change });
  record(ctx, {
    ...{ kind: signatureTable.rows[command].entry, about, postId: verdict.postId ?? undefined },
    body: { ...outcome.body, status: verdict.to, duties: [...outcome.duties] },
    ...(outcome.words && { secret: { key: await recordKey(ctx, about), value: { words: outcome.words } } }),
  });
  return { signatureId: signature.id, status: verdict.to };
}

/** With their own name, typed: nobody signs for somebody else by a slip of the hand. */
export async function sign(ctx: Ctx, id: Id, { name }: FormOf<'sign'>): Done {
  const step = await begin(ctx, id, 'sign');
  const { personId, name: own } = me(ctx);
  if (name.replace(/\s/g, '') !== own.replace(/\s/g, ''))
    throw new Problem(pledgeProblems['pledge_signature.other_name']);
  const duties = await actOnDuty(ctx, step.open, signDuty, settleAt(ctx.now));
  return finish(ctx, 'sign', step, { change: { signedBy: personId, signedAt: ctx.now }, body: {}, duties });
}

export async function signOnPaper(ctx: Ctx, id: Id, { signedOn }: FormOf<'sign_on_paper'>): Done {
  const step = await begin(ctx, id, 'sign_on_paper');
  if (signedOn > (await today(ctx))) throw new Problem(pledgeProblems['pledge_signature.paper_to_come']);
  const duties = await actOnDuty(ctx, step.open, signDuty, settleAt(ctx.now));
  const change = { signedBy: me(ctx).personId, signedAt: ctx.now, paperOn: signedOn };
  return finish(ctx, 'sign_on_paper', step, { change, body: { signedOn }, duties });
}

/** Article by article, by somebody else; where one was not kept it is said why. */
export async function redeem(ctx: Ctx, id: Id, { kept, early, words }: FormOf<'redeem'>): Done {
  const step = await begin(ctx, id, 'redeem');
  const { articles, dueOn } = await requirePledge(ctx, step.signature.pledgeId);
  const isEarly = dueOn !== null && (await today(ctx)) < dueOn;
  if (isEarly && !early) throw new Problem(pledgeProblems['pledge_signature.not_due'], { day: dueOn });
  const isUnsaid = (kept.includes(false) || isEarly) && !words;
  if (kept.length !== articles.length || isUnsaid)
    throw new Problem(pledgeProblems['pledge_signature.wrong_articles'], {}, isUnsaid ? [unsaid] : []);
  const change = { redeemedBy: me(ctx).personId, redeemedPost: step.verdict.postId, redeemedAt: ctx.now };
  const body = { kept, ...(isEarly && { early: true }) };
  return finish(ctx, 'redeem', step, { change: { ...change, kept: JSON.stringify(kept) }, body, duties: [], words });
}

const unsaid = {
  path: 'words',
  says: { zh: '有没做到的，或者提前评，要写明', en: 'say what was not kept, or why so early' },
};

/** What was said first, by whom and when, stays in the journal and on the page. */
export async function correct(ctx: Ctx, id: Id, { kept, words }: FormOf<'correct'>): Done {
  const step = await begin(ctx, id, 'correct');
  const was = step.signature.kept ?? [];
  if (kept.length !== was.length) throw new Problem(pledgeProblems['pledge_signature.wrong_articles']);
  if (kept.every((one, i) => one === was[i])) throw new Problem(pledgeProblems['pledge_signature.same_as_before']);
  const change = { kept: JSON.stringify(kept) };
  return finish(ctx, 'correct', step, { change, body: { kept, was: [...was] }, duties: [], words });
}
