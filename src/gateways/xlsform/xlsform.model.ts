import { boundToField } from '../../domains/land/registry/forms/bound.model.ts';
import type { GivenQuestion } from '../../domains/land/registry/forms/form_shape.model.ts';
import type { ReadForm, Remark } from '../../domains/land/registry/forms/read_form.model.ts';
import { residents } from '../../domains/land/registry/ledger.model.ts';
import type { Words } from '../../kernel/words.ts';
import type { Sheet } from '../workbooks/sheet.model.ts';
import { choiceListsIn } from './choices.model.ts';
import { tellOfColumns, tellOfSheets } from './columns.model.ts';
import type { When } from './condition.model.ts';
import { type Grid, type GridRow, gridsOf, remarkAt, type Tell } from './grid.model.ts';
import { type Kind, kindOf } from './question_kind.model.ts';
import {
  heldAt,
  limitsOf,
  nameIn,
  type Open,
  ownCondition,
  type Plain,
  type Reading,
  rowsOf,
  whenOf,
} from './reading.model.ts';
import { type Spoken, spokenIn } from './spoken.model.ts';

const MOST_QUESTIONS = 60;
const MOST_IN_ROW = 20;

/**
 * An XLSForm (xlsform.org) as a form of ours. What a form of ours cannot hold is named by sheet and cell: nothing of a
 * workbook is passed over in silence. Pure.
 */
export function xlsformIn(sheets: readonly Sheet[]): ReadForm {
  const remarks: Remark[] = [];
  const tell: Tell = (place, says, stops = true) => void remarks.push(remarkAt(place, says, stops));
  const grids = gridsOf(sheets);
  const survey = grids.get('survey');
  const settings = grids.get('settings')?.rows[0];
  if (!survey) {
    const place = { sheet: sheets[0]?.name ?? '', row: 0, column: 0, found: '' };
    tell(place, { zh: '没有 survey 工作表，不是 XLSForm', en: 'there is no sheet “survey”: it is no XLSForm' });
    return { title: '', questions: [], remarks };
  }
  for (const name of ['survey', 'choices', 'settings'] as const) {
    const grid = grids.get(name);
    if (grid) tellOfColumns(name, grid, tell);
  }
  tellOfSheets(grids, tell);
  const first = settings?.text('default_language') || null;
  const questions = questionsIn(survey, choiceListsIn(grids.get('choices'), listsOf(survey), first, tell), first, tell);
  return { title: settings?.text('form_title') ?? '', questions, remarks: inOrder(remarks, survey.name) };
}

const listsOf = ({ rows }: Grid): Set<string> =>
  new Set(
    rows.flatMap((row) => {
      const kind = kindOf(row.text('type'), '');
      return kind.is === 'choice' ? [kind.list] : [];
    }),
  );

/** As one reads the workbook: the questions first, from above. */
const inOrder = (remarks: readonly Remark[], survey: string): Remark[] => {
  const rank = ({ sheet, cell }: Remark): number => (sheet === survey ? 0 : 1e6) + Number(cell.replace(/\D/g, ''));
  return [...remarks].sort((one, other) => rank(one) - rank(other));
};

function questionsIn(survey: Grid, lists: Reading['lists'], first: string | null, tell: Tell): GivenQuestion[] {
  const reading: Reading = {
    lists,
    first,
    tell,
    questions: [],
    open: [],
    earlier: [],
    taken: new Set(),
    names: new Set(),
  };
  for (const row of survey.rows) if (!/^(yes|true)$/i.test(row.text('disabled'))) takeRow(reading, row);
  for (const { place } of reading.open) tell(place, { zh: '没有结束（end）', en: 'is not ended' });
  const [over] = survey.rows.slice(MOST_QUESTIONS);
  if (reading.questions.length > MOST_QUESTIONS && over)
    tell(over.place('type'), { zh: `一张表最多 ${MOST_QUESTIONS} 个问题`, en: `at most ${MOST_QUESTIONS} questions` });
  if (reading.questions.length === 0 && survey.columns[0])
    tell(survey.columns[0].place, { zh: '没有能问的问题', en: 'there is no question in it' });
  return boundToField(reading.questions, residents);
}

