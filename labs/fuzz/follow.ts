import type { Known } from './known.ts';
import type { Shot } from './storm.ts';
import { isGood } from './tally.ts';

/** What an answer gives its sender to go on with: a code, a token, a record of their own making. */
const own: Readonly<Record<string, readonly string[]>> = {
  'notice.issue': ['notice.told', 'notice.withdraw'],
  'zone.add': ['zone.read', 'zone.end'],
  'area.add': ['area.read', 'area.responsible', 'post.list'],
};

/** What the program names itself: where in the answer its id stands, and what is done with it next. */
const made: Readonly<Record<string, readonly [sign: RegExp, steps: readonly string[]]>> = {
  'directive_draft.save': [/"draftId":"([0-9a-f-]{36})"/, ['directive_draft.read', 'directive_draft.drop']],
  'person_request.write': [
    /"requestId":"([0-9a-f-]{36})"/,
    ['read', 'refuse', 'withdraw', 'nothing_kept'].map((step) => `person_request.${step}`),
  ],
};

const values = [
  ['code', /"trackingCode":"([^"]+)"/],
  ['token', /<token>([^<]+)<\/token>|"token":"([0-9a-f-]{36})"/],
  ['number sent', /<service_request_id>([^<]+)<|"service_request_id":"([^"]+)"/],
] as const;

export function follow({ operation, sent, answer }: Shot, known: Known): void {
  if (!isGood(answer.status) || operation.method !== 'POST' || answer.body.length > 20_000) return;
  const text = answer.body.toString('utf8');
  for (const [kind, sign] of values) {
    const found = sign.exec(text);
    const value = found?.[1] ?? found?.[2];
    if (value !== undefined) known.noteValue(kind, value);
  }
  const code = /^\/track\/([^/?]+)\?sent=1/.exec(String(answer.headers.location ?? ''))?.[1];
  if (code !== undefined) known.noteValue('code', code);
  const [sign, steps = []] = made[operation.name] ?? [];
  const named = sign?.exec(text)?.[1];
  if (named !== undefined) for (const step of steps) known.note(step, sent.viewer, named);
  const id = /"id":"([0-9a-f-]{36})"/.exec(sent.body?.toString('utf8') ?? '')?.[1];
  if (id !== undefined) for (const step of own[operation.name] ?? []) known.note(step, sent.viewer, id);
}
