import fc from 'fast-check';
import type { Schema } from './document.ts';
import { alwaysSaid, hintFor, wholeLists, words } from './hints.ts';
import { withKeys } from './markers.ts';

/** Values that a schema takes, such as a person or a good client would send. */
export type Values = fc.Arbitrary<unknown>;

export function valuesOf(schema: Schema, operation: string, name: string): Values {
  const isList = schema.type === 'array' && !wholeLists.has(name);
  const hint = isList ? undefined : hintFor({ operation, name, isChoice: schema.enum !== undefined });
  if (hint) return hint;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => valuesOf(one, operation, name)));
  switch (schema.type) {
    case 'object':
      return objects(schema, operation);
    case 'array':
      return arrays(schema, operation, name);
    case 'string':
      return texts(schema);
    case 'integer':
      return wholes(schema);
    case 'number':
      return fc.double({ min: leastOf(schema, 0), max: mostOf(schema, 100), noNaN: true, ...openEnds(schema) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return words;
  }
}

/** Counts are small; a year is one of the first it may be. */
function wholes(schema: Schema): Values {
  const min = leastOf(schema, 1);
  return fc.integer({ min, max: Math.min(mostOf(schema, min + 50), min + 200) });
}

const leastOf = (schema: Schema, otherwise: number): number => schema.minimum ?? schema.exclusiveMinimum ?? otherwise;
const mostOf = (schema: Schema, otherwise: number): number => schema.maximum ?? schema.exclusiveMaximum ?? otherwise;
const openEnds = (schema: Schema) => ({
  minExcluded: schema.exclusiveMinimum !== undefined,
  maxExcluded: schema.exclusiveMaximum !== undefined,
});

/** Each part with its name, what may be absent sometimes absent. */
function objects({ properties = {}, required = [], additionalProperties }: Schema, operation: string): Values {
  const parts = Object.entries(properties).map(([name, part]) => {
    const values = valuesOf(part, operation, name);
    const isGiven = required.includes(name) || alwaysSaid.has(`${operation} ${name}`);
    const given = isGiven ? values : sometimes(values, name);
    return given.map((value) => [name, value] as const);
  });
  const more = typeof additionalProperties === 'object' ? namedParts(required, additionalProperties, operation) : [];
  return fc.tuple(...parts, ...more).map((entries) => withKeys(entries.filter(([, value]) => value !== undefined)));
}

/** What leads elsewhere, or closes a case to most, is rarely said. */
const sometimes = (values: Values, name: string): Values => {
  const isRare = ['areaId', 'confidential', 'leadBodyId', 'datum', 'code', 'accuracyM', 'stages'].includes(name);
  return fc.oneof({ weight: isRare ? 6 : 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: values });
};

const namedParts = (names: readonly string[], schema: Schema, operation: string) =>
  names.map((name) => valuesOf(schema, operation, name).map((value) => [name, value] as const));

function arrays({ prefixItems, items, minItems = 0, maxItems = 4 }: Schema, operation: string, name: string): Values {
  if (prefixItems) return fc.tuple(...prefixItems.map((one) => valuesOf(one, operation, name)));
  const item = valuesOf(typeof items === 'object' ? items : {}, operation, name);
  return fc.array(item, { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, minItems + 2)) });
}

function texts({ format, pattern, minLength = 0, maxLength = 200 }: Schema): Values {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date') return fc.constantFrom('2026-01-01', '2026-10-31', '2024-02-29');
  if (format === 'date-time') return fc.constantFrom('2026-01-01T00:00:00Z', '2026-10-31T08:00:00+08:00');
  if (format === 'base64') return fc.constantFrom('', 'cGVuZGluZw==');
  if (format === 'uri') return fc.constantFrom('https://example.com/');
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return words.map((text) => text.padEnd(minLength, '。').slice(0, maxLength));
}
