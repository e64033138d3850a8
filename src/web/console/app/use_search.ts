import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { statuses } from '../../../domains/work/casefiles/casefile.model.ts';
import type { everywhereView } from '../../../domains/work/finding/find.model.ts';
import { get, post } from '../../api/call.ts';
import type { Wire } from '../../api/wire.ts';
import { type Setting, useFrame } from './frame.tsx';
import type { CaseLine } from './questions.ts';
import { isCode } from './search_code.ts';
import { useSettled } from './use_settled.ts';

/** One thing that was found, and where it leads. */
export interface Hit {
  readonly key: string;
  readonly href: string;
  readonly name: string;
  readonly beside: string;
}
export interface HitGroup {
  readonly title: string;
  readonly hits: readonly Hit[];
}

type Everywhere = Wire<z.output<typeof everywhereView>>;

export function useSearch(typed: string) {
  const frame = useFrame();
  const words = useSettled(typed.trim());
  const isEnough = [...words].length >= 2;
  const code = isCode(words);
  const found = useQuery({
    queryKey: ['search', words],
    enabled: isEnough && !code,
    placeholderData: (before: Everywhere | undefined) => before,
    queryFn: () => get<Everywhere>(`/api/search?words=${encodeURIComponent(words.slice(0, 100))}`),
  });
  // A code goes in the body: an address is written to logs, and this opens a resident's report.
  const coded = useQuery({
    queryKey: ['by-code', words],
    enabled: code,
    retry: false,
    queryFn: () => post<CaseLine>('/api/casefiles/by-code', { code: words }),
  });
  const asked = code ? coded : found;
  const groups = code ? codeGroups(coded.data, frame) : isEnough ? groupsOf(found.data, words, frame) : [];
  return { groups, error: asked.error, isAsking: typed.trim() !== words || asked.isLoading, isEnough };
}

function codeGroups(file: CaseLine | undefined, frame: Setting): HitGroup[] {
  return file
    ? [{ title: frame.t('这个查询码的案卷', 'The case of this tracking code'), hits: [caseHit(file, frame)] }]
    : [];
}

function groupsOf(found: Everywhere | undefined, words: string, frame: Setting): HitGroup[] {
  if (!found) return [];
  const { t, say } = frame;
  const more = {
    key: 'more',
    href: `/console/cases?words=${encodeURIComponent(words)}`,
    name: t('全部找到的案卷', 'All cases that were found'),
    beside: '',
  };
  const groups: HitGroup[] = [
    {
      title: t('案卷', 'Cases'),
      hits: [...found.cases.map((file) => caseHit(file, frame)), ...(found.more ? [more] : [])],
    },
    {
      title: t('区域（打开那里的案卷）', 'Areas (open their cases)'),
      hits: found.areas.map(({ id, name, code, path }) => ({
        key: id,
        href: `/console/cases?areaId=${id}`,
        name,
        beside: `${path.slice(0, -1).join(' / ')} ${code}`.trim(),
      })),
    },
    {
      title: t('人员（打开其辖区或单位的案卷）', 'People (open the cases of their area or body)'),
      hits: found.people.map(({ personId, name, roleWords, place, areaId, bodyId }) => ({
        key: `${personId} ${areaId ?? bodyId}  ${roleWords.zh}`,
        href: areaId ? `/console/cases?areaId=${areaId}` : `/console/cases?bodyId=${bodyId}`,
        name: `${say(roleWords)} ${name}`,
        beside: place,
      })),
    },
    {
      title: t('单位（打开它承办的案卷）', 'Bodies (open their cases)'),
      hits: found.bodies.map(({ id, name }) => ({ key: id, href: `/console/cases?bodyId=${id}`, name, beside: '' })),
    },
  ];
  return groups.filter(({ hits }) => hits.length > 0);
}

const caseHit = ({ id, title, number, status, place }: CaseLine, { say }: Setting): Hit => ({
  key: id,
  href: `/console/cases/${id}`,
  name: say(title),
  beside: [say(statuses[status]), place, number].join(' · '),
});
