import { allProblems, type ProblemKind } from '../../src/kernel/problem.ts';
import type { Words } from '../../src/kernel/words.ts';
import { pageOf, tableOf } from './markdown.ts';

/** Every refusal of the program, by the first part of its code. */
export function problemPage(): string {
  const kinds = [...allProblems()].sort(([a], [b]) => (a < b ? -1 : 1));
  const subjects = [...new Set(kinds.map(([code]) => subjectOf(code)))];
  return pageOf(
    '# 程序会说的“不行” · Problems',
    [
      `共 ${kinds.length} 个。网络上按 RFC 9457 返回,\`code\` 不会改变;花括号里的由具体情况填入。`,
      `${kinds.length} in all. On the wire as RFC 9457; a \`code\` never changes; what stands in braces is filled in.`,
    ].join('\n'),
    ...subjects.map((subject) => {
      const own = kinds.filter(([code]) => subjectOf(code) === subject);
      return `## ${subject}\n\n${tableOf(['code', 'HTTP', '中文', 'English'], own.map(rowOf))}`;
    }),
  );
}

const subjectOf = (code: string): string => code.split('.')[0] ?? code;

function rowOf([code, { status, title, hint }]: [string, ProblemKind]): string[] {
  const said = (language: keyof Words): string => `**${title[language]}**\n${hint[language]}`;
  return [`\`${code}\``, String(status), said('zh'), said('en')];
}
