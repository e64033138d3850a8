import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import { addedView } from './fields/added_view.model.ts';
import type { AddedField } from './fields/field.model.ts';
import { isOwnLedger, type OwnLedgerCode, ownLedgerSchema } from './own/own_ledger_code.model.ts';

/** The ledgers that every area keeps; what each is made of stands in `ledgers.model.ts`. */
export const ledgerCodes = ['residents', 'houses', 'enterprises', 'facilities'] as const;
export type LedgerCode = (typeof ledgerCodes)[number];
/** Or one that an area made itself. */
export type AnyLedgerCode = LedgerCode | OwnLedgerCode;
export const anyLedger = z.union([z.enum(ledgerCodes), ownLedgerSchema]);

/** A ledger (台账) is a view of facts: which fields, and by which of them one record is known from another. */
export interface Ledger {
  readonly code: AnyLedgerCode;
  readonly words: Words;
  readonly says: LedgerSays;
  readonly fields: readonly string[];
  /** What a record is called by in an own ledger, where that is not 名称: 桩号, 姓名. */
  readonly called?: string;
  /** Own fields that hold where it is looked at, the largest area first; those that are not retired are among its fields. */
  readonly added?: readonly AddedField[];
  /** Without these a row is nobody. */
  readonly required: readonly string[];
  /** Fields that together are a record's own, the surest first. */
  readonly knownBy: readonly Known[];
  /** Where both tell one of these and differ in it, they are two. */
  readonly apartBy: readonly string[];
  /** Fields by which one searches. */
  readonly soughtBy: readonly string[];
  /** Who has nothing but a name, and where such a one lives: of several called the same nobody knows which is meant. */
  readonly namesakes?: { readonly name: string; readonly home: string };
  /** What a record is called: the first field that is told. */
  readonly calledBy: readonly string[];
  /** Where one goes to see it and whom one meets there, besides what it is called. */
  readonly metAt: readonly string[];
  /** Columns of its list, besides what a record is called. */
  readonly listed: readonly string[];
  /** What is its own, so that a file with such columns is meant for it: beginnings of field codes. */
  readonly own: readonly string[];
  /** 联系电话 means the telephone of somebody else in each of them: by what the column is elsewhere, what it is here. */
  readonly reads: Readonly<Record<string, string>>;
}

/** One that every area keeps. */
export interface CommonLedger extends Ledger {
  readonly code: LedgerCode;
}

export const isCommon = (ledger: Ledger): ledger is CommonLedger => !isOwnLedger(ledger.code);

/** How one speaks of a ledger and of what stands in it. */
export interface LedgerSays {
  /** On its tab. */
  readonly tab: Words;
  /** `共 12 人`, `12 residents`. */
  readonly counted: Words;
  /** One of them. */
  readonly one: Words;
  /** A file of them. */
  readonly sheet: Words;
  /** Said of a row: it and another are one. */
  readonly same: Words;
  /** Said of two records: they are not one. */
  readonly two: Words;
  /** Looking for one: what, and by what. */
  readonly find: Words;
  readonly findBy: Words;
  /** Why somebody would have it deleted. */
  readonly removal: Words;
}

export interface Known {
  readonly fields: readonly string[];
  /** Only among those of the place a file was sent for: elsewhere somebody else has the same name and birthday. */
  readonly isLocal: boolean;
  /** Where several fit, somebody has to say which; else the first is taken. */
  readonly isSole?: true;
  /** What tells two apart that are alike in these alone. */
  readonly apartBy?: readonly string[];
}

