import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, procedure, read, write } from '../../../kernel/endpoint.ts';
import { type Id, idSchema } from '../../../kernel/id.ts';
import { transact } from '../../../kernel/transaction.ts';
import { correct, openPledge, redeem, requireOwn, requireSignature, sign, signOnPaper } from './pledge.commands.ts';
import {
  type FormOf,
  findForm,
  forms,
  foundView,
  openForm,
  pledgeIssuers,
  pledgeSigners,
  pledgeView,
  type SignatureCommand,
  signatureLine,
  signatureView,
  statusNames,
} from './pledge.model.ts';
import { findSigners, pledgeList, readPledge, readSignature, signatureList } from './pledge.views.ts';
import { signatureTable } from './pledge.workflow.ts';

const byStaff = { access: [{ roles: pledgeSigners }], lane: 'work' } as const;
const byIssuers = { access: [{ roles: pledgeIssuers }], lane: 'work' } as const;

type CommandOf<C extends SignatureCommand> = (
  ctx: Ctx,
  id: Id,
  form: FormOf<C>,
) => Promise<{ signatureId: Id; status: string }>;
const commands: { readonly [C in SignatureCommand]: CommandOf<C> } = {
  sign,
  sign_on_paper: signOnPaper,
  redeem,
  correct,
};

const commandRoutes: Endpoint[] = (Object.keys(commands) as SignatureCommand[]).map((command) => {
  const carryOut = commands[command] as CommandOf<SignatureCommand>;
  return write({
    ...(command === 'sign' ? byStaff : byIssuers),
    name: `pledge_signature.${command}`,
    method: 'POST',
    path: `/api/pledge-signatures/:id/${command.replaceAll('_', '-')}`,
    summary: signatureTable.rows[command].words,
    params: idParam,
    body: forms[command],
    output: z.object({ signatureId: idSchema, status: z.enum(statusNames) }),
    handle: (ctx, { params, body }) => carryOut(ctx, params.id, body as never),
    recheck: async (ctx, { params }) => void (await requireSignature(ctx, params.id)),
  });
});

export const pledgeRoutes: readonly Endpoint[] = [
  read({
    ...byStaff,
    name: 'pledge.list',
    path: '/api/pledges',
    summary: { zh: '承诺书：发出的和要我签的', en: 'Pledges: those sent and those to be signed' },
    output: z.array(pledgeView),
    handle: (ctx) => pledgeList(ctx),
  }),
  read({
    ...byStaff,
    name: 'pledge.read',
    path: '/api/pledges/:id',
    summary: { zh: '一份承诺书', en: 'A pledge' },
    params: idParam,
    output: pledgeView,
    handle: (ctx, { params }) => readPledge(ctx, params.id),
  }),
  read({
    ...byStaff,
    name: 'pledge.signatures',
    path: '/api/pledges/:id/signatures',
    summary: { zh: '谁签了、谁还没签', en: 'Who has signed, and who has not' },
    params: idParam,
    query: z.strictObject({ only: z.enum(['all', ...statusNames]).default('all') }),
    output: z.array(signatureLine),
    handle: (ctx, { params, query }) => signatureList(ctx, params.id, query.only),
  }),
  procedure({
    ...byIssuers,
    name: 'pledge.find',
    method: 'POST',
    path: '/api/pledges/find',
    summary: { zh: '名字是哪个单位、哪个村、哪个人', en: 'Whom names mean' },
    body: findForm,
    output: foundView,
    handle: (runtime, { entrance, body }) => transact(runtime, entrance, (ctx) => findSigners(ctx, body.names)),
  }),
  write({
    ...byIssuers,
    name: 'pledge.open',
    method: 'POST',
    path: '/api/pledges',
    summary: { zh: '发出承诺书', en: 'Ask for a pledge' },
    body: openForm,
    output: z.object({ pledgeId: idSchema }),
    handle: (ctx, { body }) => openPledge(ctx, body),
    recheck: (ctx, _, { pledgeId }) => requireOwn(ctx, pledgeId),
  }),
  read({
    ...byStaff,
    name: 'pledge_signature.read',
    path: '/api/pledge-signatures/:id',
    summary: { zh: '一个人或单位的承诺', en: 'The pledge of one signer' },
    params: idParam,
    output: signatureView,
    handle: (ctx, { params }) => readSignature(ctx, params.id),
  }),
  ...commandRoutes,
];
