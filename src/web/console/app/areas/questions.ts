import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { previewView } from '../../../../domains/land/acts/act.model.ts';
import type { Words } from '../../../../kernel/words.ts';
import { get } from '../../../api/call.ts';
import type { Wire } from '../../../api/wire.ts';
import { useAreas } from '../questions.ts';
import type { Bordered } from './sketch.ts';

export type Preview = Wire<z.output<typeof previewView>>;
export type Area = NonNullable<ReturnType<typeof useAreas>['data']>[number];
export type Standing = Area & Bordered;

export interface PostLine {
  readonly id: string;
  readonly role: string;
  readonly roleWords: Words;
  readonly holders: readonly { readonly personId: string; readonly name: string }[];
}

const BORDERS = 'borders';
const POSTS = 'posts';

/** After an act: first which areas there are, so that nothing is asked of one that is gone; then what is known of each. */
export function useNewLand(): () => Promise<void> {
  const store = useQueryClient();
  return async () => {
    await store.refetchQueries({ queryKey: ['areas'], exact: true });
    for (const known of [BORDERS, POSTS]) store.removeQueries({ queryKey: [known] });
  };
}

const borderOf = (id: string) => ({
  queryKey: [BORDERS, id],
  queryFn: () => get<Standing>(`/api/areas/${id}`),
});

export const useStanding = (id: string) => useQuery(borderOf(id));

const known = (all: readonly { readonly data: Standing | undefined }[]): readonly Standing[] =>
  all.flatMap(({ data }) => data ?? []);

/** Areas of the same level beside it, with their borders. */
export function useBeside(area: Area): readonly Standing[] {
  const { data: areas = [] } = useAreas();
  const ids = areas
    .filter((one) => one.parentId === area.parentId && one.level === area.level && one.id !== area.id)
    .map(({ id }) => id);
  return useQueries({ queries: ids.map(borderOf), combine: known });
}

export const usePosts = (id: string) =>
  useQuery({ queryKey: [POSTS, id], queryFn: () => get<PostLine[]>(`/api/areas/${id}/posts`) });
