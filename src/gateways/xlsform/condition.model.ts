import type { Widget } from '../../domains/land/registry/forms/form.model.ts';
import type { GivenQuestion } from '../../domains/land/registry/forms/form_shape.model.ts';
import { type Comparison, type Expression, expressionIn, Unheld } from './expression.model.ts';

/** `relevant` and `constraint` as conditions and limits of ours, or an `Unheld` that says what is not among them. Pure. */
export type When = NonNullable<GivenQuestion['when']>;
type Heard = Extract<When, { question: string }>;

/** An earlier question, by the name it has in the workbook. */
export interface Earlier {
  readonly name: string;
  readonly widget: Widget;
}
export type EarlierNamed = (name: string) => Earlier;

/** Null: always asked. */
export function conditionIn(source: string, earlier: EarlierNamed): When | null {
  return conditionOf(expressionIn(source), earlier);
}

/** All of them at once, as one level holds it. */
export function bothOf(conditions: readonly When[]): When | undefined {
  const [only, ...rest] = conditions;
  if (only === undefined || rest.length === 0) return only;
  return allOf(conditions);
}

function conditionOf(expression: Expression, earlier: EarlierNamed): When | null {
  if (expression.is === 'and' || expression.is === 'or') {
    const parts = expression.parts.flatMap((part) => conditionOf(part, earlier) ?? []);
    if (parts.length < expression.parts.length && expression.is === 'or') return null;
    return expression.is === 'and' ? (bothOf(parts) ?? null) : anyOf(parts);
  }
  if (expression.is === 'compare') return comparedOf(expression, earlier);
  if (expression.is === 'call') return calledOf(expression, earlier);
  throw new Unheld('这里要写一个判断', 'a comparison is expected here');
}

function allOf(conditions: readonly When[]): When {
  const parts = conditions.flatMap((one) => ('all' in one ? one.all : [one]));
  const distinct = [...new Map(parts.map((one) => [JSON.stringify(one), one])).values()];
  if (distinct.length === 1 && distinct[0]) return distinct[0];
  if (!distinct.every(isHeard)) throw tooDeep();
  return { all: limited(distinct) };
}

function anyOf(conditions: readonly When[]): When {
  const parts = conditions.flatMap((one) => ('any' in one ? one.any : [one]));
  if (!parts.every(isHeard)) throw tooDeep();
  return { any: limited(parts) };
}

const isHeard = (condition: When): condition is Heard => 'question' in condition;

function limited<T>(parts: T[]): T[] {
  if (parts.length > 10) throw new Unheld('一个条件里最多 10 个判断', 'at most 10 comparisons in one condition');
  return parts;
}

const tooDeep = (): Unheld =>
  new Unheld(
    '条件只能一层：几个“都要”或几个“任一”，不能混用，也不能在里面用“不等于”',
    'conditions go one level deep: all of some, or any of some, not mixed, and no “not” inside',
  );

type Compared = Extract<Expression, { is: 'compare' }>;

function comparedOf({ op, left, right }: Compared, earlier: EarlierNamed): When {
  const [asked, said, way] = isSaid(left) ? [right, left, turned[op]] : [left, right, op];
  if (!isSaid(said)) throw new Unheld('只能和写定的值比，不能和别的问题比', 'may only be compared with a fixed value');
  if (asked.is === 'call' && asked.name === 'string-length') return lengthOf(asked, way, said.value, earlier);
  if (asked.is !== 'question') throw new Unheld('只能看一个问题的回答', 'may only look at the answer to a question');
  const question = earlier(asked.name);
  if (way === '=' || way === '!=') return equalOf(question, way, said);
  return orderOf(question, way, said.value);
}

type Said = Extract<Expression, { value: string }>;
const isSaid = (one: Expression): one is Said => one.is === 'text' || one.is === 'number';
const turned: Readonly<Record<Comparison, Comparison>> = {
  ...{ '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' },
};

function equalOf({ name, widget }: Earlier, op: '=' | '!=', said: Said): When {
  const answered: Heard = { question: name, is: 'answered' };
  if (said.value === '') return op === '=' ? { not: answered } : answered;
  if (!comparable.includes(widget) || (said.is === 'number' && widget === 'text'))
    throw new Unheld('这种问题的回答不能这样比', 'answers of this kind cannot be compared like this');
  if (widget === 'decimal') {
    if (op === '!=') throw tooDeep();
    return { all: [within(name, 'at_least', said.value), within(name, 'at_most', said.value)] };
  }
  const equal: Heard = { question: name, is: 'equals', value: short(said.value) };
  return op === '=' ? equal : { not: equal };
}

