import { comparisons } from '../../domains/land/registry/fields/choice.model.ts';
import { keepingOf, nameOf } from '../../domains/land/registry/fields/keeping.model.ts';
import { residents } from '../../domains/land/registry/ledger.model.ts';
import { typedAs } from './campaign_choice.pages.ts';
import type { TemplateDetail } from './ledger_template.pages.ts';

/**
 * What the page that opens a campaign says when somebody comes from a superior's workbook: its people, and a question for
 * each column that a person at a door can answer. A name, an identity number and a place are no questions.
 */
export function askedForTemplate({
  fileName,
  areaId,
  conditions,
  tables,
  chosen,
}: TemplateDetail): Record<string, string> {
  const title = fileName.replace(/\.\w+$/, '').slice(0, 50);
  const fields =
    tables[chosen]?.columns.flatMap(({ field }) => (field !== null && isAskable(field) ? [field] : [])) ?? [];
  const { typed, left } = typedAs(residents, conditions);
  const said = left.map(({ field, is, value = '' }) => `${nameOf(field).zh} ${comparisons[is].zh} ${value}`.trim());
  return {
    ...typed,
    ...(said.length > 0 && { left: said.join('，') }),
    ...{ title, purpose: `填${title}`, areaId },
    lines: [...new Set(fields)].map((field) => nameOf(field).zh).join('\n'),
  };
}

/** What changes with a life, and is asked again after a year. */
const isAskable = (field: string): boolean => residents.fields.includes(field) && keepingOf(field).freshMonths !== null;
