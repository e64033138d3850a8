import { limitWords, readLimit } from '../calendars/limit.model.ts';
import type { Item } from './checklist.model.ts';
import { grades } from './sector.model.ts';

/**
 * A checklist as one writes it, a line an item: what is looked at, and after `｜` in any order what counts, `重大`, how long
 * (`3自然日`) and the law. Of a limit that does not say which clock it means nothing is guessed.
 */
export interface LineFault {
  readonly line: number;
  readonly part: string;
}

export function itemsIn(text: string): { items: Item[]; faults: LineFault[] } {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const read = lines.map((line, i) => itemIn(line, i + 1));
  return { items: read.map(({ item }) => item), faults: read.flatMap(({ faults }) => faults) };
}

function itemIn(line: string, n: number): { item: Item; faults: LineFault[] } {
  const [text = '', ...parts] = line.split(/[|｜]/).map((part) => part.trim());
  const item: Item = { code: `i${n}`, text, counts: '', grade: 'general', limit: null, basis: '' };
  const faults: LineFault[] = [];
  for (const part of parts) {
    const limit = readLimit(part);
    if (/^重大(隐患)?$/.test(part)) item.grade = 'major';
    else if (/^一般(隐患)?$/.test(part)) item.grade = 'general';
    else if (limit) item.limit = limit;
    else if (/^[0-9０-９]/.test(part)) faults.push({ line: n, part });
    else if (/^《|第.+条/.test(part)) item.basis = part;
    else if (part !== '') item.counts = part;
  }
  return { item, faults };
}

/** The same backwards, so that the next version begins from the one before. */
export const linesOf = (items: readonly Item[]): string =>
  items
    .map(({ text, counts, grade, limit, basis }) =>
      [
        ...[text, counts, grade === 'major' ? grades.major.zh.replace('隐患', '') : ''],
        ...[limit === null ? '' : limitWords(limit).zh.replace(' ', ''), basis],
      ]
        .filter((part) => part !== '')
        .join('｜'),
    )
    .join('\n');
