import type { Words } from '../../../../kernel/words.ts';
import { canonicalOf } from '../fields/canonical_value.model.ts';
import type { ValueType } from '../fields/value.model.ts';
import { isDay } from '../fields/value.model.ts';

/**
 * A form (表单) as data: what is asked, when, and which fact of the dictionary an answer is. The same functions say on the
 * phone and at the server what is to be asked and what is wrong.
 */
export const widgets = [
  ...['text', 'paragraph', 'integer', 'decimal', 'money', 'date', 'yes_no', 'choice', 'choices', 'phone'],
  ...['place', 'signature', 'photo', 'barcode', 'note', 'repeat'],
] as const;
export type Widget =
  | 'text'
  | 'paragraph'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'date'
  | 'yes_no'
  | 'choice'
  | 'choices'
  | 'phone'
  | 'place'
  | 'signature'
  | 'photo'
  | 'barcode'
  | 'note'
  | 'repeat';

export interface Option {
  readonly code: string;
  readonly label: string;
  /** In English, where the form says it. */
  readonly en?: string | undefined;
}

/** What is chosen from where a question is answered by yes or no. */
export const yesNo: readonly Option[] = [
  { code: 'yes', label: '是' },
  { code: 'no', label: '否' },
];

/** When a question is asked: what was answered to earlier ones. */
export type Condition =
  | { readonly question: string; readonly is: 'equals' | 'has' | 'at_least' | 'at_most'; readonly value: string }
  | { readonly question: string; readonly is: 'answered' }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

export interface Question {
  /** Its name in the form, as in `q3`. */
  readonly name: string;
  readonly ask: string;
  readonly hint?: string | undefined;
  /** The same in English, where the form says it. */
  readonly askEn?: string | undefined;
  readonly hintEn?: string | undefined;
  readonly widget: Widget;
  /** The fact it asks for, if the dictionary has it; and how that is read. */
  readonly field?: string | undefined;
  readonly type?: ValueType | undefined;
  readonly options?: readonly Option[] | undefined;
  readonly required: boolean;
  readonly when?: Condition | undefined;
  /** Of numbers; of the rows of a repeat. */
  readonly least?: number | undefined;
  readonly most?: number | undefined;
  /** What each row of a repeat asks. */
  readonly of?: readonly Question[] | undefined;
}

/** A text, the codes of several choices, the hashes of photos, or the rows of a repeat. */
export type Answer = string | readonly string[] | readonly Row[];
export type Row = Readonly<Record<string, string | readonly string[]>>;
export type Answers = Readonly<Record<string, Answer>>;

export interface AnswerFault {
  /** `q3`, or `q4.0.name` in a row. */
  readonly path: string;
  readonly says: Words;
}

/** Questions that are asked after these answers, in their order. An answer to what is not asked counts as none. */
export function askedOf(questions: readonly Question[], answers: Answers): Question[] {
  const heard: Record<string, Answer> = {};
  return questions.filter((question) => {
    const isAsked = question.when === undefined || holds(question.when, heard);
    const answer = answers[question.name];
    if (isAsked && answer !== undefined) heard[question.name] = answer;
    return isAsked;
  });
}

function holds(condition: Condition, heard: Answers): boolean {
  if ('all' in condition) return condition.all.every((one) => holds(one, heard));
  if ('any' in condition) return condition.any.some((one) => holds(one, heard));
  if ('not' in condition) return !holds(condition.not, heard);
  const answer = heard[condition.question];
  if (answer === undefined || answer.length === 0) return false;
  if (condition.is === 'answered') return true;
  const { is, value } = condition;
  if (is === 'has') return Array.isArray(answer) ? (answer as readonly unknown[]).includes(value) : answer === value;
  if (is === 'equals') return answer === value;
  return is === 'at_least' ? Number(answer) >= Number(value) : Number(answer) <= Number(value);
}

/**
 * What was answered as it is kept, or what is wrong in it, by question. `day` is the day it was answered on; what is known
 * already need not be answered, and decides what else is asked.
 */
