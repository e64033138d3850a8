import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  BatchCommand,
  BoardGroup,
  boardLine,
  countsView,
  previewVerdict,
} from '../../../domains/work/desks/board.model.ts';
import { get, post } from '../../api/call.ts';
import type { Wire } from '../../api/wire.ts';

export type BoardLine = Wire<z.output<typeof boardLine>>;
export type Verdict = Wire<z.output<typeof previewVerdict>>;

export interface BoardFilter {
  readonly areaId: string | null;
  readonly bodyId: string | null;
}

const queryOf = ({ areaId, bodyId }: BoardFilter, more: Readonly<Record<string, string>> = {}): string =>
  new URLSearchParams({ ...(areaId && { areaId }), ...(bodyId && { bodyId }), ...more }).toString();

export const useBoardCounts = (filter: BoardFilter) =>
  useQuery({
    queryKey: ['board', 'counts', filter],
    placeholderData: (before: Wire<z.output<typeof countsView>> | undefined) => before,
    queryFn: () => get<Wire<z.output<typeof countsView>>>(`/api/board?${queryOf(filter)}`),
  });

export const useBoardList = (group: BoardGroup, filter: BoardFilter) =>
  useQuery({
    queryKey: ['board', group, filter],
    queryFn: () => get<{ lines: BoardLine[]; more: boolean }>(`/api/board/cases?${queryOf(filter, { group })}`),
  });

export interface Asked {
  readonly command: BatchCommand;
  readonly ids: readonly string[];
  readonly bodyId?: string | undefined;
  readonly intoId?: string | undefined;
}

export const previewOf = (asked: Asked): Promise<{ verdicts: Verdict[]; gone: number }> =>
  post('/api/board/preview', asked);