export const residents: CommonLedger = {
  code: 'residents',
  words: { zh: '居民台账', en: 'residents' },
  says: {
    tab: { zh: '居民', en: 'Residents' },
    counted: { zh: '人', en: 'residents' },
    one: { zh: '一个居民', en: 'A resident' },
    sheet: { zh: '居民表', en: 'table of residents' },
    same: { zh: '是同一个人', en: 'the same person' },
    two: { zh: '是两个人', en: 'two people' },
    find: { zh: '找一个人', en: 'Find somebody' },
    findBy: { zh: '身份证号、电话或姓名，要写全', en: 'identity number, telephone or name, in full' },
    removal: { zh: '本人要求删除', en: 'The person asks to be forgotten' },
  },
  fields: [
    'person.name person.former_name person.sex person.nation person.born_on person.id_number person.paper_kind',
    'person.paper_number person.citizenship person.native_place person.birthplace person.phone person.vehicle_plate',
    'person.registered_at person.registration_kind person.population_kind person.residence person.lives_at',
    'person.dwelling_kind person.moved_in_on person.moved_in_why person.permit_number person.permit_until person.went_to',
    'person.went_on person.went_why person.schooling person.marital person.party person.is_party_member',
    'person.joined_party_on person.party_branch person.school person.school_class person.graduated_from',
    'person.graduated_on person.major person.occupation person.employment person.works_at person.post person.title',
    'person.skill person.employment_wish person.former_employer person.retired_on person.income person.volunteer',
    'person.veteran person.served_from person.served_to person.honoured person.health person.illness person.self_care',
    'person.has_disability person.disability person.disability_grade person.disability_number person.disability_until',
    'person.disability_aid person.aid_device person.due_on person.lives_alone person.living person.empty_nest',
    'person.children person.carer person.carer_relation person.carer_phone person.emergency_name',
    'person.emergency_relation person.emergency_phone guardian.name guardian.relation guardian.id_number guardian.phone',
    'person.need person.left_behind person.child_aid person.low_income person.low_income_number person.low_income_since',
    'person.low_income_amount person.destitute person.destitute_kind person.benefits person.elder_allowance',
    'person.elder_service person.pensioned person.pension_kind person.insured person.medical_kind person.bank',
    'person.bank_account person.wishes person.help person.helper person.helper_phone household.number household.relation',
    'household.head_name household.head_id_number household.head_phone household.kind household.size household.income',
    'household.income_each household.income_source household.labour household.gone household.land household.lifted',
    'household.watched household.watched_kind household.poor_why household.one_child place.compound place.group',
    'place.building place.entrance place.door row.remark',
  ]
    .join(' ')
    .split(' '),
  required: ['person.name'],
  knownBy: [
    { fields: ['person.id_number'], isLocal: false },
    { fields: ['person.name', 'person.phone'], isLocal: false },
    { fields: ['person.name', 'person.born_on'], isLocal: true },
    { fields: ['person.name', 'place.building', 'place.entrance', 'place.door'], isLocal: true },
    {
      ...{ fields: ['person.name', 'person.lives_at'], isLocal: true, isSole: true },
      apartBy: ['person.phone', 'place.building', 'place.entrance', 'place.door'],
    },
  ],
  apartBy: ['person.id_number', 'person.born_on', 'person.sex', 'place.compound'],
  soughtBy: ['person.id_number', 'person.phone', 'person.name'],
  calledBy: ['person.name'],
  metAt: ['place.home'],
  listed: ['person.sex', 'person.age', 'person.id_number', 'person.phone', 'place.home'],
  own: ['person.', 'household.', 'guardian.'],
  reads: {},
  namesakes: { name: 'person.name', home: 'person.lives_at' },
};

/** What somebody may enter by hand: the fields, and in which grid it lies, by the id of that area. */
export const enterableIn = ({ fields }: Ledger): readonly string[] => [...fields, 'place.grid'];

/** Who works with the ledgers, and who brings files in. */
export const ledgerReaders = ['grid_worker', 'grid_leader', 'community_head', 'registrar', 'leader'] as const;
export const ledgerKeepers = ['community_head', 'registrar'] as const;

export const verdicts = ['new', 'changed', 'same', 'duplicate', 'conflict', 'elsewhere', 'refused'] as const;
export type Verdict = (typeof verdicts)[number];

export const verdictWords: Readonly<Record<Verdict, Words>> = {
  new: { zh: '新增', en: 'new' },
  changed: { zh: '有改动', en: 'changed' },
  same: { zh: '没有变化', en: 'the same' },
  duplicate: { zh: '表里重复', en: 'twice in the file' },
  conflict: { zh: '与更新的说法不同', en: 'against something fresher' },
  elsewhere: { zh: '登记在别处', en: 'registered elsewhere' },
  refused: { zh: '要改', en: 'to be mended' },
};

export const stages = ['looking', 'looked', 'taking', 'taken', 'undoing', 'undone', 'dropped'] as const;
export type Stage = (typeof stages)[number];
export const stageWords: Readonly<Record<Stage, Words>> = {
  looking: { zh: '正在核对', en: 'being looked over' },
  looked: { zh: '核对好了，还没有入账', en: 'looked over, nothing taken in yet' },
  taking: { zh: '正在入账', en: 'being taken in' },
  taken: { zh: '已入账', en: 'taken in' },
  undoing: { zh: '正在撤回', en: 'being taken back' },
  undone: { zh: '已撤回', en: 'taken back' },
  dropped: { zh: '没有入账，已放下', en: 'put away, nothing taken in' },
};

