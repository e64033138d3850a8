import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { idOf, inside } from '../../seeds/small/plan.ts';
import type { NewOp } from '../../src/web/field/engine/contract.ts';
import type { LabPhone } from './phone.ts';
import { area, type LabServer } from './server.ts';

/** What people do: on their phones, and at the desks meanwhile. */
const grids: Readonly<Record<string, readonly (readonly [column: number, row: number])[]>> = {
  wangxiulan: [[0, 0]],
  lijianguo: [[0, 0]],
  wufang: [
    [1, 0],
    [2, 0],
  ],
  zhenghai: [
    [0, 1],
    [1, 1],
  ],
  tianqing: [
    [0, 3],
    [1, 3],
  ],
  sunli: [
    [0, 0],
    [1, 0],
    [2, 0],
  ],
  gaoming: [
    [0, 1],
    [1, 1],
  ],
  luohe: [
    [0, 3],
    [1, 3],
  ],
};
/** In turns: of grids that change hands and of one that does not, of a community, of a body. */
export const crew = [...Object.keys(grids), 'caolu', 'xiegong'];

export const pick = <T>(chance: () => number, from: readonly T[]): T | undefined =>
  from[Math.floor(chance() * from.length)];
const TOWERS = ['tower-1', 'tower-2', 'tower-3'];
/** Mostly what can be done again and again, so that doing it twice would show; the rest as the table has it, possible or not. */
const commands = [
  ...Array.from({ length: 12 }, () => 'measure'),
  ...['acknowledge', 'acknowledge', 'feed_back', 'verify', 'rework', 'say', 'say', 'answer_check', 'send_back'],
];

/** Something to be done: a report of one's own grid, or a step on what one holds, possible or not. */
export async function somethingToDo(phone: LabPhone, chance: () => number, label: string): Promise<NewOp> {
  const own = grids[phone.login];
  if (own && chance() < 0.4) return aReport(phone, own, chance, label);
  const held = await phone.engine().held('casefile');
  const row = pick(chance, held);
  const command = pick(chance, commands) ?? 'measure';
  const id = row?.id ?? randomUUID();
  const forms: Readonly<Record<string, object>> = {
    acknowledge: {},
    answer_check: { found: 'as_reported', words: label },
    send_back: { reason: 'not_ours', words: label },
  };
  return {
    ...{ name: `casefile.${command}`, params: { id }, body: { ...(forms[command] ?? { words: label }) }, target: id },
    ...{ urgent: false, files: [] },
  };
}

async function aReport(
  phone: LabPhone,
  own: readonly (readonly [number, number])[],
  chance: () => number,
  label: string,
): Promise<NewOp> {
  const { login } = phone;
  const [column, row] = pick(chance, own) ?? [0, 0];
  const tower = login === 'zhenghai' || login === 'gaoming' ? pick(chance, TOWERS) : undefined;
  const place = tower && chance() < 0.6 ? { areaId: area(tower), words: '' } : { ...inside(column, row), words: '' };
  const casefileId = randomUUID();
  const urgent = chance() < 0.1;
  const body = {
    ...{ casefileId, reportId: randomUUID(), place, channel: 'field', urgent },
    // Now and then one that the server cannot take.
    words: chance() < 0.05 ? '' : label,
  };
  const files = chance() < 0.3 ? await aPhoto(phone, chance) : [];
  return { name: 'casefile.report', params: {}, body, target: casefileId, urgent, files };
}

/** None where there is no room for it. */
async function aPhoto(phone: LabPhone, chance: () => number): Promise<readonly string[]> {
  const [r = 0, g = 0, b = 0] = [chance(), chance(), chance()].map((share) => Math.floor(share * 256));
  const drawn = sharp({ create: { width: 32, height: 24, channels: 3, background: { r, g, b } } });
  const bytes = await drawn.jpeg({ quality: 100 }).toBuffer();
  return phone
    .engine()
    .keepFile(new Uint8Array(bytes), 'image/jpeg;stage=report')
    .then((hash) => [hash])
    .catch(() => []);
}

/** The desks register and dispatch what came in; what they are too late for is refused, which is no matter. */
export async function deskActs(server: LabServer, chance: () => number): Promise<void> {
  const open = await server.sql<{ id: string; status: string }>(
    `select id, status from casefile where realm = 1 and status in ('reported', 'registered') order by reported_at desc, id limit 20`,
  );
  const one = pick(chance, open);
  if (!one) return;
  const elsewhere = { place: { ...inside(...(pick(chance, Object.values(grids).flat()) ?? [0, 0])), words: '' } };
  const [command, by, form] =
    chance() < 0.25
      ? (['relocate', 'shenyue', elsewhere] as const)
      : one.status === 'reported'
        ? (['register', 'shenyue', { conditionCode: 'road-sunken-passable' }] as const)
        : (['dispatch', 'qianjin', { bodyId: idOf(1, 'body', 'works') }] as const);
  await server.ask(by, 'POST', `/api/casefiles/${one.id}/${command}`, { commandId: randomUUID(), ...form });
}

/** Dwellings with open cases change hands: a tower goes under a grid of another community, or back. */
export async function moveTowers(server: LabServer, keys: readonly string[], under: string): Promise<void> {
  for (const key of keys) {
    const body = { commandId: randomUUID(), parentId: area(under) };
    const { status, body: told } = await server.ask('admin', 'POST', `/api/areas/${area(key)}/move`, body);
    if (status !== 200) throw new Error(`the boundary does not change: ${JSON.stringify(told)}`);
  }
}
