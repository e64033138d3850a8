import type { ValueType } from './value.model.ts';

/**
 * How a fact is kept. `open`: tells of nobody by itself, so that it can be counted in the database. `sealed`: lies under the
 * key of the record and is read by whoever works with the ledger. `masked`: sealed, and shown with its middle covered
 * until somebody gives a reason.
 */
export type Secrecy = 'open' | 'sealed' | 'masked';

/**
 * The code of an own field says what it is and how its values lie: `own.text.sealed.<id>`. Neither ever changes, and so no
 * value can come to lie in clear because somewhere the table of fields was not asked.
 */
export const ownKinds = ['text', 'whole', 'decimal', 'date', 'yes_no', 'choice', 'phone'] as const;
export type OwnKind = (typeof ownKinds)[number];

const types: Readonly<Record<OwnKind, ValueType>> = {
  ...{ text: 'text', whole: 'whole', decimal: 'number', date: 'date', yes_no: 'yes_no', choice: 'choice' },
  phone: 'phone',
};

const CODE = /^own\.([a-z_]+)\.(open|sealed|masked)\.([0-9a-f-]{36})$/;

export const ownCode = (kind: OwnKind, secrecy: Secrecy, id: string): string => `own.${kind}.${secrecy}.${id}`;

export const isOwn = (code: string): boolean => CODE.test(code);

/** What the code alone tells; null: it is no own field's. */
export function ownIn(
  code: string,
): { readonly type: ValueType; readonly secrecy: Secrecy; readonly id: string } | null {
  const [, kind = '', secrecy = '', id = ''] = CODE.exec(code) ?? [];
  const type = ownKinds.find((one) => one === kind);
  return type === undefined ? null : { type: types[type], secrecy: secrecy as Secrecy, id };
}
