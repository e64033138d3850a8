import { bareName, fieldOf } from '../batches/columns.model.ts';
import { addedNamed, nameHere } from '../batches/fit.model.ts';
import { fieldIn } from '../fields/added_fields.model.ts';
import type { Field } from '../fields/field.model.ts';
import { isOwn } from '../fields/own_code.model.ts';
import type { ValueType } from '../fields/value.model.ts';
import type { Ledger } from '../ledger.model.ts';
import type { Option } from './form.model.ts';
import type { GivenQuestion } from './form_shape.model.ts';

/**
 * Questions as one writes them, a line each: what is asked, in brackets what may be answered, `→` before what is only
 * asked after yes, or `→ 没有人：` after that answer to the question before. What a line asks for is looked up in the
 * dictionary, so that a fact that is known is not asked again under another name.
 */
export function questionsIn(text: string, ledger: Ledger): GivenQuestion[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const questions: GivenQuestion[] = [];
  let above: GivenQuestion | null = null;
  for (const [i, line] of lines.entries()) {
    const follows = /^(→|->|=>|－>)\s*/.exec(line);
    const name = `q${i + 1}`;
    if (follows && above) {
      const { after, rest } = partsOf(line.slice(follows[0].length), above);
      questions.push({ ...questionIn(rest, name, ledger), when: after });
    } else {
      above = questionIn(line.replace(/^(→|->|=>|－>)\s*/, ''), name, ledger);
      questions.push(above);
    }
  }
  return eachFieldOnce(questions);
}

type After = NonNullable<GivenQuestion['when']>;

/** `没有人：需要谁来看望` names the answer it follows; else it follows yes. */
function partsOf(text: string, above: GivenQuestion): { after: After; rest: string } {
  const [, said = '', rest = ''] = /^(.{1,30}?)[:：]\s*(.+)$/.exec(text) ?? [];
  const wanted = above.options?.find(({ label }) => label === said.trim());
  const is = above.widget === 'choices' ? ('has' as const) : ('equals' as const);
  if (wanted) return { after: { question: above.name, is, value: wanted.code }, rest };
  if (above.widget === 'yes_no' && /^(是|有|否|没有|无)$/.test(said))
    return { after: { question: above.name, is, value: /^(是|有)$/.test(said) ? 'yes' : 'no' }, rest };
  if (above.widget === 'yes_no') return { after: { question: above.name, is, value: 'yes' }, rest: text };
  return { after: { question: above.name, is: 'answered' }, rest: text };
}

function questionIn(line: string, name: string, ledger: Ledger): GivenQuestion {
  const required = /[*＊]$|必填/.test(line);
  const text = line.replace(/[*＊]$|[（(]?必填[）)]?/g, '').trim();
  const [, before = '', inside = ''] = /^(.*?)[（(]([^（()）]*)[）)][?？]?$/.exec(text) ?? [];
  const many = /^(可多选|多选)[:：]?\s*/.exec(inside);
  const options = optionsIn(inside.slice(many?.[0].length ?? 0));
  const isChoice = options.length > 1;
  const ask = (isChoice ? before : text).replace(/^(\d{1,2}|[一二三四五六七八九十]{1,3})[.、．]\s*/, '').trim();
  const field = many ? undefined : fieldAsked(ask, ledger);
  const known = field === undefined ? undefined : fieldIn(ledger, field);
  const type = known?.type ?? null;
  const common = { name, ask: ask === '' ? text : ask, required };
  if (type === 'choice') return { ...common, widget: 'choice', field, options: listedBy(known) };
  if (type === 'sex') return { ...common, widget: 'choice', field, options: sexes };
  if (isChoice && isYesNo(options) && (type === null || type === 'yes_no'))
    return { ...common, widget: 'yes_no', ...(field === undefined ? {} : { field }) };
  if (isChoice && (type === null || type === 'text'))
    return { ...common, widget: many ? 'choices' : 'choice', options, ...(field === undefined ? {} : { field }) };
  if (field !== undefined) return { ...common, widget: widgetOf(type, isOwn(field)), field };
  return { ...common, widget: widgetSaid(common.ask) };
}

/** Of a field with choices of its own: what is chosen is kept as it is called. */
const listedBy = (field: Field | undefined): Option[] =>
  (field?.choices ?? []).map((label) => ({ code: label, label }));

const sexes: readonly Option[] & Option[] = [
  { code: 'male', label: '男' },
  { code: 'female', label: '女' },
];

const optionsIn = (text: string): Option[] =>
  [...new Set(text.split(/[、,，/／;；]|或/).map((one) => one.trim()))]
    .filter((one) => one !== '')
    .map((label) => ({ code: label, label }));

const isYesNo = (options: readonly Option[]): boolean =>
  options.length === 2 && options.every(({ label }) => /^(是|否|有|无|没有)$/.test(label));

