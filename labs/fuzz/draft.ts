import fc from 'fast-check';
import type { Operation } from './document.ts';
import { hintFor, kindInPath } from './hints.ts';
import { Marker } from './markers.ts';
import { valuesOf } from './values.ts';

/** A request before it is one: what to ask, by whom, with ids still to be settled. Spoiling works on this. */
export interface Draft {
  readonly operation: Operation;
  readonly method: string;
  /** Who asks, as a number into those who may, or into all. */
  readonly who: Marker;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: readonly (readonly [string, unknown])[];
  readonly body: unknown;
  readonly headers: readonly (readonly [string, string])[];
  /** Instead of all that is made of the above. */
  readonly raw: { readonly target?: string; readonly type?: string | null; readonly bytes?: (text: string) => Buffer };
  readonly language: 'zh' | 'en';
}

/** Somebody whom the operation names; anybody at all. */
export const ADMITTED = 'admitted';
export const ANYBODY = 'anybody';

/** As a client that read the document would send it. */
export function goodDrafts(operation: Operation): fc.Arbitrary<Draft> {
  const { name, path, parameters, body } = operation;
  const params = parameters.filter((one) => one.in === 'path');
  const query = parameters.filter((one) => one.in === 'query');
  return fc
    .record({
      who: fc.nat(9999).map((n) => new Marker(ADMITTED, n)),
      params: fc.record(
        Object.fromEntries(
          params.map((one) => [
            one.name,
            hintFor({ operation: name, name: one.name }) ??
              fc.nat(9999).map((n): unknown => new Marker(kindInPath(path, one.name), n)),
          ]),
        ),
      ),
      query: fc.tuple(
        ...query.map((one) => {
          const values = valuesOf(one.schema, name, one.name).map((value) => [[one.name, value] as const]);
          return one.required ? values : fc.option(values, { nil: [], freq: 2 });
        }),
      ),
      body: body === null ? fc.constant(undefined) : valuesOf(body, name, ''),
      language: fc.constantFrom('zh' as const, 'en' as const),
    })
    .map(({ query: given, ...rest }) => ({
      ...rest,
      ...{ operation, method: operation.method, query: given.flat(), headers: [], raw: {} },
    }));
}
