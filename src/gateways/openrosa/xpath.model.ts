import type { Condition, Option, Question } from '../../domains/land/registry/forms/form.model.ts';

/** Conditions and limits of our forms in the language of XForms. Pure. */

/** Where the answer to a question stands, seen from where it is asked about. */
export type PathOf = (question: string) => string;

/** Codes of several choices are sent with blanks between them, and so have none in them. */
export function codeSent({ options = [], widget }: Question, code: string): string {
  const hasBlanks = widget === 'choices' && options.some((one: Option) => /\s/.test(one.code));
  return hasBlanks ? `o${options.findIndex((one) => one.code === code) + 1}` : code;
}

export function conditionSaid(condition: Condition, questions: readonly Question[], pathOf: PathOf): string {
  if ('all' in condition) return joined(condition.all, ' and ', questions, pathOf);
  if ('any' in condition) return joined(condition.any, ' or ', questions, pathOf);
  if ('not' in condition) return `not(${conditionSaid(condition.not, questions, pathOf)})`;
  const question = questions.find(({ name }) => name === condition.question);
  if (!question) return 'false()';
  const path = pathOf(question.name);
  if (condition.is === 'answered') return question.widget === 'repeat' ? `count(${path}) > 0` : `${path} != ''`;
  const { is, value } = condition;
  if (question.widget === 'choices')
    return is === 'has' ? `selected(${path}, ${text(codeSent(question, value))})` : 'false()';
  if (is === 'has' || is === 'equals')
    return isNumber(question) ? `string(${path}) = ${text(value)}` : `${path} = ${text(value)}`;
  return isNumber(question) ? `${path} ${is === 'at_least' ? '>=' : '<='} ${Number(value)}` : 'false()';
}

const joined = (parts: readonly Condition[], word: string, questions: readonly Question[], pathOf: PathOf): string =>
  parts.map((part) => `(${conditionSaid(part, questions, pathOf)})`).join(word);

const isNumber = ({ widget }: Question): boolean => ['integer', 'decimal', 'money'].includes(widget);

/** XPath has no way to write a quotation mark between quotation marks of its kind. */
function text(value: string): string {
  if (!value.includes("'")) return `'${value}'`;
  if (!value.includes('"')) return `"${value}"`;
  return `concat(${value
    .split("'")
    .map((part) => `'${part}'`)
    .join(`, "'", `)})`;
}

const LONGEST: Partial<Record<Question['widget'], number>> = { text: 200, barcode: 200, phone: 200, paragraph: 2000 };

/** What an answer has to be, as far as the phone can say it; all else is said when it is sent. Null: nothing. */
export function limitSaid({ widget, least, most }: Question): string | null {
  if (widget === 'date') return '. <= today()';
  const longest = LONGEST[widget];
  if (longest !== undefined) return `string-length(.) <= ${longest}`;
  if (!['integer', 'decimal', 'money'].includes(widget)) return null;
  const parts = [...(least === undefined ? [] : [`. >= ${least}`]), ...(most === undefined ? [] : [`. <= ${most}`])];
  return parts.length === 0 ? null : parts.join(' and ');
}
