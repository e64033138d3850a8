import type { Process, Row, Table, WorkflowActor } from '../../../kernel/workflow.ts';
import type { Role } from '../../land/staff/staff.model.ts';
import {
  type Facts,
  forms,
  pledgeIssuers,
  pledgeSigners,
  type SignatureCommand,
  type Status,
  statuses,
} from './pledge.model.ts';

/** A signature is asked for, given, and looked at later by somebody else. */
export interface SignatureProcess extends Process {
  readonly command: SignatureCommand;
  readonly status: Status;
  readonly flag: never;
  readonly role: Role;
  readonly facts: Facts;
}

export const signDuty = 'pledge.sign';

const asked = { roles: [...pledgeSigners], ground: 'duty', duty: signDuty } as const;
const issuing = { roles: [...pledgeIssuers], ground: 'area' } as const;

const another = {
  name: 'another',
  says: { zh: '签的人不能评自己的', en: 'whoever signed does not judge it' },
  allows: ({ signedBy, signer }: Facts, { personId }: WorkflowActor) => personId !== signedBy && personId !== signer,
};
/** With a paper too somebody else writes it down. */
const notOwn = {
  name: 'not_own',
  says: { zh: '自己的请自己签，不用登记纸质', en: 'sign your own yourself' },
  allows: ({ signer }: Facts, { personId }: WorkflowActor) => personId !== signer,
};
/** Whoever said it, in that post; or the leader of the place. */
const sameOrAbove = {
  name: 'same_or_above',
  says: { zh: '只有当时评的岗位或本地领导能更正', en: 'only the post that said it, or the leader there, corrects it' },
  allows: ({ redeemedPost, scopeNo }: Facts, { posts }: WorkflowActor) =>
    posts.some((post) => post.id === redeemedPost || (post.role === 'leader' && isOver(post, scopeNo))),
};
const isOver = ({ from, to, numbers }: WorkflowActor['posts'][number], no: number): boolean =>
  (numbers ?? (from === null || to === null ? [] : [[from, to] as const])).some(
    ([first, last]) => first <= no && no <= last,
  );
const named = (zh: string, en: string): Row<SignatureProcess>['words'] => ({ zh, en });

// biome-ignore format: a table is read by its rows
const rows = {
  sign: { words: named('签名', 'sign'), from: ['asked'], to: 'signed', by: [asked], form: forms.sign, entry: 'pledge_signature.signed' },
  sign_on_paper: { words: named('登记纸质签名', 'write down a signed paper'), from: ['asked'], to: 'signed', by: [issuing], guards: [notOwn],
    form: forms.sign_on_paper, entry: 'pledge_signature.signed_on_paper' },
  redeem: { words: named('逐条评兑现', 'say what was kept'), from: ['signed'], to: 'redeemed', by: [issuing], guards: [another],
    form: forms.redeem, entry: 'pledge_signature.redeemed' },
  correct: { words: named('更正评定', 'correct what was said'), from: ['redeemed'], to: 'same', by: [issuing], guards: [another, sameOrAbove],
    form: forms.correct, entry: 'pledge_signature.corrected' },
} as const satisfies Record<SignatureCommand, Row<SignatureProcess>>;

export const signatureTable: Table<SignatureProcess> = {
  name: 'pledge_signature',
  subject: { zh: '承诺书', en: 'pledge' },
  statuses,
  flags: {},
  rows,
};
