import type { Newer } from './known.ts';

/**
 * What a sheet asks of a browser newer than ours. A declaration that an older one stands before in the same block has its
 * fallback, and so has what stands inside `@supports`.
 */
export function newerInSheet(sheet: string, newer: Newer): string[] {
  const found: string[] = [];
  const note = (what: string, version: number | undefined): void => {
    if (version !== undefined) found.push(`${what} (${version})`);
  };
  for (const block of blocksOf(sheet)) {
    const [, rule] = /^@([\w-]+)/.exec(block.head) ?? [];
    if (rule !== undefined) note(`@${rule}`, newer.cssRules.get(rule));
    else
      for (const [, name = ''] of block.head.matchAll(/:{1,2}([a-z-]+)/g))
        note(`:${name}`, newer.cssSelectors.get(name));
    if (block.isNested) note('a rule inside a rule', 120);
    if (block.isSupports) continue;
    const declared = new Set<string>();
    for (const { property, value } of block.declarations) {
      const faults = newerInDeclaration(property, value, newer);
      if (!declared.has(property)) found.push(...faults);
      if (faults.length === 0) declared.add(property);
    }
  }
  return found;
}

function newerInDeclaration(property: string, value: string, newer: Newer): string[] {
  if (property.startsWith('--')) return newerFunctions(value, newer);
  const version = newer.cssProperties.get(property);
  if (version !== undefined) return [`${property} (${version})`];
  const words = value.split(/[\s,]+/).flatMap((word) => {
    const came = newer.cssValues.get(`${property}: ${word}`);
    return came === undefined ? [] : [`${property}: ${word} (${came})`];
  });
  return [...words, ...newerFunctions(value, newer)];
}

export const newerFunctions = (text: string, newer: Newer): string[] =>
  [...text.matchAll(/(?<![\w-])([a-z][a-z-]*)\(/g)].flatMap(([, name = '']) => {
    const version = newer.cssFunctions.get(name);
    return version === undefined ? [] : [`${name}() (${version})`];
  });

interface Block {
  readonly head: string;
  readonly isNested: boolean;
  readonly isSupports: boolean;
  readonly declarations: { readonly property: string; readonly value: string }[];
}

/** Braces and semicolons; strings and comments are put out of the way first. */
function blocksOf(sheet: string): Block[] {
  const text = sheet.replace(/\/\*.*?\*\//gs, '').replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  const all: Block[] = [];
  const open: Block[] = [];
  let part = '';
  const declare = (): void => {
    const at = part.indexOf(':');
    const [property, value] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    if (at > 0) open.at(-1)?.declarations.push({ property, value });
    part = '';
  };
  for (const letter of text) {
    if (letter === '{') {
      const [head, outer] = [part.trim(), open.at(-1)];
      const isNested = open.some((one) => !one.head.startsWith('@')) && !/^(?:from|to|[\d.]+%)/.test(head);
      const block = { head, isNested, declarations: [], isSupports: /^@supports/.test(head) || !!outer?.isSupports };
      all.push(block);
      open.push(block);
      part = '';
    } else if (letter === '}') {
      declare();
      open.pop();
    } else if (letter === ';') declare();
    else part += letter;
  }
  return all;
}
