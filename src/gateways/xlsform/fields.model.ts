import { fieldNamed } from '../../domains/land/registry/fields/keeping.model.ts';
import type { Widget } from '../../domains/land/registry/forms/form.model.ts';
import { fieldAsked } from '../../domains/land/registry/forms/form_lines.model.ts';
import type { GivenQuestion } from '../../domains/land/registry/forms/form_shape.model.ts';
import { residents } from '../../domains/land/registry/ledger.model.ts';

/** What asks for a fact of the dictionary, so that nobody is asked for what is known. Pure. */
export function boundToField(questions: readonly GivenQuestion[]): GivenQuestion[] {
  const seen = new Set<string>();
  return questions.map((question) => {
    const field = fieldAsked(question.ask, residents);
    const widget = field === undefined || seen.has(field) ? null : widgetFor(question, field);
    if (field === undefined || widget === null) return question;
    seen.add(field);
    return { ...question, widget, field };
  });
}

/** How the fact is answered; null: the answers of this question would be something else in the ledger. */
function widgetFor({ widget, options = [] }: GivenQuestion, field: string): Widget | null {
  const type = fieldNamed(field)?.type;
  const isSo = (...widgets: Widget[]): Widget | null => (widgets.includes(widget) ? widget : null);
  if (type === 'number') return isSo('integer', 'decimal');
  if (type === 'date' || type === 'yes_no') return isSo(type);
  if (type === 'phone') return widget === 'text' || widget === 'phone' ? 'phone' : null;
  if (type === 'sex')
    return options.length > 0 && options.every(({ code }) => code === 'male' || code === 'female')
      ? isSo('choice')
      : null;
  if (type === 'money') return null;
  // A code that stands for words would come into the ledger as it is.
  return widget === 'choice'
    ? options.every(({ code, label }) => code === label)
      ? widget
      : null
    : isSo('text', 'paragraph', 'barcode');
}
