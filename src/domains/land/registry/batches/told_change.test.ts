import { expect, it } from 'vitest';
import { residents } from '../ledger.model.ts';
import {
  type Change,
  differencesOf,
  knownTexts,
  mayBe,
  nothingStands,
  rankOf,
  type Standing,
  tell,
} from './told_change.model.ts';

const change = (id: string, toldOn: string, values: Record<string, string>): Change => ({ id, toldOn, values });
const all = (changes: readonly Change[]): Standing => changes.reduce(tell, nothingStands);

it('后一天的说法算数，不管先到后到；同一天的，后到的算', () => {
  const [old, fresh] = [
    change('a', '2026-01-01', { 'person.phone': '1' }),
    change('b', '2026-02-01', { 'person.phone': '2' }),
  ];
  expect(all([old, fresh]).values).toEqual({ 'person.phone': '2' });
  expect(all([fresh, old]).values).toEqual({ 'person.phone': '2' });
  expect(all([fresh, change('c', '2026-02-01', { 'person.phone': '3' })]).values).toEqual({ 'person.phone': '3' });
});

it('同一天，手工填的不被那天的表盖掉；后一天的表算数', () => {
  const byHand = change('a', rankOf('2026-02-01', true), { 'person.phone': '1' });
  expect(all([byHand, change('b', '2026-02-01', { 'person.phone': '2' })]).values).toEqual({ 'person.phone': '1' });
  expect(all([byHand, change('c', '2026-02-02', { 'person.phone': '3' })]).values).toEqual({ 'person.phone': '3' });
});

it('空着的说法去掉一个值；更早的说法不让它回来', () => {
  const gone = all([
    change('a', '2026-01-01', { 'person.phone': '1' }),
    change('b', '2026-02-01', { 'person.phone': '' }),
  ]);
  expect(gone.values).toEqual({});
  expect(tell(gone, change('c', '2026-01-15', { 'person.phone': '1' })).values).toEqual({});
});

/** Numbers as good as by chance, the same each time. */
function* stream(seed: number): Generator<number> {
  for (let x = seed; ; ) {
    x = (x * 1103515245 + 12345) % 2147483648;
    yield x;
  }
}

it('随便怎么说：每个值都是最后一天最后一个说它的；拿掉一批再说一遍，等于从来没有那一批', () => {
  const next = stream(2026);
  const number = (most: number): number => (next.next().value ?? 0) % most;
  const fields = ['person.phone', 'person.lives_at', 'person.occupation', 'place.door'];
  for (let round = 0; round < 300; round += 1) {
    const changes = Array.from({ length: 1 + number(8) }, (_, i) => {
      const values = Object.fromEntries(
        fields.filter(() => number(2) === 0).map((field) => [field, number(4) === 0 ? '' : `${i}`]),
      );
      return change(`${i}`, `2026-01-0${1 + number(5)}`, values);
    });
    const standing = all(changes);
    for (const field of fields) {
      const said = changes.filter(({ values }) => values[field] !== undefined);
      const day = said
        .map(({ toldOn }) => toldOn)
        .sort()
        .at(-1);
      const last = said.findLast(({ toldOn }) => toldOn === day);
      expect(standing.values[field] ?? '').toBe(last?.values[field] ?? '');
      const setters = standing.setters.filter((one) => one.fields.includes(field));
      expect(setters.map((one) => one.change)).toEqual(last ? [last.id] : []);
    }
    const batch = `${number(changes.length)}`;
    const without = changes.filter(({ id }) => id !== batch);
    expect(all(without)).toEqual(without.reduce(tell, nothingStands));
    expect(all(without).setters.some((one) => one.change === batch)).toBe(false);
  }
});

it('表里说的与现在的不同：说出旧值新值；现在的更新，就不改', () => {
  const standing = all([change('a', '2026-02-01', { 'person.phone': '2', 'person.born_on': '1950-03-12' })]);
  const row = { 'person.phone': '1', 'person.born_on': '1950-03', 'place.door': '3' };
  expect(differencesOf(standing, row, '2026-01-01')).toEqual([
    { field: 'person.phone', from: '2', to: '1', taken: false },
    { field: 'place.door', from: null, to: '3', taken: true },
  ]);
});

it('号码认人；没有号码的按姓名加电话、姓名加门牌；号码不同就不是一个人', () => {
  const texts = knownTexts(residents, {
    'person.name': '甲',
    'person.phone': '1',
    'place.building': '3',
    'place.door': '2',
  });
  expect(texts.map(({ kind }) => kind)).toEqual([
    'person.name+person.phone',
    'person.name+place.building+place.entrance+place.door',
    'person.phone',
    'person.name',
  ]);
  expect(mayBe(residents, { 'person.id_number': 'a' }, { 'person.id_number': 'b' })).toBe(false);
  expect(mayBe(residents, { 'person.id_number': 'a' }, {})).toBe(true);
  expect(mayBe(residents, { 'person.born_on': '1950-03-12' }, { 'person.born_on': '1950-03' })).toBe(true);
  expect(mayBe(residents, { 'person.born_on': '1950-03-12' }, { 'person.born_on': '1980-01-01' })).toBe(false);
});

it('只说到月的生日不拿来认人：同名同月的很多', () => {
  const kinds = (born: string) =>
    knownTexts(residents, { 'person.name': '甲', 'person.born_on': born }).map(({ kind }) => kind);
  expect(kinds('1950-03')).toEqual(['person.name']);
  expect(kinds('1950-03-12')).toEqual(['person.name+person.born_on', 'person.name']);
});
