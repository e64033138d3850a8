import type { Option } from '../../domains/land/registry/forms/form.model.ts';
import type { Grid, GridRow, Place, Tell } from './grid.model.ts';
import { type Spoken, spokenIn } from './spoken.model.ts';

/** The lists of the sheet `choices`. Pure. */
export interface ChoiceList {
  readonly options: readonly Option[];
}

const MOST = 50;

/** Of the lists that a question asks for; what stands in others is nobody's choice. */
export function choiceListsIn(
  grid: Grid | undefined,
  wanted: ReadonlySet<string>,
  first: string | null,
  tell: Tell,
): Map<string, ChoiceList> {
  const lists = new Map<string, Option[]>();
  for (const row of grid?.rows ?? []) {
    const list = row.text('list_name');
    if (!wanted.has(list)) continue;
    const options = lists.get(list) ?? [];
    lists.set(list, options);
    const option = optionIn(row, options, first, tell);
    if (option) options.push(option);
  }
  return new Map([...lists].map(([name, options]) => [name, { options }]));
}

function optionIn(row: GridRow, before: readonly Option[], first: string | null, tell: Tell): Option | null {
  const code = row.text('name');
  const label = spokenIn(row, 'label', first, 60, tell);
  const wrong = (place: Place, zh: string, en: string): null => {
    tell(place, { zh, en });
    return null;
  };
  if (code === '') return wrong(row.place('name'), '选项没有代码（name）', 'a choice has no name');
  if (code.length > 60) return wrong(row.place('name'), '选项的代码超过 60 个字', 'longer than 60 characters');
  if (label === null) return wrong(row.place('label'), '选项没有文字，图片不能当选项', 'a choice has no words');
  if (before.some((one) => one.code === code))
    return wrong(row.place('name'), '同一组里有两个一样的选项', 'the list has this choice twice');
  if (before.length === MOST) return wrong(row.place('name'), `一组最多 ${MOST} 个选项`, `at most ${MOST} choices`);
  return optionOf(code, label);
}

const optionOf = (code: string, { said, english }: Spoken): Option => ({
  ...{ code, label: said },
  ...(english === null ? {} : { en: english }),
});
