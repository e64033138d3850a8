import { describe, expect, test } from 'vitest';
import { Problem } from '../../kernel/problem.ts';
import { readAttributes } from './attribute.model.ts';
import type { Attribute } from './open311.model.ts';

/** Attributes of every kind the standard has; ours are of one kind, those of a county may be of others. */
const attribute = (more: Partial<Attribute>): Attribute => ({
  ...{ variable: true, code: 'a', datatype: 'string', required: false, order: 1 },
  ...{ datatype_description: '', description: '', values: [] },
  ...more,
});
const values = ['red', 'green', 'blue'].map((key) => ({ key, name: key }));
const faults = (asked: Attribute, given: readonly string[]): string[] => {
  try {
    readAttributes([asked], { a: given });
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.faults.map(({ path, says }) => `${path} ${says.en}`);
  }
};

describe('attribute 的值', () => {
  test('多值列表收几个值，每个都要在列表里', () => {
    const list = attribute({ datatype: 'multivaluelist', values });
    expect(readAttributes([list], { a: ['red', 'blue'] }).get('a')).toEqual(['red', 'blue']);
    expect(faults(list, ['red', 'black'])).toEqual(['attribute[a] is not one of the values listed']);
    expect(faults(list, [])).toEqual([]);
    expect(faults({ ...list, required: true }, ['', ''])).toEqual(['attribute[a] is required']);
  });

  test('单值列表、数字、时间：不对的说得出', () => {
    expect(faults(attribute({ datatype: 'singlevaluelist', values }), ['red', 'blue'])).toHaveLength(1);
    expect(faults(attribute({ datatype: 'number' }), ['3.5'])).toEqual([]);
    expect(faults(attribute({ datatype: 'number' }), ['三'])).toEqual(['attribute[a] is not a number']);
    expect(faults(attribute({ datatype: 'datetime' }), ['2026-03-01T08:00:00+08:00'])).toEqual([]);
    expect(faults(attribute({ datatype: 'datetime' }), ['2026-03-01 08:00'])).toHaveLength(1);
    expect(faults(attribute({ datatype: 'text' }), ['随便写'])).toEqual([]);
  });

  test('没有问的不读，问了没有答的不算', () => {
    expect([...readAttributes([attribute({})], { b: ['x'], constructor: ['y'] })]).toEqual([]);
  });
});
