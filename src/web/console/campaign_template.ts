import { nameIn } from '../../domains/land/registry/fields/added_fields.model.ts';
import { comparisons } from '../../domains/land/registry/fields/choice.model.ts';
import { keepingOf } from '../../domains/land/registry/fields/keeping.model.ts';
import { isOwn } from '../../domains/land/registry/fields/own_code.model.ts';
import type { Ledger } from '../../domains/land/registry/ledger.model.ts';
import { typedAs } from './campaign_choice.pages.ts';
import type { TemplateDetail } from './ledger_template.pages.ts';

/**
 * What the page that opens a campaign says when somebody comes from a superior's workbook: its people, and a question for
 * each column that a person at a door can answer. A name, an identity number and a place are no questions. `ledger`: as its area asks it.
 */
export function askedForTemplate(
  { fileName, areaId, conditions, tables, chosen }: TemplateDetail,
  ledger: Ledger,
): Record<string, string> {
  const title = fileName.replace(/\.\w+$/, '').slice(0, 50);
  const fields =
    tables[chosen]?.columns.flatMap(({ field }) => (field !== null && isAskable(ledger, field) ? [field] : [])) ?? [];
  const { typed, left } = typedAs(ledger, conditions);
  const said = left.map(({ field, is, value = '' }) =>
    `${nameIn(ledger, field).zh} ${comparisons[is].zh} ${value}`.trim(),
  );
  return {
    ...typed,
    ...(said.length > 0 && { left: said.join('，') }),
    ...{ title, purpose: `填${title}`, areaId },
    lines: [...new Set(fields)].map((field) => nameIn(ledger, field).zh).join('\n'),
  };
}

/** What changes with a life, and is asked again after a year; and what the area added, which nobody else knows. */
const isAskable = ({ fields }: Ledger, field: string): boolean =>
  fields.includes(field) && (isOwn(field) || keepingOf(field).freshMonths !== null);