function takeRow(reading: Reading, row: GridRow): void {
  const type = row.text('type');
  const { tell } = reading;
  if (type === '') {
    tell(row.place('type'), noType);
    return;
  }
  const kind = kindOf(type, row.text('appearance'));
  if (kind.is === 'beside' || kind.is === 'unheld') tell(row.place('type'), kind.says, kind.is === 'unheld');
  else if (kind.is === 'end') end(reading, row, kind.what);
  else if (kind.is === 'begin') begin(reading, row, kind.what);
  else ask(reading, row, kind);
}

const noType: Words = { zh: '没有写是哪种问题（type）', en: 'the kind of question (type) is missing' };

function ask(reading: Reading, row: GridRow, kind: Asked): void {
  const name = nameIn(reading, row);
  if (kind.is === 'question' && kind.widget === 'note' && isRequired(reading, row))
    reading.tell(
      row.place('required'),
      { zh: '没有收：只说明的不用答', en: 'not kept: a note needs no answer' },
      false,
    );
  for (const question of questionsOf(reading, row, name, kind)) {
    add(reading, row, question);
    if (question.name === name) remember(reading, row.text('name'), question);
  }
}

type Asked = Extract<Kind, { is: 'question' | 'choice' }>;

/** One; with `or_other` a second that asks what else. */
function questionsOf(reading: Reading, row: GridRow, name: string, kind: Asked): Plain[] {
  const common = commonOf(reading, row, name);
  if (common === null) return [];
  if (kind.is === 'question') {
    const { widget } = kind;
    const limits = {
      ...(kind.least === undefined ? {} : { least: kind.least, most: kind.most }),
      ...limitsOf(reading, row, kind.widget),
    };
    return [{ ...common, widget, ...limits }];
  }
  const list = reading.lists.get(kind.list)?.options;
  if (!list || list.length < 2) {
    reading.tell(row.place('type'), {
      zh: list ? '至少要有两个可选的' : `choices 里没有“${kind.list}”`,
      en: list ? 'needs at least two choices' : `“${kind.list}” is not in the sheet “choices”`,
    });
    return [];
  }
  limitsOf(reading, row, 'choice');
  if (kind.many) tellOfBlanks(reading, row, list);
  const isYesNo =
    !kind.many &&
    !kind.other &&
    list.length === 2 &&
    ['yes', 'no'].every((code) => list.some((one) => one.code === code));
  if (isYesNo) return [{ ...common, widget: 'yes_no' }];
  const widget = kind.many ? ('choices' as const) : ('choice' as const);
  if (!kind.other) return [{ ...common, widget, options: [...list] }];
  const when: When = { question: name, is: 'has', value: 'other' };
  return [
    { ...common, widget, options: [...list, { code: 'other', label: '其他', en: 'Other' }] },
    { name: `${name}_other`, ask: '其他，请说明', askEn: 'Specify other', widget: 'text', required: false, when },
  ];
}

/** The codes of several choices are sent with blanks between them. */
function tellOfBlanks({ tell }: Reading, row: GridRow, list: readonly { readonly code: string }[]): void {
  if (list.some(({ code }) => /\s/.test(code)))
    tell(row.place('type'), { zh: '多选的选项代码里不能有空格', en: 'codes of several choices have no blanks' });
}

function commonOf(reading: Reading, row: GridRow, name: string): Omit<Plain, 'widget'> | null {
  const { first, tell } = reading;
  const hint = spokenIn(row, 'hint', first, 200, tell);
  const ask = spokenIn(row, 'label', first, 200, tell) ?? hint;
  if (ask === null) {
    tell(row.place('label'), { zh: '没有写问什么（label）', en: 'there is no label' });
    return null;
  }
  const when = whenOf(reading, row);
  return {
    ...{ name, ...saidAs(ask), required: isRequired(reading, row) },
    ...(hint === null || hint === ask ? {} : { hint: hint.said }),
    ...(hint?.english && hint !== ask ? { hintEn: hint.english } : {}),
    ...(when === undefined ? {} : { when }),
  };
}

