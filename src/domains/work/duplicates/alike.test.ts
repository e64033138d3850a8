import { describe, expect, it } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { area, HOUR, report, step } from '../../../../test/telling.ts';

const county = await openCounty();
const { as, anyone, clock } = county;
const alikeTo = async (by: Awaited<ReturnType<typeof as>>, id: string) =>
  (await by.get(`/api/casefiles/${id}/alike`)).body;
const keys = (found: { id: string }[]): string[] => found.map(({ id }) => id);

describe('可能是同一件事', () => {
  it('受理岗打开案卷，看见旁边先报的那件和理由；并进去就不再说', async () => {
    const he = await as('何静');
    const first = await report(anyone, { words: '二运巷口路面塌了个坑' });
    clock.advance(2 * HOUR);
    const second = await report(anyone, { words: '路面塌了，二运巷口' });
    const found = await alikeTo(he, second.id);
    expect(keys(found)).toContain(first.id);
    const one = found.find(({ id }: { id: string }) => id === first.id);
    expect(one.reasons.map(({ zh }: { zh: string }) => zh)).toEqual(expect.arrayContaining(['同一位置', '早 2 小时']));
    expect(one.line).toMatchObject({ number: first.number });
    // The earlier one does not repeat the later one.
    expect(keys(await alikeTo(he, first.id))).not.toContain(second.id);

    await step(he, second.id, 'merge', { intoId: first.id });
    expect(await alikeTo(he, second.id)).toEqual([]);
  });

  it('保密的不拿来比，也不说给谁；辖区以外的看不见；案卷看不见的，问也问不到', async () => {
    const he = await as('何静');
    const place = { ...inside(1, 1) };
    const secret = await report(anyone, { typeCode: 'neighbour-leak', place });
    clock.advance(HOUR);
    const open = await report(anyone, { place });
    expect(keys(await alikeTo(he, open.id))).not.toContain(secret.id);
    const away = await report(anyone, { place: { ...inside(0, 3) } });
    expect((await he.get(`/api/casefiles/${away.id}/alike`)).status).toBe(404);
  });

  it('只选了网格、没有坐标的，也看得见同一网格里先报的；别的网格的不说；案卷页上写着理由', async () => {
    const he = await as('何静');
    const inGrid = (key: string) => ({ areaId: area(key), words: '' });
    const words = '小区门口的路灯晚上不亮';
    const first = await report(anyone, { words, place: inGrid('station-3') });
    const away = await report(anyone, { words, place: inGrid('station-2') });
    clock.advance(3 * HOUR);
    const located = await report(anyone, { words: '门口的路灯晚上不亮了', place: { ...inside(2, 0), words: '' } });
    clock.advance(HOUR);
    const second = await report(anyone, { words: '小区门口路灯晚上不亮', place: inGrid('station-3') });
    const found = await alikeTo(he, second.id);
    expect(keys(found).sort()).toEqual([first.id, located.id].sort());
    expect(keys(found)).not.toContain(away.id);
    for (const one of found) {
      expect(one.metres).toBeNull();
      expect(one.reasons.map(({ zh }: { zh: string }) => zh)).toContain('同一网格');
      expect(one.reasons.map(({ en }: { en: string }) => en)).toContain('the same grid');
    }
    // The one with a point finds the one without.
    expect(keys(await alikeTo(he, located.id))).toContain(first.id);
    const page = await he.get(`/console/cases/${second.id}`);
    expect(page.body).toContain('可能是同一件事');
    expect(page.body).toContain('同一网格');
    expect(page.body).not.toContain('null');
  });

  it('不予立案的不说', async () => {
    const he = await as('何静');
    const place = { ...inside(0, 1) };
    const declined = await report(anyone, { place });
    await step(he, declined.id, 'decline', { outcome: 'not_found', publicText: '现场没有发现。' });
    clock.advance(HOUR);
    const next = await report(anyone, { place });
    expect(keys(await alikeTo(he, next.id))).not.toContain(declined.id);
  });
});
