/** What no answer may show of the inside: where it was thrown, what was asked of the database, how things are called. */
const signs: readonly (readonly [string, RegExp])[] = [
  ['a stack trace', /\n\s+at .{0,200}:\d+:\d+/],
  [
    'a path of the machine',
    /node_modules|file:\/\/|\/(?:tmp|home|root|usr|var)\/[a-z]|\/src\/[a-z]+\/|\b[a-z_.]+\.ts:\d+/,
  ],
  ['SQL', /\b(?:select\s.{1,200}\sfrom\s|insert into\s|update\s\w+\sset\s|delete from\s)/is],
  [
    'the database',
    /violates|relation "|column "|syntax error at|duplicate key|invalid input syntax|out of range for type|jingwei_(?:app|system|jobs|owner|keeper|super)|permission denied|deadlock|pg_catalog|SQLSTATE/i,
  ],
  [
    'a fault of the language',
    /\b(?:Type|Range|Reference|Syntax|Zod|Postgres|Fastify|Assertion)Error\b|FST_ERR|ERR_[A-Z]{3,}|\bECONN|Cannot (?:read|convert|set|destructure)|is not (?:a function|iterable|defined)|Unexpected (?:token|end)|\[object \w+\]|\bundefined\b/,
  ],
];

/** Words that a page tells by itself are no leak: what a question said, its answer may repeat. */
export function leaksIn(text: string, said: string): string[] {
  return signs.flatMap(([what, sign]) => {
    const found = sign.exec(text);
    if (!found || said.includes(found[0])) return [];
    return [`${what}: ${JSON.stringify(text.slice(Math.max(0, found.index - 40), found.index + 120))}`];
  });
}
