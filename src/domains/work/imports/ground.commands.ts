import { createHash } from 'node:crypto';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { realmOf } from '../../../kernel/realm.ts';
import { type Area, type AreaLevel, addArea, atlasOf } from '../../land/areas/index.ts';
import { addBody, directoryOf } from '../../land/staff/index.ts';
import { publishStandard, type Standard, standardsOf } from '../standards/index.ts';
import type { CaseType } from '../standards/standard.model.ts';
import type { ImportMap } from './map.model.ts';

/** What rows stand on besides themselves: areas and bodies that a map has made, kinds of work that nobody here knows. */
export type AreaPath = readonly { readonly name: string; readonly level: AreaLevel }[];
export interface NamedType {
  readonly name: string;
  readonly major: string | null;
}

const under = (parentId: string, name: string): string => `${parentId} ${name}`;

/** The area at the end of a path of names, or as far down as names are known. */
export function areaFinder(areas: readonly Area[]): (path: AreaPath) => { area: Area | null; isWhole: boolean } {
  const root = areas.find(({ parentId }) => parentId === null) ?? null;
  const byName = new Map(areas.map((area) => [under(area.parentId ?? '', area.name), area]));
  return (path) => {
    let area = root;
    for (const { name } of path) {
      const next = byName.get(under(area?.id ?? '', name));
      if (!next) return { area, isWhole: false };
      area = next;
    }
    return { area, isWhole: true };
  };
}

/** Makes the areas of these paths that are not there yet, numbered by us below the code of the one above. */
export async function foundAreas(ctx: Ctx, paths: readonly AreaPath[]): Promise<{ areas: number }> {
  let made = 0;
  for (const path of [...paths].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    for (let depth = 1; depth <= path.length; depth += 1) made += await foundOne(ctx, path.slice(0, depth));
  }
  return { areas: made };
}

const nameOf = (path: AreaPath): string => path.map(({ name }) => name).join('\u0000');

async function foundOne(ctx: Ctx, path: AreaPath): Promise<number> {
  const atlas = await atlasOf(ctx);
  const last = path.at(-1);
  const { area: parent, isWhole } = areaFinder(atlas.areas)(path.slice(0, -1));
  if (!last || !parent || !isWhole) return 0;
  const siblings = atlas.children(parent.id);
  if (siblings.some(({ name }) => name === last.name)) return 0;
  const code = `${parent.code}${String(siblings.length + 1).padStart(3, '0')}`;
  await addArea(ctx, { id: ctx.ids.newId(), parentId: parent.id, ...last, code, boundary: null });
  return 1;
}

/** Bodies that the source names, for an administrator to seat people in. */
export async function foundBodies(ctx: Ctx, names: readonly string[], kind: string): Promise<{ bodies: number }> {
  const [directory, atlas, { calendarId }] = await Promise.all([directoryOf(ctx), atlasOf(ctx), realmOf(ctx)]);
  const known = new Set(directory.bodies.map(({ name }) => name));
  const fresh = [...names].filter((name) => !known.has(name)).sort();
  for (const name of fresh)
    await addBody(ctx, { id: ctx.ids.newId(), name, kind, areaId: atlas.root?.id ?? '', calendarId: calendarId ?? '' });
  return { bodies: fresh.length };
}

/**
 * Kinds of work that no standard here knows become a standard of their own, in force from the first day of the file:
 * what is a case today stays as it is. They have no filing conditions, for the source tells of none.
 */
export async function foundTypes(
  ctx: Ctx,
  map: ImportMap,
  types: readonly NamedType[],
  earliest: Date,
): Promise<{ version: number }> {
  const standards = await standardsOf(ctx);
  const today = standards.at(ctx.now);
  const before = standards.newest();
  const lacks = (standard: Standard): NamedType[] => types.filter((type) => !standard.type(codeOf(map, type.name)));
  if (lacks(today).length === 0) return { version: today.version };
  if (lacks(before).length === 0) return { version: before.version };
  const added = new Map(lacks(before).map((type) => [codeOf(map, type.name), typeFrom(map, type)]));
  const majors = new Map([...before.majors, ...types.map((type) => majorOf(map, type))].map((one) => [one.code, one]));
  return publishStandard(ctx, {
    title: `${map.title}（导入）`,
    source: map.source,
    majors: [...majors.values()],
    types: [...before.types, ...added.values()],
    stages: today.stages,
    validFrom: earliest,
  });
}

/** The same name always gets the same code, in whatever file it comes. */
export const codeOf = (map: ImportMap, name: string): string =>
  map.columns.type?.values[name] ?? `${map.source}-${slugOf(name)}`;

const majorOf = (map: ImportMap, { major }: NamedType) => {
  const name = major ?? map.title;
  return { code: `${map.source}-${slugOf(name)}`, kind: 'matter', name: { zh: name, en: name } } as const;
};

const typeFrom = (map: ImportMap, type: NamedType): CaseType => ({
  code: codeOf(map, type.name),
  kind: 'matter',
  major: majorOf(map, type).code,
  name: { zh: type.name, en: type.name },
  answersTo: map.columns.body?.kind ?? 'township',
  conditions: [],
});

/** What letters and digits a name has, and a mark of the whole where that is not all of it. */
export function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const isWhole = slug.length > 0 && slug.length <= 50 && slug.replaceAll('-', ' ') === name.toLowerCase();
  if (isWhole) return slug;
  const mark = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return slug === '' ? mark : `${slug.slice(0, 50).replace(/-$/, '')}-${mark}`;
}

export async function areaIdByCode(ctx: Ctx, code: string): Promise<Id | null> {
  return (await atlasOf(ctx)).areas.find((area) => area.code === code)?.id ?? null;
}
