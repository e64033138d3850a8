import type { z } from 'zod';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { entriesOfRecord, openSecrets } from '../../../kernel/journal.ts';
import { available } from '../../../kernel/workflow.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { callNames, namesOf, peopleCalled, placesHeld } from '../../land/staff/index.ts';
import { unitNamed, unitsOf } from '../directives/index.ts';
import { isOpen, obligationsOf } from '../obligations/index.ts';
import { factsOf, requirePledge, requireSignature } from './pledge.commands.ts';
import type { Counts, foundView, pledgeView, Status, signatureLine, signatureView } from './pledge.model.ts';
import {
  type CountedRow,
  countSignatures,
  listPledges,
  type PledgeRow,
  type SignatureRow,
  signaturesOf,
} from './pledge.queries.ts';
import { signatureTable } from './pledge.workflow.ts';

const MOST_PLEDGES = 200;

function countsOf(rows: readonly CountedRow[], id: Id): Counts {
  const of = (status: Status): number =>
    rows.find((row) => row.pledgeId === id && row.status === status)?.signatures ?? 0;
  const [asked, signed, redeemed] = [of('asked'), of('signed'), of('redeemed')];
  return { signers: asked + signed + redeemed, asked, signed: signed + redeemed, redeemed };
}

export async function pledgeList(ctx: Ctx): Promise<z.input<typeof pledgeView>[]> {
  return linesOf(ctx, await listPledges(ctx, MOST_PLEDGES));
}

async function linesOf(ctx: Ctx, pledges: readonly PledgeRow[]): Promise<z.input<typeof pledgeView>[]> {
  const counted = await countSignatures(
    ctx,
    pledges.map(({ id }) => id),
  );
  const [atlas, names] = [
    await atlasOf(ctx),
    await namesOf(
      ctx,
      pledges.map(({ personId }) => personId),
    ),
  ];
  return pledges.map(({ id, title, areaId, scopeNo, signBy, dueOn, openedAt, personId, articles }) => ({
    ...{ id, title, signBy, dueOn, openedAt, articles: [...articles], counts: countsOf(counted, id) },
    area: atlas.areaOf({ scopeNo, areaId })?.name ?? '',
    openedBy: names.get(personId) ?? '',
  }));
}

export async function readPledge(ctx: Ctx, id: Id): Promise<z.input<typeof pledgeView>> {
  const [line] = await linesOf(ctx, [await requirePledge(ctx, id)]);
  if (!line) throw new Error(`pledge ${id} has no line`);
  return line;
}

export async function signatureList(
  ctx: Ctx,
  pledgeId: Id,
  only: Status | 'all',
): Promise<z.input<typeof signatureLine>[]> {
  await requirePledge(ctx, pledgeId);
  return signatureLines(ctx, await signaturesOf(ctx, pledgeId, only));
}

/** In the order they were named: never by how much was kept. */
async function signatureLines(ctx: Ctx, rows: readonly SignatureRow[]): Promise<z.input<typeof signatureLine>[]> {
  const called = await callNames(
    ctx,
    rows.map(({ signerKind, signerId }) => ({ kind: signerKind, id: signerId })),
  );
  const names = await namesOf(
    ctx,
    rows.flatMap(({ signedBy, redeemedBy }) => [signedBy, redeemedBy].flatMap((one) => one ?? [])),
  );
  return rows.map(
    ({ id, signerKind, signerId, status, signedBy, paperOn, signedAt, kept, redeemedBy, redeemedAt }) => ({
      ...{ id, status, paperOn, signedAt, redeemedAt, kept: kept && [...kept] },
      signer: { kind: signerKind, id: signerId, name: called.get(signerId) ?? '' },
      signedBy: signedBy && (names.get(signedBy) ?? ''),
      redeemedBy: redeemedBy && (names.get(redeemedBy) ?? ''),
    }),
  );
}

export async function readSignature(ctx: Ctx, id: Id): Promise<z.input<typeof signatureView>> {
  const signature = await requireSignature(ctx, id);
  const { id: pledgeId, title, articles, signBy, dueOn } = await requirePledge(ctx, signature.pledgeId);
  const [line] = await signatureLines(ctx, [signature]);
  if (!line) throw new Error(`signature ${id} has no line`);
  const open = (await obligationsOf(ctx, id)).filter(isOpen);
  return {
    ...line,
    pledge: { id: pledgeId, title, articles: [...articles], signBy, dueOn },
    assessments: await assessmentsOf(ctx, id),
    can: available(signatureTable, factsOf(signature, open), workflowActor(ctx.actor)),
  };
}

const assessing = ['pledge_signature.redeemed', 'pledge_signature.corrected'];

async function assessmentsOf(ctx: Ctx, id: Id): Promise<z.input<typeof signatureView>['assessments']> {
  const entries = (await entriesOfRecord(ctx, id)).filter(({ kind }) => assessing.includes(kind));
  const people = entries.flatMap(({ personId }) => personId ?? []);
  const [secrets, names] = [await openSecrets(ctx, entries), await namesOf(ctx, people)];
  return entries.map(({ id: entry, recordedAt, personId, body }) => ({
    ...{ at: recordedAt, by: names.get(personId ?? '') ?? '', kept: body.kept as unknown as boolean[] },
    words: (secrets.get(entry) as { words?: string } | undefined)?.words ?? null,
  }));
}

/** Whom the names mean: a body, the post of a village or township, or somebody who works here. Several are told apart. */
export async function findSigners(ctx: Ctx, names: readonly string[]): Promise<z.input<typeof foundView>> {
  const [units, places] = [await unitsOf(ctx), await placesHeld(ctx)];
  return Promise.all(
    names.map(async (written) => {
      const { unit, among } = unitNamed(units, written);
      if (unit) return { written, signer: { kind: unit.kind, id: unit.id, name: unit.name }, among: [] };
      if (among.length > 1) return { written, signer: null, among: among.map(({ name }) => name) };
      const people = (await peopleCalled(ctx, written)).filter(({ name, id }) => name === written && places.has(id));
      const [only] = people.length === 1 ? people : [];
      const which = people.map(({ id, name }) => `${name} ${places.get(id)?.join('、') ?? ''}`);
      return { written, signer: only ? { kind: 'person' as const, ...only } : null, among: only ? [] : which };
    }),
  );
}
