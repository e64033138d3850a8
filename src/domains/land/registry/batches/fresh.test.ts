import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { idOf } from '../../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../../test/harness.ts';
import { invented, rowOf, titles } from '../fixtures/people.ts';

/** Who would be new, before a file is taken in: all of them, portion by portion, and nobody else. */
const { as, settle } = await openCounty();
const head = await as('孙丽');
const rows = Array.from({ length: 1100 }, (_, i) => rowOf(invented(i), i + 1));

async function send(given: readonly (readonly string[])[]): Promise<string> {
  const form = { commandId: randomUUID(), areaId: idOf(1, 'area', 'station'), toldOn: '2026-02-28' };
  const bytes = Buffer.from([titles, ...given].map((row) => row.join(',')).join('\n'));
  const sent = await head.upload('/api/ledger-batches', form, [{ name: '居民.csv', bytes }]);
  await settle();
  return `/api/ledger-batches/${sent.body.batchId}`;
}
interface Fresh {
  readonly rows: readonly { readonly where: string }[];
  readonly next: number | null;
}

async function allFresh(at: string): Promise<string[]> {
  const names: string[] = [];
  let from: number | null = 0;
  while (from !== null) {
    const fresh: Fresh = (await head.get<{ fresh: Fresh }>(`${at}?fresh=${from}`)).body.fresh;
    names.push(...fresh.rows.map(({ where }) => where));
    from = fresh.next;
  }
  return names;
}

it('一千多行分几段看完，一个不多一个不少；登记过的、要改的、重复的不在里面；入账以后没有名单', async () => {
  const first = await send(rows.slice(0, 600));
  expect((await head.get(first)).body.fresh).toBeNull();
  expect(await allFresh(first)).toHaveLength(600);
  await head.post(`${first}/take`);
  await settle();
  expect(await allFresh(first)).toEqual([]);
  const second = await send([...rows, rows[700] as string[], (rows[800] as string[]).with(1, '15人')]);
  expect((await head.get(second)).body.counts).toEqual({ same: 600, new: 500, duplicate: 1, refused: 1 });
  const fresh = await allFresh(second);
  expect(new Set(fresh).size).toBe(500);
  expect([fresh.length, fresh[0], fresh.at(-1)]).toEqual([500, 'csv!602', 'csv!1101']);
});