const comparable: readonly Widget[] = ['text', 'integer', 'decimal', 'yes_no', 'choice', 'date'];

function orderOf({ name, widget }: Earlier, op: Comparison, value: string): When {
  if (widget !== 'integer' && widget !== 'decimal')
    throw new Unheld('只有数字能比大小', 'only numbers can be compared by size');
  const { least, most } = boundOf(op, value, widget === 'integer');
  return least === undefined ? within(name, 'at_most', String(most)) : within(name, 'at_least', String(least));
}

const within = (question: string, is: 'at_least' | 'at_most', value: string): Heard => ({ question, is, value });

/** Of whole numbers, more than 5 is at least 6; of others nothing of ours says it. */
function boundOf(op: Comparison, value: string, isWhole: boolean): { least?: number; most?: number } {
  const n = Number(value);
  if (value.trim() === '' || !Number.isFinite(n))
    throw new Unheld('只能和数字比', 'may only be compared with a number');
  if (op === '>=') return { least: n };
  if (op === '<=') return { most: n };
  if (!isWhole) throw new Unheld('小数只能“不小于”“不大于”', 'of decimals only “at least” and “at most”');
  return op === '>' ? { least: Math.floor(n) + 1 } : { most: Math.ceil(n) - 1 };
}

type Called = Extract<Expression, { is: 'call' }>;

function lengthOf({ args: [asked] }: Called, op: Comparison, value: string, earlier: EarlierNamed): When {
  const isSome = (op === '>' && value === '0') || (op === '!=' && value === '0') || (op === '>=' && value === '1');
  if (asked?.is !== 'question' || !isSome)
    throw new Unheld('字数不能当条件，只能看有没有填', 'a length is no condition; only whether it is answered');
  return { question: earlier(asked.name).name, is: 'answered' };
}

function calledOf({ name, args }: Called, earlier: EarlierNamed): When | null {
  const [first, second] = args;
  if (name === 'true' && args.length === 0) return null;
  if (name === 'selected' && first?.is === 'question' && second && isSaid(second)) {
    const asked = earlier(first.name);
    if (!['choice', 'choices', 'yes_no'].includes(asked.widget))
      throw new Unheld('selected 只能用在选择题上', 'selected is for choices only');
    return { question: asked.name, is: 'has', value: short(second.value) };
  }
  if (name === 'not' && first && args.length === 1) return notOf(conditionOf(first, earlier));
  throw new Unheld(`不支持 ${name}()`, `${name}() is not supported`);
}

function notOf(condition: When | null): When {
  if (condition === null) throw new Unheld('这一题永远不会问', 'this is never asked');
  if ('not' in condition) return condition.not;
  if (!isHeard(condition)) throw tooDeep();
  return { not: condition };
}

function short(value: string): string {
  if (value.length > 60) throw new Unheld('要比的值超过 60 个字', 'the value is longer than 60 characters');
  return value;
}

/** Of numbers the least and the most; a day that is not to come is a rule of ours already. */
export function limitsIn(source: string, widget: Widget): { least?: number; most?: number } {
  const expression = expressionIn(source);
  const parts = expression.is === 'and' ? expression.parts : [expression];
  const limits: { least?: number; most?: number } = {};
  for (const part of parts) {
    if (widget === 'date' && isNotToCome(part)) continue;
    const { least, most } = limitOf(part, widget);
    if (least !== undefined) limits.least = Math.max(least, limits.least ?? least);
    if (most !== undefined) limits.most = Math.min(most, limits.most ?? most);
  }
  return limits;
}

function limitOf(part: Expression, widget: Widget): { least?: number; most?: number } {
  if (part.is === 'call') throw new Unheld(`不支持 ${part.name}()`, `${part.name}() is not supported`);
  if (part.is !== 'compare')
    throw new Unheld('只能写最小和最大，几个都要满足', 'only the least and the most, all of which hold');
  if (widget !== 'integer' && widget !== 'decimal')
    throw new Unheld('只有数字能限定范围', 'only numbers can be limited');
  const [own, said, way] = isSaid(part.left)
    ? [part.right, part.left, turned[part.op]]
    : [part.left, part.right, part.op];
  if (own.is !== 'own' || !isSaid(said) || way === '!=')
    throw new Unheld('只能拿回答本身和数字比', 'only the answer itself may be compared with a number');
  if (way === '=') return { least: Number(said.value), most: Number(said.value) };
  return boundOf(way, said.value, widget === 'integer');
}

const isNotToCome = (part: Expression): boolean =>
  part.is === 'compare' &&
  part.op === '<=' &&
  part.left.is === 'own' &&
  part.right.is === 'call' &&
  part.right.name === 'today';
