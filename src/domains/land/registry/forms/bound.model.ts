import { fieldIn } from '../fields/added_fields.model.ts';
import { isOwn } from '../fields/own_code.model.ts';
import type { Ledger } from '../ledger.model.ts';
import type { Widget } from './form.model.ts';
import { fieldAsked } from './form_lines.model.ts';
import type { GivenQuestion } from './form_shape.model.ts';

/** Questions of a form that was made elsewhere: what asks for a fact of the ledger, so that nobody is asked for what is known. Pure. */
export function boundToField(questions: readonly GivenQuestion[], ledger: Ledger): GivenQuestion[] {
  const seen = new Set<string>(questions.flatMap(({ field }) => field ?? []));
  return questions.map((question) => {
    if (question.field !== undefined) return question;
    const field = fieldAsked(question.ask, ledger) ?? ownNamed(question.name, ledger);
    const widget = field === undefined || seen.has(field) ? null : widgetFor(question, field, ledger);
    if (field === undefined || widget === null) return question;
    seen.add(field);
    return { ...question, widget, field };
  });
}

/** The name of a question in such a form is a variable: only what an area calls just so is meant by it. */
function ownNamed(name: string, ledger: Ledger): string | undefined {
  const field = fieldAsked(name, ledger);
  return field !== undefined && isOwn(field) ? field : undefined;
}

/** How the fact is answered; null: the answers of this question would be something else in the ledger. */
function widgetFor({ widget, options = [] }: GivenQuestion, field: string, ledger: Ledger): Widget | null {
  const { type, choices = [] } = fieldIn(ledger, field) ?? {};
  const isSo = (...widgets: Widget[]): Widget | null => (widgets.includes(widget) ? widget : null);
  if (type === 'whole') return isSo('integer');
  if (type === 'number') return isSo('integer', 'decimal');
  if (type === 'date' || type === 'yes_no') return isSo(type);
  if (type === 'phone') return widget === 'text' || widget === 'phone' ? 'phone' : null;
  if (type === 'sex')
    return options.length > 0 && options.every(({ code }) => code === 'male' || code === 'female')
      ? isSo('choice')
      : null;
  if (type === 'choice')
    return options.length > 0 && options.every(({ label }) => choices.includes(label)) ? isSo('choice') : null;
  if (type === 'money') return null;
  // A code that stands for words would come into the ledger as it is.
  return widget === 'choice'
    ? options.every(({ code, label }) => code === label)
      ? widget
      : null
    : isSo('text', 'paragraph', 'barcode');
}
