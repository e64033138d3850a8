import { XMLBuilder } from 'fast-xml-parser';

/** One value in two forms. What XML 1.0 cannot hold is replaced before either is made, so that both say the same. */
export type Format = 'json' | 'xml';

export const typeOf = (format: Format): string =>
  `${format === 'xml' ? 'text/xml' : 'application/json'}; charset=utf-8`;

const builder = new XMLBuilder({ format: true, indentBy: '  ', suppressEmptyNode: false, processEntities: true });

/** `{ services: { service: [ … ] } }`: a list stands under the name of its elements, each in an element of its own. */
export const toXml = (root: object): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n${builder.build(withoutNulls(root))}`;

export const toJson = (value: unknown): string => JSON.stringify(value);

/** An element without content stands for what JSON calls null. */
function withoutNulls(value: unknown): unknown {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutNulls(part)]));
}

const unspeakable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** The replacement sign for control characters and halves of characters, in every text. */
export function speakable<T>(value: T): T {
  if (typeof value === 'string') return value.replace(unspeakable, '\ufffd') as T;
  if (Array.isArray(value)) return value.map(speakable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, speakable(part)])) as T;
}
