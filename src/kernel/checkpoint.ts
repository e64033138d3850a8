import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import canonicalize from 'canonicalize';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Ctx } from './context.ts';
import { flushFolder, makeFolder } from './durable_folder.ts';
import { asKeeper } from './entrance.ts';
import type { Keys } from './keys.ts';
import { rootOf } from './merkle.ts';
import { listRealms } from './reaction.ts';
import type { Runtime } from './runtime.ts';
import { transact } from './transaction.ts';

/**
 * A signed line in a file outside the database: where the journal of a realm stood, the root over all of it, and of each
 * entry since the line before a few bytes of its hash. Whoever can rewrite the whole database and seal it anew cannot
 * rewrite these, and the bytes tell which entry is the first that is not what it was.
 */
const line = z.object({
  /** `restored`: the journal goes on from a backup here; what older lines say of later positions is given up. */
  kind: z.enum(['checkpoint', 'restored']),
  realm: z.number(),
  /** The leaves begin after this position. */
  from: z.number(),
  position: z.number(),
  root: z.string(),
  at: z.string(),
  leaves: z.string(),
});
const signedLine = line.extend({ signature: z.string() });
export type CheckpointLine = z.infer<typeof line>;
type SignedLine = z.infer<typeof signedLine>;

/** A line that is not one, or that none of our keys signed, keeps its number and nothing else. */
export type ReadLine = SignedLine | { readonly kind: 'unreadable'; readonly number: number };

const WITNESSED = 4;
const FILE = 'journal.jsonl';

/** A file is meant when it has an ending, else a folder. */
const fileIn = (place: string): string =>
  extname(place) === '' || statSync(place, { throwIfNoEntry: false })?.isDirectory() ? join(place, FILE) : place;

const ED25519_SEED = Buffer.from('302e020100300506032b657004220420', 'hex');
const signerOf = (keys: Keys): KeyObject =>
  createPrivateKey({ key: Buffer.concat([ED25519_SEED, keys.checkpoint]), format: 'der', type: 'pkcs8' });

/** For whoever is to check the lines without our keys. */
export const publicKeyOf = (keys: Keys): string =>
  createPublicKey(signerOf(keys)).export({ format: 'pem', type: 'spki' }).toString();

const signedText = (it: CheckpointLine): Buffer => Buffer.from(canonicalize(line.parse(it)) ?? '');

/** The lines of a file or folder, in their order; of a file that is not there, none. */
export function readCheckpoints(place: string): ReadLine[] {
  const path = fileIn(place);
  if (!existsSync(path)) return [];
  const texts = readFileSync(path, 'utf8').split('\n');
  // What follows the last line break is a line that a power cut ended.
  return texts.slice(0, -1).flatMap((text, i): ReadLine[] => (text === '' ? [] : [parseLine(text, i + 1)]));
}

function parseLine(text: string, number: number): ReadLine {
  try {
    return signedLine.parse(JSON.parse(text));
  } catch {
    return { kind: 'unreadable', number };
  }
}

/** Appends a line for each realm whose journal has grown, flushed to the disk. Returns how many. */
export async function noteCheckpoints(
  runtime: Runtime,
  place: string,
  at: Date,
  kind: CheckpointLine['kind'] = 'checkpoint',
): Promise<CheckpointLine[]> {
  const known = readCheckpoints(place);
  const made: CheckpointLine[] = [];
  for (const realm of await listRealms(runtime)) {
    const last = lastOf(known, realm);
    const next = await transact(runtime, asKeeper(realm), (ctx) => take(ctx, kind === 'restored' ? null : last));
    const isNews = kind === 'restored' || next.position !== last?.position || next.root !== last.root;
    if (isNews) made.push({ kind, realm, at: at.toISOString(), ...next });
  }
  const signer = signerOf(runtime.keys);
  const signed = made.map((it) => ({ ...it, signature: sign(null, signedText(it), signer).toString('base64') }));
  if (signed.length > 0) await append(fileIn(place), signed.map((it) => JSON.stringify(it)).join('\n'));
  return made;
}

const lastOf = (lines: readonly ReadLine[], realm: number): SignedLine | undefined =>
  lines.filter((it): it is SignedLine => it.kind !== 'unreadable' && it.realm === realm).at(-1);

