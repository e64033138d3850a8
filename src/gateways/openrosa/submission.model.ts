import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Answer, Answers, Question, Row } from '../../domains/land/registry/forms/form.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { openrosaProblems } from './openrosa.model.ts';
import { codeSent } from './xpath.model.ts';

/** What a client of OpenRosa sends in: which form, which submission, and the answers in our shape. Pure. */
export interface Submission {
  readonly formId: string;
  readonly version: string;
  readonly instanceId: string;
  /** The one it corrects. */
  readonly deprecatedId: string | null;
  readonly endedAt: string | null;
  readonly person: string;
  readonly result: string;
  readonly answers: Node;
}

type Node = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  ...{ ignoreAttributes: false, attributeNamePrefix: '@', removeNSPrefix: true, parseTagValue: false },
  ...{ parseAttributeValue: false, trimValues: true, processEntities: true, ignoreDeclaration: true },
});

/** Refused by `openrosa.not_read`, `openrosa.encrypted`. */
export function submissionIn(bytes: Buffer): Submission {
  const root = rootIn(bytes);
  const meta = nodeOf(root.meta);
  if (root['@encrypted'] !== undefined || root.base64EncryptedKey !== undefined)
    throw new Problem(openrosaProblems['openrosa.encrypted']);
  const instanceId = textOf(meta.instanceID);
  const formId = textOf(root['@id']);
  if (instanceId === '' || instanceId.length > 200 || formId === '') throw notRead();
  return {
    ...{ formId, version: textOf(root['@version']), instanceId, answers: nodeOf(root.answers) },
    deprecatedId: textOf(meta.deprecatedID) || null,
    endedAt: textOf(meta.timeEnd) || null,
    ...{ person: textOf(root.person), result: textOf(root.result) },
  };
}

const notRead = (): Problem => new Problem(openrosaProblems['openrosa.not_read']);

function rootIn(bytes: Buffer): Node {
  const text = bytes.toString('utf8');
  // Nothing of ours declares anything; whoever does wants to have something unfolded.
  if (/<!(DOCTYPE|ENTITY)/i.test(text) || XMLValidator.validate(text) !== true) throw notRead();
  const read = Object.entries(parser.parse(text) as Node).filter(([name]) => !name.startsWith('?'));
  const [[, root] = ['', null]] = read;
  if (typeof root !== 'object' || root === null) throw notRead();
  return root as Node;
}

const nodeOf = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {});

/** An element with attributes and a text is an object. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const inside = nodeOf(value)['#text'];
  return typeof inside === 'string' ? inside : '';
}

/** Empty is not answered. Refused by `openrosa.other_form` with the element that the form does not have. */
export function answersIn(questions: readonly Question[], node: Node): Answers {
  const stranger = Object.keys(node).find(
    (name) => !/^[@#]/.test(name) && !questions.some((question) => question.name === name),
  );
  if (stranger !== undefined) throw new Problem(openrosaProblems['openrosa.other_form'], { element: stranger });
  return Object.fromEntries(
    questions.flatMap((question) => {
      const answer = answerIn(question, node[question.name]);
      return answer === null || answer.length === 0 ? [] : [[question.name, answer] as const];
    }),
  );
}

function answerIn(question: Question, value: unknown): Answer | null {
  const { widget, of, options = [] } = question;
  if (widget === 'note' || value === undefined) return null;
  if (of) return rowsIn(of, value);
  const text = textOf(value);
  if (widget === 'place') return placeIn(text);
  if (widget !== 'choices') return text;
  const sent = text.split(/\s+/).filter(Boolean);
  return sent.map((code) => options.find((one) => codeSent(question, one.code) === code)?.code ?? code);
}

/** Rows that were added and left empty are none. */
function rowsIn(of: readonly Question[], value: unknown): Row[] {
  const rows = [value].flat().map((one) => answersIn(of, nodeOf(one)) as Row);
  return rows.filter((row) => Object.keys(row).length > 0);
}

/** Latitude, longitude, height, metres there; longitude, latitude, metres here. */
function placeIn(text: string): string {
  const [lat, lon, , metres] = text.split(/\s+/);
  return lat === undefined || lon === undefined ? text : [lon, lat, ...(metres ? [metres] : [])].join(',');
}
