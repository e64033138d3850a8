import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { HOUR, MINUTE, report, step } from '../../../../test/telling.ts';
import { texts } from './message.model.ts';

const county = await openCounty();
const { as, anyone, clock, settle, sql } = county;
interface Told {
  readonly id: string;
  readonly text: { zh: string; en: string };
  readonly recordId: string;
  readonly to: string;
}
const unread = async (name: string): Promise<Told[]> => (await (await as(name)).get('/api/messages')).body;

describe('说的话', () => {
  it('每一句都有中文和英文，要填的名字两边一样', () => {
    for (const [code, { zh, en }] of Object.entries(texts)) {
      const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '').sort();
      expect(zh, code).toMatch(/\p{Script=Han}/u);
      expect(en, code).not.toMatch(/\p{Script=Han}/u);
      expect(names(en), code).toEqual(names(zh));
    }
  });

  it('没有一句只说“已办结”就完：结果、期限、单位说得出', async () => {
    const { code, number } = await report(anyone);
    await settle();
    const { messages } = (await anyone.get(`/api/track/${code}`)).body;
    expect(messages[0].text.zh).toContain(number);
    expect(messages[0].text.zh).toMatch(/\d\d-\d\d\(周[一-日]\)\d\d:\d\d/);
    expect(JSON.stringify(messages)).not.toMatch(/[{}]\w+[}]|undefined|null,"words":"null|\[object/);
  });
});

describe('提醒', () => {
  it('快到期提醒本岗位，超期告诉上面；看过就没有了', async () => {
    const { id } = await report(anyone);
    await settle();
    const about = async (name: string) => (await unread(name)).filter(({ recordId }) => recordId === id);
    expect(await about('何静')).toEqual([]);
    clock.advance(50 * MINUTE);
    await settle();
    const [near] = await about('何静');
    expect(near).toMatchObject({ recordId: id, text: { zh: expect.stringContaining('快到期了') } });
    expect(await about('陈敏')).toEqual([]);
    clock.advance(20 * MINUTE);
    await settle();
    expect((await about('陈敏')).map(({ text }) => text.zh)).toEqual([expect.stringContaining('超期了')]);
    expect(await about('蒋涛')).toHaveLength(1);
    const he = await as('何静');
    expect((await he.post(`/api/messages/${near?.id}/read`)).body).toEqual({ read: 1 });
    expect((await he.post(`/api/messages/${near?.id}/read`)).body).toEqual({ read: 0 });
    expect((await unread('何静')).map(({ id: one }) => one)).not.toContain(near?.id);
  });

  it('别人的提醒看不到，也不能替别人看过', async () => {
    const [message] = await unread('陈敏');
    expect((await unread('曹路')).map(({ id }) => id)).not.toContain(message?.id);
    expect((await (await as('曹路')).post(`/api/messages/${message?.id}/read`)).body.read ?? 0).toBe(0);
    expect((await unread('陈敏')).map(({ id }) => id)).toContain(message?.id);
  });

  it('没有的、别人的消息：台账里不留“看过”', async () => {
    const counted = async () => (await sql(`select 1 from entry where kind = 'message.read'`)).length;
    const before = await counted();
    await (await as('曹路')).post(`/api/messages/${randomUUID()}/read`);
    expect(await counted()).toBe(before);
  });
});

describe('给报事人的', () => {
  it('工作人员留的话、结案的说明，凭查询码看得到；库里是封着的', async () => {
    const { id, code } = await report(anyone);
    await step(await as('何静'), id, 'say', { words: '请问是哪个单元门口？' });
    await settle();
    const { messages } = (await anyone.get(`/api/track/${code}`)).body;
    expect(messages.at(-1)).toMatchObject({ words: '请问是哪个单元门口？' });
    const kept = await sql<{ text: string }>('select to_jsonb(m)::text as text from message m');
    expect(kept.filter(({ text }) => text.includes('哪个单元'))).toEqual([]);
    clock.advance(HOUR);
  });

  it('钥匙销毁以后，话没有了，别的还在', async () => {
    const { id, code, reportId } = await report(anyone);
    await step(await as('何静'), id, 'say', { words: '将被忘记的话' });
    await settle();
    await sql('delete from data_key where subject_id = $1', [reportId]);
    const tracked = await anyone.get(`/api/track/${code}`);
    expect(tracked.status).toBe(200);
    expect(tracked.body.messages.at(-1)).toMatchObject({ words: null, text: { zh: expect.any(String) } });
    expect((await (await as('何静')).get(`/api/casefiles/${id}/told`)).status).toBe(200);
  });

  it('看不了案卷的人，看不到告诉过谁什么', async () => {
    const { id } = await report(anyone);
    await settle();
    expect((await (await as('罗河')).get(`/api/casefiles/${id}/told`)).body).toEqual([]);
    expect((await (await as('何静', 2)).get(`/api/casefiles/${id}/told`)).body).toEqual([]);
    expect((await (await as('何静')).get(`/api/casefiles/${id}/told`)).body.length).toBeGreaterThan(0);
  });
});
