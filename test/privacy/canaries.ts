import { checkDigitOf } from '../../src/domains/land/registry/fields/value.model.ts';

/** A thousand people whom nobody meets by accident: two characters that stand in no word, numbers of no county. */
export interface Canary {
  readonly name: string;
  readonly id: string;
  readonly phone: string;
  readonly home: string;
  readonly registeredAt: string;
  readonly works: string;
  readonly remark: string;
  readonly grid: number;
}

const RARE = '鳱鵲';
const COUNTED = '零壹贰叁肆伍陆柒捌玖';
const spelled = (i: number): string => [...String(i).padStart(3, '0')].map((digit) => COUNTED[Number(digit)]).join('');
const two = (n: number): string => String(n).padStart(2, '0');

export const canaryAt = (i: number): Canary => {
  const head = `439907${1930 + (i % 60)}${two(1 + (i % 12))}${two(1 + (i % 28))}${String(i).padStart(3, '0')}`;
  const said = (what: string) => `${RARE}${what}${spelled(i)}`;
  return {
    ...{ name: said('氏'), id: `${head}${checkDigitOf(head)}`, phone: `17077${String(100_000 + i * 7)}` },
    ...{ home: said('巷'), registeredAt: said('村'), works: said('厂'), remark: said('注') },
    // Grids of four, three and three hundred.
    grid: [1, 1, 1, 1, 2, 2, 2, 3, 3, 3][i % 10] ?? 1,
  };
};
export const thousand: readonly Canary[] = Array.from({ length: 1000 }, (_, i) => canaryAt(i));

/** Words that are said of them later: in a visit, as a reason, as the name of a file. */
export const word = (what: string): string => `${RARE}${what}`;

const numbers: ReadonlySet<string> = new Set(thousand.flatMap(({ id, phone }) => [id, phone]));
const inBytes = (text: string, encoding: BufferEncoding): Buffer => Buffer.from(text, encoding);

/** The two rare characters, however they may be written down. */
const spellings: readonly Buffer[] = [
  inBytes(RARE, 'utf8'),
  inBytes(RARE, 'utf16le'),
  Buffer.from(RARE, 'utf16le').swap16(),
  inBytes(Buffer.from(RARE).toString('hex'), 'utf8'),
  inBytes(encodeURIComponent(RARE), 'utf8'),
  inBytes('\\u9cf1\\u9d72', 'utf8'),
  // Wherever it begins within base64, without the ends that the neighbours change.
  ...[0, 1, 2].map((before) => {
    const text = Buffer.from(`${'a'.repeat(before)}${RARE}`).toString('base64');
    return inBytes(text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + 6) * 8) / 6)), 'utf8');
  }),
];

/** What of them stands in there in clear; numbers also as hex digits. */
export function heard(given: string | Buffer): string[] {
  const bytes = typeof given === 'string' ? Buffer.from(given) : given;
  const found = spellings.flatMap((spelling) => {
    const at = bytes.indexOf(spelling);
    return at < 0 ? [] : [bytes.subarray(Math.max(0, at - 60), at + 60).toString()];
  });
  return [...found, ...numbersIn(bytes)];
}

function numbersIn(bytes: Buffer): string[] {
  const found: string[] = [];
  for (const [start, length] of [
    ['17077', 11],
    ['439907', 18],
  ] as const)
    for (const isHex of [false, true]) {
      const needle = Buffer.from(isHex ? Buffer.from(start).toString('hex') : start);
      for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) {
        const text = bytes.subarray(at, at + length * (isHex ? 2 : 1)).toString();
        const number = isHex ? Buffer.from(text, 'hex').toString() : text;
        if (numbers.has(number)) return [...found, number];
      }
    }
  return found;
}
