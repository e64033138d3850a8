import type { Known } from './known.ts';
import type { Viewer } from './viewers.ts';
import type { Line } from './wire.ts';

/** Looks around as a few of the viewers, as people do before they act: what waits, what is there, what may be done. */
type Json = Readonly<Record<string, unknown>>;
type Ask = (path: string) => Promise<unknown>;

export interface Look {
  readonly line: Line;
  readonly known: Known;
  readonly viewers: readonly Viewer[];
  readonly turn: number;
}

const AT_ONCE = 5;

export async function lookAround({ line, known, viewers, turn }: Look): Promise<void> {
  const staff = viewers.filter(({ kind, realm, roles }) => kind === 'account' && realm === 1 && roles.length > 0);
  const some = Array.from({ length: AT_ONCE }, (_, i) => staff[(turn * AT_ONCE + i) % staff.length]);
  const neighbour = viewers.filter(({ realm, roles }) => realm === 2 && roles.length > 0)[turn % 3];
  await Promise.all(
    [...some, neighbour].map(async (viewer, i) => viewer && lookAs(viewer, asker(line, viewer, turn + i), known, turn)),
  );
  const [anyone] = viewers;
  if (anyone)
    for (const code of someCodes(known, turn)) await lookAtTrack(code, anyone, asker(line, anyone, turn), known);
}

const someCodes = (known: Known, turn: number): string[] =>
  Array.from({ length: 6 }, (_, i) => known.pick('code', turn * 6 + i, 1)).filter((code) => typeof code === 'string');

const asker =
  (line: Line, viewer: Viewer, from: number): Ask =>
  async (path) => {
    const headers = viewer.token === null ? [] : [['authorization', `Bearer ${viewer.token}`] as const];
    const sent = {
      ...{ method: 'GET', target: path, headers, body: null, viewer },
      ...{ language: 'zh' as const, isElsewhere: false, commands: [] },
    } as const;
    const { status, body } = await line.send(sent, from);
    return status === 200 ? JSON.parse(body.toString('utf8')) : null;
  };

const listed = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => String(value ?? '');

async function lookAs(viewer: Viewer, ask: Ask, known: Known, turn: number): Promise<void> {
  const [inbox, cases, messages, notices] = await Promise.all(
    ['/api/inbox?most=40', '/api/casefiles?most=40', '/api/messages?most=3', '/api/notices/unread'].map(ask),
  );
  for (const line of listed(messages)) known.note('message.read', viewer, text(line.id));
  for (const line of listed(notices)) known.note('notice.read', viewer, text(line.id));
  const duties = listed(inbox);
  for (const duty of duties.slice(0, 6)) {
    for (const wish of ['extension', 'suspension', 'appeal'])
      known.note(`adjustment.ask_${wish}`, viewer, text(duty.id));
    known.note('obligation.read', viewer, text(duty.id));
  }
  const ids = [...duties.map((duty) => duty.recordId), ...listed(cases).map((line) => line.id)].map(text);
  const chosen = [0, 1, 2, 3].map((i) => ids[(turn * 5 + i * 3) % Math.max(1, ids.length)] ?? '');
  await Promise.all([...new Set(chosen)].filter((id) => id !== '').map((id) => lookAtCase(id, viewer, ask, known)));
}

const reads = ['casefile.read', 'photo.list', 'adjustment.list', 'message.of_case', 'person.choices', 'casefile.alike'];

async function lookAtCase(id: string, viewer: Viewer, ask: Ask, known: Known): Promise<void> {
  const [file, photos, wishes] = await Promise.all(
    ['', '/photos', '/adjustments'].map((rest) => ask(`/api/casefiles/${id}${rest}`)),
  );
  const { can } = (file ?? {}) as { can?: unknown };
  for (const { command, allowed } of listed(can)) {
    if (allowed !== true) continue;
    known.note(`casefile.${command}`, viewer, id);
    known.note(`POST /console/cases/{id}/${command}`, viewer, id);
  }
  if (file !== null)
    for (const step of [...reads, 'photo.add', 'GET /console/cases/{id}']) known.note(step, viewer, id);
  for (const photo of listed(photos))
    for (const step of ['photo.open', 'photo.thumb']) known.note(step, viewer, text(photo.id));
  const decides = viewer.roles.some((role) => role === 'dispatcher' || role === 'leader');
  for (const wish of decides ? listed(wishes) : [])
    for (const step of ['second', 'grant', 'refuse']) known.note(`adjustment.${step}`, viewer, text(wish.id));
}

async function lookAtTrack(code: string, anyone: Viewer, ask: Ask, known: Known): Promise<void> {
  const { can } = ((await ask(`/api/track/${encodeURIComponent(code)}`)) ?? {}) as { can?: unknown };
  for (const { command, allowed } of listed(can)) {
    if (allowed !== true) continue;
    known.note(`track.${command}`, anyone, code);
    known.note(`POST /track/{code}/${command}`, anyone, code);
  }
}
