import { fieldOf } from './columns.model.ts';
import type { Option } from './form.model.ts';
import type { GivenQuestion } from './form_shape.model.ts';
import { fieldNamed } from './keeping.model.ts';
import type { Ledger } from './ledger.model.ts';
import type { ValueType } from './value.model.ts';

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
  const type = field === undefined ? null : (fieldNamed(field)?.type ?? null);
  const common = { name, ask: ask === '' ? text : ask, required };
  if (type === 'sex') return { ...common, widget: 'choice', field, options: sexes };
  if (isChoice && isYesNo(options) && (type === null || type === 'yes_no'))
    return { ...common, widget: 'yes_no', ...(field === undefined ? {} : { field }) };
  if (isChoice && (type === null || type === 'text'))
    return { ...common, widget: many ? 'choices' : 'choice', options, ...(field === undefined ? {} : { field }) };
  if (field !== undefined) return { ...common, widget: widgetOf(type), field };
  return { ...common, widget: widgetSaid(common.ask) };
}

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
export function fieldAsked(ask: string, { fields }: Ledger): string | undefined {
  const bare = ask
    .replace(/[?？。：:]+$/, '')
    .replace(/^(请问|请填写|请填|填写|老人的?|您的?|你的?|本人的?|现在的?|目前的?)+/, '')
    .replace(/(是多少|是什么|是哪天|是谁|在哪里|在哪儿|多少|吗|呢)$/, '');
  const found = fieldOf([bare], []);
  return found?.by === 'alias' && fields.includes(found.field) ? found.field : undefined;
}

function widgetOf(type: ValueType | null): GivenQuestion['widget'] {
  if (type === 'number') return 'integer';
  return type === 'money' || type === 'date' || type === 'yes_no' || type === 'phone' ? type : 'text';
}

/** Of what the dictionary does not have: by how it is asked. */
function widgetSaid(ask: string): GivenQuestion['widget'] {
  if (/^(是否|有没有|有无|能否|能不能|会不会|需不需要|是不是)|吗[?？]?$/.test(ask)) return 'yes_no';
  if (/签名|签字/.test(ask)) return 'signature';
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