/** As one asks for it: `您的联系电话是多少？` asks for 联系电话. */
export function fieldAsked(ask: string, ledger: Ledger): string | undefined {
  const bare = ask
    .replace(/[?？。：:]+$/, '')
    .replace(/^(请问|请填写|请填|填写|老人的?|您的?|你的?|本人的?|现在的?|目前的?)+/, '')
    .replace(/(是多少|是什么|是哪天|是谁|在哪里|在哪儿|多少|吗|呢)$/, '');
  const added = addedNamed(ledger, bare);
  if (added !== null) return added;
  const found = fieldOf([bare], []);
  const seen = found?.by === 'alias' ? found.field : undefined;
  const { fields, reads } = ledger;
  if (seen !== undefined && fields.includes(seen)) return seen;
  return nameHere(ledger, bare) ?? (seen === undefined ? undefined : reads[seen]);
}

/** Questions that are answered with a picture or a drawing ask for no fact. */
const NO_FACT: readonly GivenQuestion['widget'][] = ['photo', 'signature', 'place', 'barcode', 'note', 'repeat'];

/**
 * A fact whose name stands somewhere in the words, the longest: `老人平时用的手机号码` may ask for 联系电话, `子女的联系电话` does
 * not. Only a person can say, so nothing is taken for it by itself.
 */
export function fieldPerhaps(
  { ask, widget }: Pick<GivenQuestion, 'ask' | 'widget'>,
  ledger: Ledger,
): string | undefined {
  if (NO_FACT.includes(widget)) return undefined;
  const words = bareName(ask);
  const named = ledger.fields.flatMap((code) => {
    const field = fieldIn(ledger, code);
    const names = field ? [field.name.zh, ...field.aliases].map(bareName) : [];
    return names.filter((name) => name.length > 1 && words.includes(name)).map((name) => ({ code, name }));
  });
  return named.sort((one, other) => other.name.length - one.name.length)[0]?.code;
}

/** The line of a question, by its name, asking for the fact itself; what stands around its words stays. */
export function asField(text: string, question: string, name: string): string {
  const wanted = Number(question.slice(1));
  let n = 0;
  return text
    .split(/\r?\n/)
    .map((line) => {
      if (line.trim() !== '') n += 1;
      if (n !== wanted || line.trim() === '') return line;
      const [, before = '', , behind = ''] =
        /^(\s*(?:(?:→|->|=>|－>)\s*(?:[^:：]{1,30}[:：]\s*)?)?)(.*?)((?:[（(][^（()）]*[）)])?[*＊]?\s*)$/.exec(line) ??
        [];
      return `${before}${name}${behind}`;
    })
    .join('\n');
}

/** The same question asking for a fact, answered as that fact is. */
export function withField(question: GivenQuestion, field: string, ledger: Ledger): GivenQuestion {
  const known = fieldIn(ledger, field);
  const type = known?.type ?? null;
  const { options, ...rest } = question;
  if (type === 'sex') return { ...rest, field, widget: 'choice', options: sexes };
  if (type === 'choice') return { ...rest, field, widget: 'choice', options: listedBy(known) };
  const keeps = options !== undefined && question.widget === 'choice' && type === 'text';
  return keeps ? { ...question, field } : { ...rest, field, widget: widgetOf(type, isOwn(field)) };
}

/** What the dictionary counts is whole; an own field says itself whether it is. */
function widgetOf(type: ValueType | null, isAdded: boolean): GivenQuestion['widget'] {
  if (type === 'whole' || type === 'number') return type === 'number' && isAdded ? 'decimal' : 'integer';
  return type === 'money' || type === 'date' || type === 'yes_no' || type === 'phone' ? type : 'text';
}

/** Of what the dictionary does not have: by how it is asked. */
function widgetSaid(ask: string): GivenQuestion['widget'] {
  if (/^(是否|有没有|有无|能否|能不能|会不会|需不需要|是不是)|吗[?？]?$/.test(ask)) return 'yes_no';
  if (/签名|签字/.test(ask)) return 'signature';
  if (/(照片|拍照|拍一张|拍张)[?？]?$|^拍/.test(ask)) return 'photo';
  if (/(定位|位置)$/.test(ask)) return 'place';
  if (/(条码|条形码|二维码)/.test(ask)) return 'barcode';
  if (/(哪天|哪一天|日期|时间)[?？]?$/.test(ask)) return 'date';
  if (/(元|金额|费用)[?？]?$|多少钱/.test(ask)) return 'money';
  if (/^几|有几|多少(人|个|次|天|户|间|层)|人数|次数|数量/.test(ask)) return 'integer';
  return /(说明|情况|意见|建议|需求|困难|备注)[?？]?$/.test(ask) ? 'paragraph' : 'text';
}

/** Asked twice, the second is a question of its own. */
function eachFieldOnce(questions: readonly GivenQuestion[]): GivenQuestion[] {
  const seen = new Set<string>();
  return questions.map(({ field, ...rest }) => {
    if (field === undefined || seen.has(field)) return rest;
    seen.add(field);
    return { ...rest, field };
  });
}
