import { createHash } from 'node:crypto';
import { type AccountActor, type Ctx, isIn } from '../../../kernel/context.ts';
import { type Atlas, atlasOf } from '../../land/areas/index.ts';
import { directoryOf, isRole, roles } from '../../land/staff/index.ts';
import { formLines } from '../campaigns/index.ts';
import { gatesCarried } from '../checkpoints/index.ts';
import { inspectionsCarried } from '../inspections/index.ts';
import { type Standard, standardsOf } from '../standards/index.ts';
import type { PulledRow, PullForm } from './sync.model.ts';

/**
 * What a device needs besides cases: who its holder is, the areas, kinds of matter, bodies and forms. Told whole to who knows a
 * kind by another name than it has now. So are the gates at which one stands: they are few, and those of an area above one's
 * own the journal tells nobody of; and inspections for which one was named.
 */
type Always = 'me' | 'area' | 'caseType' | 'body' | 'form';
export type Ground = Readonly<Record<Always, Kind>> & Readonly<Partial<Record<Asked, Kind>>>;
/** Told to a device that says that it knows them. */
type Asked = Extract<PullForm['kinds'][number], 'checkpoint' | 'inspection'>;
const isWhole = (kind: PullForm['kinds'][number]): kind is Asked => kind === 'checkpoint' || kind === 'inspection';
/** Those of a device's kinds that are told row by row. */
export const toldByRow = (kinds: PullForm['kinds']): PullForm['kinds'] => kinds.filter((kind) => !isWhole(kind));

interface Kind {
  readonly version: string;
  readonly lines: () => readonly Line[];
}
type Line = Pick<PulledRow, 'id' | 'body'>;

export async function groundFor(ctx: Ctx, actor: AccountActor, kinds: PullForm['kinds']): Promise<Ground> {
  const [atlas, standards, directory, forms] = await Promise.all([
    ...([atlasOf(ctx), standardsOf(ctx), directoryOf(ctx), formLines(ctx)] as const),
  ]);
  const standard = standards.at(ctx.now);
  const seats = JSON.stringify(actor.posts.map(({ areaId, bodyId, numbers }) => [areaId, bodyId, numbers]));
  const me = [meLine(actor)];
  const gates = kinds.includes('checkpoint') ? await gatesCarried(ctx) : null;
  const inspections = kinds.includes('inspection') ? await inspectionsCarried(ctx) : null;
  return {
    me: { version: versionOf(me), lines: () => me },
    area: kindOf(atlas, seats, () => areaLines(atlas, actor)),
    caseType: kindOf(standard, '', () => typeLines(standard)),
    form: { version: versionOf(forms), lines: () => forms },
    ...(gates && { checkpoint: { version: versionOf(gates), lines: () => gates } }),
    ...(inspections && { inspection: { version: versionOf(inspections), lines: () => inspections } }),
    body: kindOf(directory, '', () => directory.bodies.map(({ id, name, kind }) => ({ id, body: { name, kind } }))),
  };
}

const named = new WeakMap<object, Map<string, string>>();

/** Its name follows from what is kept in memory and from who asks: it is made once for both, until that is read anew. */
function kindOf(from: object, asked: string, lines: Kind['lines']): Kind {
  const known = named.get(from) ?? new Map<string, string>();
  named.set(from, known);
  const version = known.get(asked) ?? versionOf(lines());
  known.set(asked, version);
  return { version, lines };
}

const versionOf = (lines: readonly Line[]): string =>
  createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, 16);

function areaLines(atlas: Atlas, { posts }: AccountActor): Line[] {
  const mine = atlas.areas.filter(({ no }) => posts.some((seat) => isIn(seat, no)));
  const homes = posts.flatMap(({ areaId }) => (areaId === null ? [] : [areaId]));
  const above = [...homes, ...mine.map(({ id }) => id)].flatMap((id) => atlas.upwards(id));
  // Who works for a body has no grids; what is sent there lies anywhere, and must not be nameless.
  const anywhere = posts.some(({ areaId, bodyId }) => areaId === null && bodyId !== null) ? atlas.areas : [];
  const inside = new Set(mine);
  return [...new Set([...mine, ...above, ...anywhere])].map((area) => {
    const { id, parentId, level, code, name, no, lastNo } = area;
    // Borders of what one works in; of what lies around it the name is enough.
    const isGround = level === 'grid' || atlas.children(id).length === 0;
    const boundary = inside.has(area) && isGround ? area.boundary : null;
    return { id, body: { parentId, level, code, name, no, lastNo, mine: inside.has(area), boundary } };
  });
}

const typeLines = ({ types }: Standard): Line[] =>
  types.map(({ code, kind, major, name, urgent, confidential, conditions }) => ({
    id: code,
    body: {
      ...{ kind, major, name, urgent: urgent ?? false, confidential: confidential ?? false },
      conditions: conditions.map((it) => ({ code: it.code, when: it.when, done: it.done, evidence: it.evidence })),
    },
  }));

const meLine = ({ accountId, personId, name, posts }: AccountActor): Line => ({
  id: accountId,
  body: {
    ...{ personId, name },
    posts: posts.map(({ id, role, areaId, bodyId, readsArea, from, to, numbers }) => ({
      ...{ id, role, areaId, bodyId, readsArea, from, to, numbers },
      roleWords: isRole(role) ? roles[role].words : { zh: role, en: role },
    })),
  },
});
