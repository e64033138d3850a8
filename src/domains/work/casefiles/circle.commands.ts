/* Around a case: who watches it, who may know of it, and what is said to and by the reporter. */
import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { openDataKey } from '../../../kernel/data_key.ts';
import { unseal } from '../../../kernel/envelope.ts';
import { type Id, idSchema } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { callNames, directoryOf } from '../../land/staff/index.ts';
import { grantTo, type Obligation } from '../obligations/index.ts';
import { casefileProblems } from './casefile.model.ts';
import { dropGrant, type ReportRow, reportByGrantee, reportsBehind } from './casefile.queries.ts';
import type { CommandOf } from './intake.commands.ts';
import { begin, finish } from './step.commands.ts';

/** Whoever owes it now is told to get on with it; their clock runs as it ran. */
export const urge: CommandOf<'urge'> = async (ctx, id, form) =>
  finish(ctx, await begin(ctx, id, 'urge'), { secret: form.words === undefined ? undefined : { words: form.words } });

export const supervise: CommandOf<'supervise'> = async (ctx, id, form) =>
  finish(ctx, await begin(ctx, id, 'supervise'), { secret: { words: form.words } });

export const release: CommandOf<'release'> = async (ctx, id, form) =>
  finish(ctx, await begin(ctx, id, 'release'), {
    secret: form.words === undefined ? undefined : { words: form.words },
  });

export const admit: CommandOf<'admit'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'admit');
  await requireKnown(ctx, form.granteeId);
  grantTo(ctx, { kind: 'casefile', id }, [{ grantee: form.granteeId, ground: 'named' }]);
  return finish(ctx, step, { body: { granteeId: form.granteeId } });
};

async function requireKnown(ctx: Ctx, id: Id): Promise<void> {
  const directory = await directoryOf(ctx);
  const isKnown = directory.post(id) || directory.body(id) || (await callNames(ctx, [{ kind: 'person', id }])).has(id);
  if (!isKnown) throw new Problem(casefileProblems['casefile.nobody_to_admit']);
}

/** Also what they read because they once owed something; what they owe now stays readable until it is done. */
export const dismiss: CommandOf<'dismiss'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'dismiss');
  const done = await finish(ctx, step, { body: { granteeId: form.granteeId } });
  // Last, for those who take themselves off write as somebody who may still read.
  await dropGrant(ctx, id, form.granteeId, 'named');
  await dropDutyGrants(ctx, id, [form.granteeId], step.open);
  return done;
};

/** A grant by duty ends before its time: not for whoever still owes one of these. */
export async function dropDutyGrants(
  ctx: Ctx,
  id: Id,
  grantees: readonly Id[],
  owed: readonly Obligation[],
): Promise<void> {
  const owing = new Set(owed.flatMap(({ owedBy, assigneeId }) => [owedBy, assigneeId]));
  for (const grantee of new Set(grantees)) if (!owing.has(grantee)) await dropGrant(ctx, id, grantee, 'duty');
}

/** A message to the reporter: sealed in the journal under the case's key, read on the tracking page. */
export const say: CommandOf<'say'> = async (ctx, id, form) =>
  finish(ctx, await begin(ctx, id, 'say'), { secret: { words: form.words } });

/** A reporter adds something, also when the case was merged meanwhile; sealed under the reporter's own key. */
export const reply: CommandOf<'reply'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'reply');
  const report = ctx.actor.kind === 'reporter' ? await reportByGrantee(ctx, ctx.actor.grantee) : undefined;
  const key = report?.keyId ? await openDataKey(ctx, report.keyId) : null;
  return finish(ctx, step, {
    body: { reportId: report?.id ?? null },
    secret: { words: form.words },
    ...(key && { secretKey: key }),
  });
};

export const contactView = z.object({
  reportId: idSchema,
  name: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
});
export type Contact = z.infer<typeof contactView>;

/** Reading who reported is an act with a reason, recorded like every other. What is read is not stored in the answer. */
export const readContact: CommandOf<'read_contact'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'read_contact');
  return finish(ctx, step, { secret: { reason: form.reason } });
};

export async function contactsOf(ctx: Ctx, casefileId: Id): Promise<Contact[]> {
  const contacts = await Promise.all((await reportsBehind(ctx, casefileId)).map((report) => contactOf(ctx, report)));
  const known = contacts.filter((contact) => contact !== null);
  if (known.length === 0) throw new Problem(casefileProblems['casefile.contact_gone']);
  return known;
}

async function contactOf(ctx: Ctx, report: ReportRow): Promise<Contact | null> {
  const secret = await secretOfReport(ctx, report);
  const { name = null, phone = null, email = null } = secret?.contact ?? {};
  return name === null && phone === null && email === null ? null : { reportId: report.id, name, phone, email };
}

export interface ReportSecret {
  readonly words: string;
  readonly did?: string;
  readonly contact?: { readonly name?: string; readonly phone?: string; readonly email?: string };
}

/** Null: nothing was sealed, or its key was destroyed because the reporter asked to be forgotten. */
export async function secretOfReport(
  ctx: Ctx,
  report: Pick<ReportRow, 'id' | 'keyId' | 'sealed'>,
): Promise<ReportSecret | null> {
  if (report.keyId === null || report.sealed === null) return null;
  const key = await openDataKey(ctx, report.keyId);
  return key === null
    ? null
    : (JSON.parse(unseal(key.bytes, report.sealed, `report ${report.id}`).toString()) as ReportSecret);
}
