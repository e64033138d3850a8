import { z } from 'zod';
import type { Words } from '../../../kernel/words.ts';

/**
 * The robot of a chat group: a web address that takes one line of text as JSON. The kinds of chat differ in the frame
 * around the text and in the field that says whether they took it; both are data.
 */
interface Shape {
  readonly name: Words;
  /** The text stands where `{text}` does. */
  readonly body: object;
  /** They answer 200 to everything; this field is 0 when the line was taken. */
  readonly verdict: string;
}

export const robotShapes = {
  wecom: {
    name: { zh: '企业微信', en: 'WeCom' },
    body: { msgtype: 'text', text: { content: '{text}' } },
    verdict: 'errcode',
  },
  dingtalk: {
    name: { zh: '钉钉', en: 'DingTalk' },
    body: { msgtype: 'text', text: { content: '{text}' } },
    verdict: 'errcode',
  },
  feishu: {
    name: { zh: '飞书', en: 'Feishu' },
    body: { msg_type: 'text', content: { text: '{text}' } },
    verdict: 'code',
  },
} as const satisfies Record<string, Shape>;
export type ShapeName = keyof typeof robotShapes;
const shapeOf = (name: string): Shape => robotShapes[name as ShapeName] ?? robotShapes.wecom;

export const robotBody = (shape: string, text: string): string =>
  JSON.stringify(shapeOf(shape).body, (_key, value) => (value === '{text}' ? text : value));

/** As it came back, or why nothing did. */
type Heard = { readonly status: number; readonly bytes: { toString(): string } } | { readonly fault: string };

/** Null: the group has it. Otherwise why not, in a word; of what they wrote only the number is passed on. */
export function verdictIn(shape: string, heard: Heard): string | null {
  if ('fault' in heard) return heard.fault;
  if (heard.status < 200 || heard.status > 299) return `status ${heard.status}`;
  const code = readCode(heard.bytes.toString(), shapeOf(shape).verdict);
  return code === 0 ? null : code === null ? 'no_verdict' : `refused ${code}`;
}

function readCode(text: string, field: string): number | null {
  try {
    const answer: unknown = JSON.parse(text);
    return z.looseObject({ [field]: z.int() }).parse(answer)[field] as number;
  } catch {
    return null;
  }
}
