import { useMemo } from 'react';
import type { Words } from '../../../kernel/words.ts';
import type { CaseBody, MeBody } from '../engine/case.ts';
import type { Held } from '../engine/contract.ts';
import type { Ground } from './ground.ts';
import type { AreaBody, BodyBody, CaseTypeBody } from './records.ts';
import { useHeld } from './work.tsx';

/** What the phone knows of its owner: posts, land, and what is a case. */
export function useMe(): MeBody | null {
  return useHeld<MeBody>('me')?.[0]?.body ?? null;
}

const none: readonly never[] = [];

/** Names of areas and kinds of matter, to call things by. */
export interface Names {
  /** The area and the one above it. */
  place(areaId: string | null): string;
  title(file: Pick<CaseBody, 'typeCode' | 'placeWords' | 'words'>): Words;
  body(bodyId: string | null): string | null;
}

export function useNames(): Names {
  const areas = useHeld<AreaBody>('area');
  const types = useHeld<CaseTypeBody>('caseType');
  const bodies = useHeld<BodyBody>('body');
  return useMemo(() => namesFrom(areas ?? none, types ?? none, bodies ?? none), [areas, types, bodies]);
}

function namesFrom(
  areas: readonly Held<AreaBody>[],
  types: readonly Held<CaseTypeBody>[],
  bodies: readonly Held<BodyBody>[],
): Names {
  const areaBy = new Map(areas.map(({ id, body }) => [id, body]));
  const typeBy = new Map(types.map(({ id, body }) => [id, body.name]));
  const bodyBy = new Map(bodies.map(({ id, body }) => [id, body.name]));
  return {
    place: (areaId) => {
      const area = areaBy.get(areaId ?? '');
      const above = areaBy.get(area?.parentId ?? '');
      return [area?.name, above?.name].filter((name) => name !== undefined).join(' · ');
    },
    title: ({ typeCode, placeWords, words }) => {
      const name = typeBy.get(typeCode ?? '') ?? beginningOf(words);
      if (placeWords === '') return name;
      return { zh: `${name.zh}（${placeWords}）`, en: `${name.en} (${placeWords})` };
    },
    body: (bodyId) => bodyBy.get(bodyId ?? '') ?? null,
  };
}

/** What nobody has classified yet is called by the beginning of what was said. */
function beginningOf(words: string): Words {
  const said = words.replace(/\s+/g, ' ').trim();
  const beginning = said.length > 16 ? `${said.slice(0, 16)}……` : said;
  return { zh: beginning || '未分类', en: beginning || 'Not yet classified' };
}

/** Grids one works in, by name: the last level of the tree that has borders or none below. */
export function useGrounds(): readonly Ground[] {
  const areas = useHeld<AreaBody>('area');
  return useMemo(() => groundsFrom(areas ?? none), [areas]);
}

function groundsFrom(areas: readonly Held<AreaBody>[]): readonly Ground[] {
  const by = new Map(areas.map(({ id, body }) => [id, body]));
  const pathOf = (area: AreaBody | undefined): readonly string[] =>
    area ? [...pathOf(by.get(area.parentId ?? '')), area.name] : [];
  return areas
    .filter(({ body }) => body.level === 'grid' && body.mine)
    .map(({ id, body }) => ({ id, name: body.name, path: pathOf(body), boundary: body.boundary }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'zh'));
}

export function useTypes(): readonly Held<CaseTypeBody>[] {
  return useHeld<CaseTypeBody>('caseType') ?? none;
}

const grid = ['grid_worker', 'grid_leader', 'community_head'];

/** Settling on the spot is for those who walk the grid. */
export const useMayHandle = (): boolean => useMe()?.posts.some(({ role }) => grid.includes(role)) ?? false;