export function readAnswers(
  questions: readonly Question[],
  answers: Answers,
  day: string,
  known: Answers = {},
): { readonly answers: Answers; readonly faults: readonly AnswerFault[] } {
  const faults: AnswerFault[] = [];
  const kept: Record<string, Answer> = {};
  for (const question of askedOf(questions, { ...known, ...answers })) {
    const { name, required, widget } = question;
    if (widget === 'note') continue;
    const read = readAnswer(question, answers[name], day);
    if ('fault' in read) faults.push(...read.fault.map((one) => ({ ...one, path: one.path || name })));
    else if (read.answer !== null) kept[name] = read.answer;
    else if (required && known[name] === undefined) faults.push({ path: name, says: missing });
  }
  return { answers: kept, faults };
}

type Read = { readonly answer: Answer | null } | { readonly fault: readonly AnswerFault[] };
const nothing: Read = { answer: null };
const wrong = (zh: string, en: string): Read => ({ fault: [{ path: '', says: { zh, en } }] });
const missing: Words = { zh: '还没有填', en: 'is not answered' };

function readAnswer(question: Question, answer: Answer | undefined, day: string): Read {
  if (answer === undefined || answer.length === 0) return nothing;
  const { widget } = question;
  if (widget === 'repeat') return typeof answer === 'string' ? notAnAnswer : readRows(question, answer, day);
  if (widget === 'choices') return readChoices(question, answer);
  if (widget === 'photo') return readPhotos(answer);
  if (typeof answer !== 'string') return notAnAnswer;
  const text = answer.trim();
  return text === '' ? nothing : readText(question, text, day);
}

const notAnAnswer = wrong('答案的形式不对', 'is not an answer of this kind');

function readChoices({ options = [] }: Question, answer: Answer): Read {
  const codes = typeof answer === 'string' ? [answer] : answer;
  const known = options.filter(({ code }) => (codes as readonly unknown[]).includes(code)).map(({ code }) => code);
  return known.length === codes.length ? { answer: known } : notOffered;
}

/** What a phone of before there were such answers has written there is no photo. */
function readPhotos(answer: Answer): Read {
  if (typeof answer === 'string') return nothing;
  const hashes = answer as readonly unknown[];
  if (!hashes.every((one) => typeof one === 'string' && /^[0-9a-f]{64}$/.test(one))) return notAnAnswer;
  if (hashes.length > MOST_PHOTOS) return wrong(`最多 ${MOST_PHOTOS} 张照片`, `at most ${MOST_PHOTOS} photos`);
  return { answer: [...new Set(hashes as readonly string[])] };
}

/** For one question. */
export const MOST_PHOTOS = 4;

/** By their hashes, the photos of all answers that are kept, those of rows too. */
export function photosIn(questions: readonly Question[], answers: Answers): string[] {
  const found = questions.flatMap(({ name, widget, of = [] }): string[] => {
    const answer = answers[name] ?? [];
    if (typeof answer === 'string') return [];
    if (widget === 'photo') return [...(answer as readonly string[])];
    return widget === 'repeat' ? (answer as readonly Row[]).flatMap((row) => photosIn(of, row)) : [];
  });
  return [...new Set(found)];
}

const notOffered = wrong('不在可选的里面', 'is not one of the choices');

function readRows(question: Question, answer: Exclude<Answer, string>, day: string): Read {
  const { name, of = [], least = 0, most = MOST_ROWS } = question;
  if (answer.some((row) => typeof row === 'string')) return notAnAnswer;
  const rows = answer as readonly Row[];
  if (rows.length > most) return wrong(`最多 ${most} 行`, `at most ${most} rows`);
  if (rows.length < least) return wrong(`至少 ${least} 行`, `at least ${least} rows`);
  const read = rows.map((row) => readAnswers(of, row, day));
  const fault = read.flatMap(({ faults }, i) => faults.map((one) => ({ ...one, path: `${name}.${i}.${one.path}` })));
  return fault.length > 0 ? { fault } : { answer: read.map(({ answers }) => answers as Row) };
}

const MOST_ROWS = 50;
const LONGEST = { paragraph: 2000, signature: 20_000 } as const;