async function take(
  ctx: Ctx,
  last: SignedLine | undefined | null,
): Promise<Pick<CheckpointLine, 'from' | 'position' | 'root' | 'leaves'>> {
  const head = await ctx.db
    .selectFrom('journalHead')
    .select(['position', 'peaks'])
    .where('realm', '=', ctx.realm)
    .executeTakeFirst();
  const position = head?.position ?? 0;
  const from = last === null ? position : Math.min(last?.position ?? 0, position);
  const { rows } = await sql<{ leaves: Buffer | null }>`
    select string_agg(substring(leaf for ${WITNESSED}::int), ''::bytea order by position) as leaves
    from entry_position where realm = ${ctx.realm} and position > ${from} and position <= ${position}`.execute(ctx.db);
  const leaves = rows[0]?.leaves ?? Buffer.alloc(0);
  return { from, position, root: rootOf(head?.peaks ?? []).toString('hex'), leaves: leaves.toString('base64') };
}

async function append(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path));
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: Math.max(0, size - 1) });
    // Half a line that a power cut left is closed, so that ours begins a new one.
    const gap = size > 0 && buffer[0] !== 10 ? '\n' : '';
    await file.appendFile(`${gap}${text}\n`);
    await file.sync();
    if (size === 0) await flushFolder(dirname(path));
  } finally {
    await file.close();
  }
}

/** What the lines of a realm say of a position. */
export interface Witness {
  readonly lines: number;
  /** Lines that prove nothing: unreadable, or signed by somebody else. Told by their number. */
  readonly unsigned: readonly number[];
  /** When the entry of this position was another one: the time of the line that saw it. */
  sawOther(position: number, leaf: Buffer): string | null;
  /** When all up to this position was something else: the time of the line. */
  sawOtherRoot(position: number, root: () => Buffer): string | null;
  /** Restores from a backup that left behind what had been witnessed: from where, how far it had gone, when. */
  readonly givenUp: readonly { readonly position: number; readonly reached: number; readonly at: string }[];
  /** The furthest position that was witnessed and not given up. */
  readonly reached: { readonly position: number; readonly at: string };
}

export function openWitness(lines: readonly ReadLine[], realm: number, keys: Keys): Witness {
  const trusted = lines.map((it) => isSigned(it, keys));
  const ours = lines.filter((it, i): it is SignedLine => trusted[i] === true && 'realm' in it && it.realm === realm);
  const seen = recall(ours);
  const { roots, givenUp } = rootsOf(ours);
  const reached = [...roots.values()].reduce<{ position: number; at: string }>(
    (far, it) => (it.position > far.position ? it : far),
    { position: 0, at: '' },
  );
  return {
    lines: ours.length,
    unsigned: trusted.flatMap((isTrusted, i) => (isTrusted ? [] : [i + 1])),
    givenUp,
    reached,
    sawOther(position, leaf) {
      const by = seen.by[position] ?? 0;
      if (by === 0) return null;
      const bytes = seen.leaves.subarray(position * WITNESSED, (position + 1) * WITNESSED);
      return leaf.subarray(0, WITNESSED).equals(bytes) ? null : (ours[by - 1]?.at ?? null);
    },
    sawOtherRoot(position, root) {
      const then = roots.get(position);
      return then && then.root !== root().toString('hex') ? then.at : null;
    },
  };
}

/** What the lines saw of each position, and which line it was (counted from 1): the first to see it is believed. */
function recall(ours: readonly SignedLine[]): { leaves: Buffer; by: Uint32Array } {
  const far = ours.reduce((most, { position }) => Math.max(most, position), 0);
  const leaves = Buffer.alloc((far + 1) * WITNESSED);
  const by = new Uint32Array(far + 1);
  for (const [i, it] of ours.entries()) {
    if (it.kind === 'restored') by.fill(0, it.position + 1);
    const saw = Buffer.from(it.leaves, 'base64');
    for (let position = it.from + 1; position <= it.position; position += 1) {
      if (by[position] !== 0) continue;
      saw.copy(leaves, position * WITNESSED, (position - it.from - 1) * WITNESSED, (position - it.from) * WITNESSED);
      by[position] = i + 1;
    }
  }
  return { leaves, by };
}

function rootsOf(ours: readonly SignedLine[]) {
  let roots = new Map<number, SignedLine>();
  const givenUp: { position: number; reached: number; at: string }[] = [];
  for (const it of ours) {
    if (it.kind === 'restored') {
      const reached = Math.max(0, ...roots.keys());
      if (reached > it.position) givenUp.push({ position: it.position, reached, at: it.at });
      roots = new Map([...roots].filter(([position]) => position <= it.position));
    }
    roots.set(it.position, roots.get(it.position) ?? it);
  }
  return { roots, givenUp };
}

function isSigned(it: ReadLine, keys: Keys): boolean {
  if (it.kind === 'unreadable') return false;
  return verify(null, signedText(it), createPublicKey(signerOf(keys)), Buffer.from(it.signature, 'base64'));
}
