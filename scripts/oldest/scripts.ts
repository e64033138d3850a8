import { transform } from 'esbuild';
import { parseAst } from 'vite';
import type { Newer } from './known.ts';
import { OLDEST } from './known.ts';
import { newerFunctions } from './styles.ts';

/**
 * What a script asks of a browser newer than ours: globals, statics and methods by name, regular expressions, styles that
 * it writes itself, syntax. What the file also asks for, before it calls it, has its fallback.
 */
export async function newerInScript(code: string, newer: Newer): Promise<string[]> {
  const uses = new Map<string, { version: number; called: boolean; asked: boolean }>();
  const note = (what: string, version: number | undefined, how: 'called' | 'asked'): void => {
    if (version === undefined) return;
    const before = uses.get(what) ?? { version, called: false, asked: false };
    uses.set(what, { ...before, [how]: true });
  };
  const found: string[] = [];
  visit(parseAst(code, { lang: 'js' }) as unknown as Node, null, (node, parent) => {
    const how = howUsed(node, parent);
    if (node.type === 'MemberExpression' && !node.computed) {
      const name = node.property?.name ?? '';
      if (node.object?.type === 'Identifier')
        note(`${node.object.name}.${name}`, newer.statics.get(`${node.object.name}.${name}`), how);
      note(`.${name}()`, newer.methods.get(name), how);
    } else if (node.type === 'Identifier' && isFree(node, parent))
      note(node.name ?? '', newer.globals.get(node.name ?? ''), how);
    else if (node.type === 'Literal' && typeof node.value === 'string') found.push(...colours(node.value, newer));
    else if (node.type === 'TemplateElement') found.push(...colours(textOf(node), newer));
    else if (node.regex?.flags.includes('v')) found.push(`/${node.regex.pattern}/v (112)`);
    else if (node.regex && /\(\?[ims-]+:/.test(node.regex.pattern)) found.push(`${node.regex.pattern} (125)`);
  });
  for (const [what, { version, called, asked }] of uses) if (called && !asked) found.push(`${what} (${version})`);
  if (await hasNewerSyntax(code)) found.push('syntax that the build did not turn into older');
  return [...new Set(found)];
}

interface Node {
  readonly type: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly computed?: boolean;
  readonly optional?: boolean;
  readonly object?: Node;
  readonly property?: Node;
  readonly callee?: Node;
  readonly operator?: string;
  readonly regex?: { readonly pattern: string; readonly flags: string };
}

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string';

function visit(node: Node, parent: Node | null, look: (node: Node, parent: Node | null) => void): void {
  look(node, parent);
  for (const part of Object.values(node)) {
    if (Array.isArray(part)) for (const one of part) isNode(one) && visit(one, node, look);
    else if (isNode(part)) visit(part, node, look);
  }
}

/** Called, or looked at as one does who wants to know whether it is there. */
function howUsed(node: Node, parent: Node | null): 'called' | 'asked' {
  if ((parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && parent.callee === node)
    return parent.optional ? 'asked' : 'called';
  return node.type === 'Identifier' && parent?.type !== 'UnaryExpression' ? 'called' : 'asked';
}

/** Not the name of a member or of a key. */
function isFree(node: Node, parent: Node | null): boolean {
  if (parent?.type === 'MemberExpression' && parent.property === node && !parent.computed) return false;
  return !(parent && ['Property', 'MethodDefinition', 'PropertyDefinition'].includes(parent.type));
}

/** Of the functions of style sheets those that are no ordinary words of a program. */
const colours = (text: string, newer: Newer): string[] =>
  newerFunctions(text, newer).filter((name) => /-|^ok|^l(?:ab|ch)/.test(name));

const textOf = ({ value }: Node): string => (value as { readonly raw?: string } | undefined)?.raw ?? '';

/** What our browser reads needs no change for it. */
async function hasNewerSyntax(code: string): Promise<boolean> {
  const as = async (target: string): Promise<string> =>
    (await transform(code, { target, logLevel: 'silent', supported: { 'regexp-unicode-property-escapes': true } }))
      .code;
  return (await as(`chrome${OLDEST}`)) !== (await as('esnext'));
}