function readText(question: Question, text: string, day: string): Read {
  const { widget, type, options = [] } = question;
  const longest = widget in LONGEST ? LONGEST[widget as keyof typeof LONGEST] : 200;
  if (text.length > longest) return wrong(`超过 ${longest} 个字`, `longer than ${longest} characters`);
  if (widget === 'choice') return options.some(({ code }) => code === text) ? { answer: text } : notOffered;
  if (widget === 'paragraph') return { answer: text.normalize('NFC') };
  if (widget === 'signature') return /^[MLml\d .,-]+$/.test(text) ? { answer: text } : notAnAnswer;
  if (widget === 'place') return readPlace(text);
  if (widget === 'money') return readMoney(question, text);
  const kind = widget === 'decimal' || widget === 'integer' ? 'number' : widget;
  const read = canonicalOf(
    { code: '', name: missing, aliases: [], type: type ?? (kind === 'barcode' ? 'text' : (kind as ValueType)) },
    { text, kind: 'text' },
  );
  if ('fault' in read) return wrong(read.fault.zh, read.fault.en);
  if (kind === 'number') return readNumber(question, read.value);
  if (widget === 'date') return readDay(read.value, day);
  return { answer: read.value };
}

function readNumber(question: Question, text: string): Read {
  if (question.widget === 'integer' && !/^-?\d{1,12}$/.test(text)) return wrong('要填整数', 'must be a whole number');
  return within(question, Number(text)) ?? { answer: text };
}

function within({ least, most }: Question, n: number): Read | null {
  if (least !== undefined && n < least) return wrong(`不能小于 ${least}`, `must not be less than ${least}`);
  if (most !== undefined && n > most) return wrong(`不能大于 ${most}`, `must not be more than ${most}`);
  return null;
}

/** Yuan as one writes them become whole fen. */
function readMoney(question: Question, text: string): Read {
  const told = /^(-?\d{1,10})(?:\.(\d{1,2}))?$/.exec(text.replace(/[,，元¥￥\s]/g, ''));
  if (!told) return wrong('金额读不懂，请写成 1200 或 1200.50', 'is no amount; write 1200 or 1200.50');
  const [, yuan = '', rest = ''] = told;
  return within(question, Number(`${yuan}.${rest}`)) ?? { answer: String(Number(`${yuan}${rest.padEnd(2, '0')}`)) };
}

function readDay(text: string, today: string): Read {
  if (text.length === 10 && !isDay(text.replaceAll('-', '')))
    return wrong(`没有“${text}”这一天`, `there is no day “${text}”`);
  return text > today ? wrong('不能是以后的日子', 'must not be a day to come') : { answer: text };
}

/** Longitude, latitude and how exact, in metres. */
function readPlace(text: string): Read {
  const [lon, lat, metres] = text.split(',').map(Number) as [number, number, number | undefined];
  const isPlace = Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && (metres === undefined || metres >= 0);
  return isPlace ? { answer: text } : wrong('位置读不懂，请重新定位', 'is no position; locate again');
}

/** A fact that is known already when a form is opened. */
export interface KnownFact {
  /** As it may be shown: with its middle covered where it must be. */
  readonly value: string;
  readonly isMasked: boolean;
  readonly toldOn: string;
  /** Told longer ago than this fact stays fresh: it is asked again. */
  readonly isStale: boolean;
}
export type Known = Readonly<Record<string, KnownFact>>;

/** What is known, as answers. */
export const knownAnswers = (known: Known): Answers =>
  Object.fromEntries(Object.entries(known).map(([name, { value }]) => [name, value]));

/** What is known from long ago counts once somebody said that it is still so. */
export const stillKnown = (known: Known, confirmed: readonly string[]): Known =>
  Object.fromEntries(Object.entries(known).filter(([name, { isStale }]) => !isStale || confirmed.includes(name)));

/** Whether a person has to be asked: what is fresh is not. */
export const isToAsk = ({ name, widget }: Question, known: Known): boolean =>
  widget !== 'note' && (known[name] === undefined || known[name].isStale);
