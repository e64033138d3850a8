import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkbookReply } from '../../../src/gateways/workbooks/workbook_worker.ts';
import { type Confined, openConfined } from '../../../src/kernel/confined.ts';
import { corpus } from './make.ts';
import { type Answer, type Score, score, total } from './score.ts';

/**
 * As `understandWorkbook` asks it, but one process for all files: to start one for each takes most of the time; and with
 * more than its ten seconds, since a machine that is busy with other tests says nothing of the reader.
 */
const worker = fileURLToPath(new URL('../../../src/gateways/workbooks/workbook_worker.ts', import.meta.url));
const MB = 1024 * 1024;
const limits = { memoryBytes: 512 * MB, atRestBytes: null, heapMb: 384, longestMs: 45_000 };

/** A file after which the process has much to throw away gets the next a new one. */
const LARGE = MB / 4;

let reader: Confined | null = null;
async function answer(bytes: Buffer): Promise<Answer> {
  if (reader === null || reader.hasDied()) reader = await openConfined(worker, limits);
  if (reader === null) return { crashed: 'the reader does not come up' };
  const outcome = await reader.ask(bytes);
  if (bytes.length > LARGE) await reader.stop();
  if ('died' in outcome) return outcome.died === 'crashed' ? { crashed: 'it died' } : { refused: 'workbook.too_big' };
  const reply = outcome.reply as WorkbookReply;
  return reply.done ? reply : { refused: `workbook.${reply.fault}` };
}

const scores: Score[] = [];

/** What was reached and what is wrong, for whoever mends the reader. */
function tell(): void {
  const shares = (['headers', 'mappings', 'bodies', 'refusals'] as const).map((what) => [what, total(scores, what)]);
  const right = scores.filter(({ wrong }) => wrong.length === 0).length;
  for (const { name, wrong } of scores) for (const one of wrong) console.error(`${name}: ${one}`);
  console.error(JSON.stringify({ files: { right, of: scores.length }, ...Object.fromEntries(shares) }));
}

beforeAll(async () => {
  for (const made of corpus) scores.push(score(made, await answer(Buffer.from(made.make()))));
  if (process.env.JINGWEI_CORPUS_WORDS !== undefined) tell();
});
afterAll(() => reader?.stop());

describe('难读的表格（自造）', () => {
  it('至少 120 份，名字不重', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(120);
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
  });

  it.each([
    ['表头', 'headers', 0],
    ['列是哪个字段', 'mappings', 4],
    ['行数、末行、合计、接续', 'bodies', 1],
    ['该拒的拒了，说对原因', 'refusals', 0],
  ] as const)('%s：不低于已达到的', (_what, what, most) => {
    const { right, of } = total(scores, what);
    const wrong = scores.flatMap((one) => one.wrong.map((words) => `${one.name}: ${words}`));
    expect(of - right, `${right}/${of}\n${wrong.join('\n')}`).toBeLessThanOrEqual(most);
  });
});
