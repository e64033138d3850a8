import type { Words } from '../../../kernel/words.ts';
import type { Duty } from './questions.ts';

/** The inbox in the order that matters: what is late first, then today, this week, later; what stands still, and what waits apart, come last. */
export type GroupName = 'late' | 'today' | 'week' | 'later' | 'still' | 'apart';

export const groupWords: Readonly<Record<GroupName, Words>> = {
  late: { zh: '超期', en: 'Late' },
  today: { zh: '今天到期', en: 'Due today' },
  week: { zh: '七天内', en: 'Within seven days' },
  later: { zh: '以后', en: 'Later' },
  still: { zh: '不计时', en: 'Clock stands' },
  apart: { zh: '未核实（同一网络报得太多）', en: 'Unverified (one network sent many)' },
};

export interface Group {
  readonly name: GroupName;
  readonly duties: readonly Duty[];
}

const WEEK = 7 * 24 * 3_600_000;

export function groupsOf(duties: readonly Duty[], now: Date, zone: string): Group[] {
  const dayOf = (at: Date): string => at.toLocaleDateString('sv-SE', { timeZone: zone });
  const nameOf = ({ clock, apart }: Duty): GroupName => {
    if (apart) return 'apart';
    if (clock.dueAt === null || clock.state !== 'running') return 'still';
    const due = new Date(clock.dueAt);
    if (clock.late || due < now) return 'late';
    if (dayOf(due) === dayOf(now)) return 'today';
    return due.getTime() - now.getTime() <= WEEK ? 'week' : 'later';
  };
  const due = ({ clock }: Duty): number => (clock.dueAt === null ? 0 : Date.parse(clock.dueAt));
  return (Object.keys(groupWords) as GroupName[])
    .map((name) => ({
      name,
      duties: duties.filter((duty) => nameOf(duty) === name).toSorted((a, b) => due(a) - due(b)),
    }))
    .filter((group) => group.duties.length > 0);
}