/** A batch can be taken back for so long. */
export const UNDO_DAYS = 30;

export const words = z.object({ zh: z.string(), en: z.string() });
/** null: it is one that every area keeps. */
export const ownSaid = z
  .object({ name: z.string(), unit: z.string(), called: z.string() })
  .nullable()
  .describe('What an own ledger is called');

export const batchView = z.object({
  id: idSchema,
  ledger: anyLedger,
  own: ownSaid,
  areaId: idSchema,
  area: z.string(),
  stage: z.enum(stages),
  fileName: z.string().nullable().describe('null: the file is not kept any more'),
  sentBy: z.string(),
  isMine: z.boolean().describe('Whether the viewer sent it, and may have it back'),
  sentAt: z.date(),
  takenAt: z.date().nullable(),
  toldOn: z.string(),
  rows: z.number(),
  counts: z.partialRecord(z.enum(verdicts), z.number()),
  wrongCells: z.number().describe('Cells to be mended, in the rows that are refused'),
  kept: z.number().describe('Whom taking it back left whole, since somebody has worked on them'),
});

const column = z.object({
  column: z.string(),
  path: z.string().describe('What stands over it'),
  field: z.string().nullable().describe('Which field it holds; null: it is left out'),
  by: z.enum(['alias', 'path', 'values', 'memory', 'hand']).nullable().describe('How that is known'),
});

const toldRow = z.object({
  n: z.number(),
  where: z.string().describe('Sheet and row, as the spreadsheet says it'),
  name: z.string(),
  verdict: z.enum(verdicts),
  faults: z.array(z.object({ column: z.string().nullable(), says: words })),
  changes: z.array(
    z.object({ field: z.string(), name: words, from: z.string().nullable(), to: z.string(), taken: z.boolean() }),
  ),
});

export const batchDetail = batchView.extend({
  added: z.array(addedView).describe('Own fields of the ledger where the file belongs'),
  better: z.enum(ledgerCodes).nullable().describe('Another ledger that has a place for more of its columns'),
  tables: z.array(
    z.object({
      sheet: z.string(),
      range: z.string(),
      rows: z.number(),
      isTaken: z.boolean(),
      columns: z.array(column),
    }),
  ),
  fresh: z
    .object({
      rows: z.array(z.object({ where: z.string(), name: z.string() })),
      next: z.number().nullable().describe('The portion with which it goes on'),
    })
    .nullable()
    .describe('Who would be new, if it was asked'),
  told: z.array(toldRow).describe('Rows of which something is to be said, in the order of the file'),
  toldMore: z.boolean(),
  can: z.array(
    z.object({ act: z.enum(['take', 'undo', 'drop', 'map', 'turn']), allowed: z.boolean(), why: words.nullable() }),
  ),
});

export const factsForm = z.strictObject({
  values: z.record(z.string().max(60), z.string().max(200)).describe('By field; an empty text takes a value away'),
  confirmed: z.array(z.string().max(60)).max(200).optional().describe('Fields whose value still is so today'),
});
export const newRecordForm = z.strictObject({
  areaId: idSchema,
  ledger: anyLedger.default('residents'),
  values: z.record(z.string().max(60), z.string().max(200)).describe('By field; what is empty is not told'),
});
export const reasonForm = z.strictObject({ reason: z.string().trim().min(2).max(200) });
export const findForm = z.strictObject({
  words: z.string().trim().min(1).max(60),
  ledger: anyLedger.default('residents'),
});