const saidAs = ({ said, english }: Spoken) => ({ ask: said, ...(english === null ? {} : { askEn: english }) });

function isRequired({ tell }: Reading, row: GridRow): boolean {
  const told = row.text('required');
  if (/^(yes|true|true\(\)|1)$/i.test(told)) return true;
  if (!/^(no|false|false\(\)|0|)$/i.test(told))
    tell(row.place('required'), { zh: '必填只能写 yes 或 no', en: 'required is yes or no' });
  return false;
}

function remember(reading: Reading, name: string, { name: ours, widget }: Plain): void {
  if (widget !== 'note') reading.earlier.push({ name, of: rowsOf(reading), question: { name: ours, widget } });
}

function add(reading: Reading, row: GridRow, question: Plain): void {
  const rows = rowsOf(reading)?.rows;
  if (!rows) return void reading.questions.push(question);
  rows.of.push(question);
  if (rows.of.length === MOST_IN_ROW + 1)
    reading.tell(row.place('type'), { zh: `一行最多问 ${MOST_IN_ROW} 个`, en: `a row asks at most ${MOST_IN_ROW}` });
}

/** What holds for a question does not hold for a group: `relevant` alone does. */
function begin(reading: Reading, row: GridRow, what: Open['what']): void {
  for (const { column, place } of row.cells) {
    const isRule = column.key === 'constraint' || (column.key === 'required' && isRequired(reading, row));
    if (isRule) reading.tell(place, { zh: '一组问题不能有这种规定', en: 'a group has no such rule' });
    if (column.key === 'hint')
      reading.tell(place, { zh: '没有收：一组问题的提示', en: 'not kept: the hint of a group' }, false);
  }
  const name = nameIn(reading, row);
  if (what === 'group') beginGroup(reading, row, name);
  else beginRows(reading, row, name);
}

/** A form of ours has no groups: the title of one is said, and its condition holds for each question in it. */
function beginGroup(reading: Reading, row: GridRow, name: string): void {
  const title = spokenIn(row, 'label', reading.first, 200, reading.tell);
  const when = heldAt(reading, row, () => ownCondition(reading, row)) ?? [];
  reading.open.push({ what: 'group', place: row.place('type'), when, names: new Set(), rows: null });
  if (title === null) return;
  const holds = whenOf(reading, rowWithout(row));
  add(reading, row, { name, ...saidAs(title), widget: 'note', required: false, ...(holds ? { when: holds } : {}) });
}

/** What stands around it is all that counts: its own condition is counted already. */
const rowWithout = (row: GridRow): GridRow => ({ ...row, text: (key) => (key === 'relevant' ? '' : row.text(key)) });

function beginRows(reading: Reading, row: GridRow, name: string): void {
  const { first, tell } = reading;
  if (rowsOf(reading)) tell(row.place('type'), { zh: '行里面不能再有行', en: 'rows have no rows in them' });
  const title = spokenIn(row, 'label', first, 200, tell) ?? { said: row.text('name') || name, english: null };
  const when = whenOf(reading, row);
  const question: Plain = { name, ...saidAs(title), widget: 'repeat', required: false, ...(when ? { when } : {}) };
  const rows = { question, of: [] };
  reading.open.push({ what: 'repeat', place: row.place('type'), when: [], names: new Set(), rows });
}

function end(reading: Reading, row: GridRow, what: Open['what']): void {
  const last = reading.open.at(-1);
  if (last?.what !== what) {
    reading.tell(row.place('type'), { zh: '没有和它配对的开头', en: 'nothing that it ends has begun' });
    return;
  }
  reading.open.pop();
  if (last.rows === null) return;
  if (last.rows.of.length === 0) reading.tell(last.place, { zh: '行里没有问题', en: 'the rows ask nothing' });
  else reading.questions.push({ ...last.rows.question, of: last.rows.of });
}
