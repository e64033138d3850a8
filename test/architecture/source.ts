import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * Sources as text. TypeScript 7 offers no parser to JavaScript, so a small scanner blanks what is not code, and imports
 * are read from what is left. Every view has the length and the lines of the original.
 */
export interface Source {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Comments blanked, and the insides of strings, templates and regular expressions too. */
  readonly code: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** As written: `zod`, `node:fs`, `../problem.ts`. */
  readonly from: string;
  /** The file meant, from the root of the repository; null for a package or a module of Node. */
  readonly target: string | null;
  /** Names taken in braces, by the name they have there; `*` for all of them. */
  readonly names: readonly string[];
  readonly line: number;
}

export type Tree = ReadonlyMap<string, Source>;

export function readTree(root: string, folders: readonly string[]): Tree {
  const there = folders.filter((folder) => existsSync(join(root, folder)));
  const paths = there.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      posix.join(folder, name.replaceAll('\\', '/')),
    ),
  );
  const sources = paths
    .filter((path) => /\.tsx?$/.test(path))
    .sort()
    .map((path) => sourceOf(path, readFileSync(join(root, path), 'utf8')));
  return new Map(sources.map((source) => [source.path, source]));
}

export function sourceOf(path: string, text: string): Source {
  const { bare, code } = viewsOf(text);
  return { path, text, code, imports: importsOf(path, bare, code) };
}

export const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/** Every place where `pattern` stands in the code, as `line: what stands there`. */
export function places(source: Source, pattern: RegExp): string[] {
  return [...source.code.matchAll(new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`))].map(
    (found) => `${lineOf(source.code, found.index)}: ${found[0].trim()}`,
  );
}

// ---------------------------------------------------------------------------------------------------------- imports

const withClause =
  /\b(?:import|export)\s*(?:type\s+)?((?:[\w$]+\s*,?\s*)?(?:\*(?:\s*as\s+[\w$]+)?|\{[^}]*\})?)\s*\bfrom\s*(['"])( *)\2/dg;
const sideEffect = /\bimport\s*()(['"])( *)\2/dg;
const called = /\b(?:import|require)\s*\(\s*()(['"`])( *)\2/dg;

function importsOf(path: string, bare: string, code: string): Import[] {
  return [withClause, sideEffect, called].flatMap((pattern) =>
    [...code.matchAll(pattern)].map((found) => {
      const [start, end] = found.indices?.[3] ?? [0, 0];
      const from = bare.slice(start, end);
      const target = from.startsWith('.') ? posix.join(posix.dirname(path), from) : null;
      return { from, target, names: namesIn(found[1] ?? ''), line: lineOf(code, found.index) };
    }),
  );
}

function namesIn(clause: string): string[] {
  const braces = /\{([^}]*)\}/.exec(clause)?.[1] ?? '';
  const named = braces.split(',').map(
    (part) =>
      part
        .replace(/^\s*type\s/, '')
        .trim()
        .split(/\s/)[0] ?? '',
  );
  return [...named.filter((name) => name !== ''), ...(clause.includes('*') ? ['*'] : [])];
}

// ---------------------------------------------------------------------------------------------------------- scanner

const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const string = /'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"/y;
/** From a backtick, or from the brace that ends `${…}`, to the next of the two. */
const template = /[`}](?:\\[\s\S]|\$(?!\{)|[^\\`$])*(?:`|\$\{)/y;
const regex = /\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//y;
/** Before a division stands a value; before a regular expression one of these, or nothing. */
const beforeRegex = /(?:[(,=:[!&|?{};+>]|\breturn|\btypeof|\bcase|^)\s*$/;

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

function viewsOf(text: string): { bare: string; code: string } {
  let [bare, code] = ['', ''];
  const open: ('brace' | 'template')[] = [];
  for (let at = 0; at < text.length; ) {
    const { kind, token } = tokenAt(text, at, open.at(-1) === 'template', code);
    if (kind === 'template') follow(token, open);
    else if (token === '{') open.push('brace');
    else if (token === '}') open.pop();
    bare += kind === 'comment' ? blank(token) : token;
    code += kind === 'comment' ? blank(token) : kind === 'code' ? token : hollow(token);
    at += token.length;
  }
  return { bare, code };
}

type Token = { kind: 'comment' | 'string' | 'template' | 'code'; token: string };

function tokenAt(text: string, at: number, inTemplate: boolean, before: string): Token {
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const first = text.charAt(at);
  const plain: Token = { kind: 'code', token: first };
  const as = (kind: Token['kind'], token: string | undefined): Token => (token ? { kind, token } : plain);
  if (first === '/' && /^\/[/*]/.test(text.slice(at, at + 2))) return as('comment', match(comment));
  if (first === '/' && beforeRegex.test(before.slice(-40))) return as('string', match(regex));
  if (first === "'" || first === '"') return as('string', match(string));
  if (first === '`' || (first === '}' && inTemplate)) return as('template', match(template));
  return plain;
}

/** A piece of a template opens or closes it, and hands over to code at `${`. */
function follow(token: string, open: ('brace' | 'template')[]): void {
  if (token.startsWith('}')) open.pop();
  if (token.endsWith('{')) open.push('template');
}

/** Keeps the marks at both ends. */
function hollow(token: string): string {
  const tail = token.endsWith('${') ? 2 : 1;
  return token[0] + blank(token.slice(1, -tail)) + token.slice(-tail);
}
