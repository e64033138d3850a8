import type { Words } from '../../kernel/words.ts';
import type { Column, Grid, Place, Tell } from './grid.model.ts';

/** Columns and sheets that our forms have no place for: named where they are filled in, never passed over. Pure. */
const read: Readonly<Record<string, readonly string[]>> = {
  survey: ['type', 'name', 'label', 'hint', 'relevant', 'constraint', 'required', 'disabled'],
  choices: ['list_name', 'name', 'label'],
  settings: ['form_title', 'default_language'],
};

/** Without these another form would be asked. */
const stopping: Readonly<Record<string, Words>> = {
  default: { zh: '不能预填：台账里有的会自动带出来', en: 'nothing is filled in beforehand, except from the ledger' },
  readonly: { zh: '没有“只读”的问题，只说明的请用 note', en: 'no question is read-only; use a note' },
  calculation: { zh: '表里不能计算', en: 'a form of ours does not reckon' },
  choice_filter: { zh: '选项不能随前面的回答变', en: 'choices cannot depend on an earlier answer' },
  repeat_count: { zh: '行数不能由别的回答定', en: 'the number of rows cannot follow from an answer' },
  trigger: { zh: '不能由别的题触发', en: 'nothing is set off by another question' },
  public_key: { zh: '不收加密的表', en: 'encrypted forms are not taken' },
  submission_url: { zh: '回答只交到经纬，不能另交别处', en: 'answers come here, and nowhere else' },
  save_to: { zh: '不写进别的名单', en: 'nothing is written to lists of entities' },
};

const ownWords: Words = { zh: '没有收：填错时用经纬自己的话', en: 'not kept: faults are told in our own words' };
const looks: Words = { zh: '没有收：样子由经纬定', en: 'not kept: how it looks is decided here' };
const beside: Readonly<Record<string, Words>> = {
  ...{ constraint_message: ownWords, required_message: ownWords, appearance: looks, rows: looks, style: looks },
  ...{ media: { zh: '没有收：图片和声音', en: 'not kept: pictures and sound' } },
  ...{ guidance_hint: { zh: '没有收：给培训看的说明', en: 'not kept: guidance' } },
  ...{ form_id: { zh: '没有收：经纬自己编号', en: 'not kept: forms are numbered here' } },
  ...{ version: { zh: '没有收：经纬自己编版本', en: 'not kept: versions are counted here' } },
};
const unknown: Words = { zh: '没有收：不认识这一列', en: 'not kept: an unknown column' };

/** What stops is told cell by cell; the rest once, where the column first says something. */
export function tellOfColumns(sheet: 'survey' | 'choices' | 'settings', grid: Grid, tell: Tell): void {
  tellOfTwice(grid, tell);
  const told = new Set<number>();
  for (const { cells } of grid.rows)
    for (const { column, place } of cells) {
      const { key, at } = column;
      if (read[sheet]?.includes(key) || isHarmless(key, place)) continue;
      const stops = stopping[key] ?? (key.startsWith('bind::') ? unheldBind : undefined);
      if (stops === undefined && told.has(at)) continue;
      told.add(at);
      tell(place, stops ?? beside[key] ?? unknown, stops !== undefined);
    }
}

const unheldBind: Words = { zh: '不支持这种规定', en: 'this rule is not supported' };

/** What says no says nothing; how many lines a picture is wide, or how choices are set out, changes no answer. */
const isHarmless = (key: string, { found }: Place): boolean =>
  (key === 'readonly' && /^(no|false|false\(\))$/i.test(found)) ||
  (key === 'appearance' && /^(multiline|signature|minimal|compact|quick|horizontal|vertical|likert)$/i.test(found));

/** Only where both say something: an empty column beside the other says nothing. */
function tellOfTwice({ columns, rows }: Grid, tell: Tell): void {
  const said = (column: Column): boolean => rows.some(({ cells }) => cells.some((one) => one.column === column));
  const seen = new Set<string>();
  for (const column of columns.filter(said)) {
    const name = `${column.key} ${column.language ?? ''}`;
    if (seen.has(name) && !(column.key in beside))
      tell(column.place, { zh: '这一列有两个，不知道听哪个', en: 'this column is there twice' });
    seen.add(name);
  }
}

const sheets = ['survey', 'choices', 'settings'];
export function tellOfSheets(grids: ReadonlyMap<string, Grid>, tell: Tell): void {
  for (const [name, grid] of grids) {
    const place = grid.columns[0]?.place;
    if (sheets.includes(name) || place === undefined || grid.rows.length === 0) continue;
    const isMeant = ['entities', 'external_choices', 'osm'].includes(name);
    tell(
      place,
      isMeant
        ? { zh: '不支持这张工作表', en: 'this sheet is not supported' }
        : { zh: '没有读这张工作表', en: 'this sheet is not read' },
      isMeant,
    );
  }
}