export const ledgerProblems = defineProblems({
  'ledger.not_found': {
    status: 404,
    title: { zh: '台账里没有这一条', en: 'There is no such record' },
    hint: {
      zh: '可能已经迁出或删除，或不在您负责的地方。',
      en: 'It may have moved away or been deleted, or lies outside your area.',
    },
  },
  'ledger.there_already': {
    status: 409,
    title: { zh: '台账里已经有这一条', en: 'It is registered already' },
    hint: {
      zh: '没有再登记一遍。请先找到原来的那一条，在那里更正或补填；在别处登记过的，请镇街受理立案岗核实。',
      en: 'It was not written twice. Find the one that is there and correct or add to it; if it lies elsewhere, ask the registrar of the town.',
    },
  },
  'ledger.no_batch': {
    status: 404,
    title: { zh: '没有这个导入的文件', en: 'There is no such file' },
    hint: { zh: '请回到导入的清单。', en: 'Go back to the list of files.' },
  },
  'ledger.no_file': {
    status: 400,
    title: { zh: '没有选文件', en: 'No file was chosen' },
    hint: { zh: '请选一个表格文件（xlsx、xls、csv）。', en: 'Choose a spreadsheet (xlsx, xls, csv).' },
  },
  'ledger.empty_file': {
    status: 422,
    title: { zh: '文件是空的', en: 'The file is empty' },
    hint: {
      zh: '里面一个字也没有，没有保存任何内容。请用表格软件打开看看，存好再传。',
      en: 'There is nothing in it, and nothing was saved. Open it in a spreadsheet program, save it and send it again.',
    },
  },
  'ledger.file_too_large': {
    status: 413,
    title: { zh: '文件超过 20 MB', en: 'The file is larger than 20 MB' },
    hint: {
      zh: '没有保存任何内容。请删去图片和不用的工作表，或按社区分成几个文件。',
      en: 'Nothing was saved. Take out pictures and unused sheets, or split it, for example by community.',
    },
  },
  'ledger.no_table': {
    status: 422,
    title: { zh: '文件里没有找到{table}', en: 'No {tableEn} was found in the file' },
    hint: {
      zh: '要有一列是{columns}。没有保存任何内容；请看表头是否写全，再传一次。',
      en: 'One column must hold: {columnsEn}. Nothing was saved; look at the labels and send it again.',
    },
  },
  'ledger.other_table': {
    status: 422,
    title: { zh: '这像是{other}，不是{table}', en: 'This looks like a {otherEn}, not like a {tableEn}' },
    hint: {
      zh: '没有保存任何内容。请选“{ledger}”再传一次。',
      en: 'Nothing was saved. Choose the ledger of {ledgerEn} and send it again.',
    },
  },
  'ledger.of_tomorrow': {
    status: 422,
    title: { zh: '表里的情况不能是以后的', en: 'A file cannot tell of a day to come' },
    hint: {
      zh: '请填这张表是哪一天的情况。没有保存任何内容。',
      en: 'Give the day of which it tells. Nothing was saved.',
    },
  },
  'ledger.too_long_ago': {
    status: 422,
    title: { zh: '表里的情况不能早于 1900 年', en: 'A file cannot tell of a day before 1900' },
    hint: {
      zh: '请看年份是不是写错了。没有保存任何内容。',
      en: 'Look at the year again. Nothing was saved.',
    },
  },
  'ledger.too_many': {
    status: 422,
    title: { zh: '一个文件最多 {most} 行', en: 'At most {most} rows a file' },
    hint: {
      zh: '没有保存任何内容。请按社区分成几个文件。',
      en: 'Nothing was saved. Split it, for example by community.',
    },
  },
  'ledger.not_here': {
    status: 403,
    title: { zh: '只能为自己负责的地方导入', en: 'Only for an area you answer for' },
    hint: { zh: '请选您负责的社区或镇街。', en: 'Choose a community or township of yours.' },
  },
  'ledger.not_now': {
    status: 409,
    title: { zh: '现在不能这样做：{stage}', en: 'Not now: {stageEn}' },
    hint: { zh: '请刷新页面看现在的情况。', en: 'Reload the page to see where it stands.' },
  },
  'ledger.undo_late': {
    status: 409,
    title: { zh: '入账超过 {days} 天，不能整批撤回', en: 'Taken in more than {days} days ago' },
    hint: { zh: '有错的请打开那几条，逐条更正。', en: 'Correct what is wrong in the records themselves.' },
  },
  'ledger.file_gone': {
    status: 410,
    title: { zh: '原文件已不再保存', en: 'The file is not kept any more' },
    hint: { zh: '请用自己手里的文件再传一次。', en: 'Send your own copy again.' },
  },
  'ledger.wrong_column': {
    status: 422,
    title: { zh: '没有这一列，或不能填这个字段', en: 'No such column, or not for this field' },
    hint: { zh: '一个字段只能来自一列；请重新选。', en: 'A field comes from one column; choose again.' },
  },
  'ledger.wrong_value': {
    status: 422,
    title: { zh: '有的值填得不对', en: 'A value is not right' },
    hint: {
      zh: '没有保存。按旁边的原因改好，再提交。',
      en: 'Nothing was saved. Mend what is marked and submit again.',
    },
  },
  'ledger.nothing_masked': {
    status: 422,
    title: { zh: '这一条没有可看的号码', en: 'There is no number to be shown' },
    hint: { zh: '请回到这一条。', en: 'Go back to the record.' },
  },
});
