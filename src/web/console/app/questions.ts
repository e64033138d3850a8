import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { adjustmentsView } from '../../../domains/work/adjustments/adjustment.model.ts';
import type { casefileLine, casefileView } from '../../../domains/work/casefiles/page.model.ts';
import type { alikeView } from '../../../domains/work/duplicates/alike.model.ts';
import type { mapArea, mapCase } from '../../../domains/work/finding/map.model.ts';
import type { arithmeticView } from '../../../domains/work/obligations/arithmetic.model.ts';
import type { obligationView } from '../../../domains/work/obligations/obligation.model.ts';
import type { photoView } from '../../../domains/work/photos/photo.model.ts';
import type { previewView } from '../../../domains/work/photos/preview.model.ts';
import type { voiceView } from '../../../domains/work/photos/voice.model.ts';
import type { CaseType } from '../../../domains/work/standards/standard.model.ts';
import type { suggestionsView } from '../../../domains/work/suggestions/suggestion.model.ts';
import type { Words } from '../../../kernel/words.ts';
import { get } from '../../api/call.ts';
import type { Wire } from '../../api/wire.ts';
import { MOST } from '../../ui/first.ts';

/** What the desk asks the server, each under the key by which the live feed makes it stale. */
export type Duty = Wire<z.output<typeof obligationView>> & {
  readonly mine: 'person' | 'post' | 'body';
  readonly apart: boolean;
  readonly dutyWords: Words;
  readonly moved: { readonly was: string; readonly because: Words } | null;
};
export type CaseLine = Wire<z.output<typeof casefileLine>>;
export type Case = Wire<z.output<typeof casefileView>>;
export type Photo = Wire<z.output<typeof photoView>>;
type Preview = Wire<z.output<typeof previewView>>;
type Voice = Wire<z.output<typeof voiceView>>;
export type Adjustments = Wire<z.output<typeof adjustmentsView>>;
export type Alike = Wire<z.output<typeof alikeView>>;
export interface Told {
  readonly id: string;
  readonly text: Words;
  readonly toldAt: string;
  readonly recordKind: string;
  readonly recordId: string;
}

const LONG = 10 * 60_000;

export const useInbox = () =>
  useQuery({ queryKey: ['inbox'], queryFn: () => get<Duty[]>(`/api/inbox?most=${MOST.duties + 1}`) });

export const useTold = () =>
  useQuery({ queryKey: ['told'], queryFn: () => get<Told[]>(`/api/messages?most=${MOST.told + 1}`) });

export const useNotices = () =>
  useQuery({
    queryKey: ['notices'],
    // Laid on a larger area than mine it is not in my live feed; a minute is what people are promised.
    refetchInterval: 20_000,
    queryFn: () => get<{ id: string; words: string }[]>('/api/notices/unread'),
  });

/** The cases of a list, a line each. */
export const useLines = (ids: readonly string[]) =>
  useQuery({
    queryKey: ['lines', ids],
    enabled: ids.length > 0,
    placeholderData: (before: CaseLine[] | undefined) => before,
    queryFn: () => get<CaseLine[]>(`/api/casefiles/lines?ids=${ids.slice(0, 200).join(',')}`),
  });

export const useCase = (id: string) =>
  useQuery({ queryKey: ['case', id], queryFn: () => get<Case>(`/api/casefiles/${id}`) });

export const usePhotos = (id: string) =>
  useQuery({ queryKey: ['case', id, 'photos'], queryFn: () => get<Photo[]>(`/api/casefiles/${id}/photos`) });

export const usePreviews = (id: string) =>
  useQuery({
    queryKey: ['case', id, 'previews'],
    queryFn: () => get<Preview[]>(`/api/casefiles/${id}/photos/previews`),
  });

export const useVoices = (id: string) =>
  useQuery({ queryKey: ['case', id, 'voices'], queryFn: () => get<Voice[]>(`/api/casefiles/${id}/voices`) });

export const useAdjustments = (id: string) =>
  useQuery({
    queryKey: ['case', id, 'adjustments'],
    queryFn: () => get<Adjustments>(`/api/casefiles/${id}/adjustments`),
  });

export const useAlike = (id: string, mayMerge: boolean) =>
  useQuery({
    queryKey: ['case', id, 'alike'],
    enabled: mayMerge,
    queryFn: () => get<Alike[]>(`/api/casefiles/${id}/alike`),
  });

/** What past dispatches suggest, for whoever registers or dispatches. */
export const useSuggestions = (id: string, mayAsk: boolean) =>
  useQuery({
    queryKey: ['case', id, 'suggestions'],
    enabled: mayAsk,
    queryFn: () => get<Wire<z.output<typeof suggestionsView>>>(`/api/casefiles/${id}/suggest`),
  });

export const useArithmetic = (id: string, isAsked: boolean) =>
  useQuery({
    queryKey: ['duty', id],
    enabled: isAsked,
    queryFn: () => get<{ arithmetic: Wire<z.output<typeof arithmeticView>> }>(`/api/obligations/${id}`),
  });

export const useBodies = () =>
  useQuery({
    queryKey: ['bodies'],
    staleTime: LONG,
    queryFn: () => get<{ id: string; name: string }[]>('/api/bodies'),
  });

export const useAreas = () =>
  useQuery({
    queryKey: ['areas'],
    staleTime: LONG,
    queryFn: () =>
      get<{ id: string; parentId: string | null; name: string; level: string; code: string }[]>('/api/areas'),
  });

/** In which grid a point lies. */
export const useLocated = (point: { lon: number; lat: number } | null) =>
  useQuery({
    queryKey: ['located', point],
    enabled: point !== null,
    queryFn: () =>
      get<{ area: { id: string; name: string; path: string[] }; borderM: number }>(
        `/api/locate?lon=${point?.lon}&lat=${point?.lat}`,
      ),
  });

export const useStandard = () =>
  useQuery({
    queryKey: ['standard'],
    staleTime: LONG,
    queryFn: () => get<{ types: CaseType[] }>('/api/standard'),
  });

export const usePeople = (caseId: string) =>
  useQuery({
    queryKey: ['case', caseId, 'people'],
    queryFn: () => get<{ personId: string; name: string }[]>(`/api/casefiles/${caseId}/people`),
  });

export type MapCase = Wire<z.output<typeof mapCase>>;
export type MapArea = Wire<z.output<typeof mapArea>>;

/** An area with what is below it and its open cases; without an id, where I work. */
export const useMapArea = (areaId: string | null) =>
  useQuery({
    queryKey: ['map', 'area', areaId],
    placeholderData: (before: MapArea | undefined) => before,
    queryFn: () => get<MapArea>(`/api/map/area${areaId === null ? '' : `?areaId=${areaId}`}`),
  });

export const useMapCases = (ids: readonly string[]) =>
  useQuery({
    queryKey: ['map', 'cases', ids],
    enabled: ids.length > 0,
    queryFn: () => get<MapCase[]>(`/api/map/cases?ids=${ids.join(',')}`),
  });
