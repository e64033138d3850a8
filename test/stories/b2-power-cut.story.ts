import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openCounty } from '../harness.ts';
import { area, body, look, MINUTE, owes, report, step } from '../telling.ts';

/*
 * B2, the power cut: eight high-rise buildings, an afternoon of online classes. Fast lane: desks have minutes, those
 * above hear at half time, eight buildings are told within a minute, the power company is there and repairs.
 */
const county = await openCounty();
const { as, anyone, clock, settle } = county;
const towers = Array.from({ length: 8 }, (_, i) => area(`tower-${i + 1}`));

test('八栋高层停电：一分钟告知，分钟计时，半小时复电', async () => {
  // 12:20, in the lunch break: the urgent clock does not know it.
  clock.moveTo(new Date('2026-03-05T04:20:00Z'));
  const [gao, fan, feng] = [await as('高明'), await as('范管家'), await as('冯电')];
  const [he, chen, jiang] = [await as('何静'), await as('陈敏'), await as('蒋涛')];

  const { id } = await report(
    fan,
    {
      channel: 'field',
      words: '青园小区 1–8 栋全部停电，配电房跳闸，电工判断是高压侧',
      place: { areaId: area('park-1'), words: '青园小区' },
      typeCode: 'high-rise-power-cut',
    },
    '/api/casefiles',
  );
  const notice = {
    id: randomUUID(),
    areaIds: towers,
    words: '供电公司正在赶来抢修，请勿乘电梯，有医疗设备用电的请告诉楼栋长。',
    public: true,
    untilAt: '2026-03-05T12:00:00Z',
    casefileId: id,
  };
  const issued = await gao.post('/api/notices', notice);
  expect(issued.body, JSON.stringify(issued.body)).toMatchObject({ noticeId: notice.id, told: 8 });
  const told = await gao.get(`/api/notices/${notice.id}/told`);
  expect(told.body).toHaveLength(8);
  expect(
    told.body.every((one: { toldAt: string }) => Date.parse(one.toldAt) - Date.parse('2026-03-05T04:20:00Z') < MINUTE),
  ).toBe(true);
  const lead = await as('邵英');
  expect((await lead.get('/api/notices/unread')).body).toHaveLength(1);
  await lead.post(`/api/notices/${notice.id}/read`);
  expect((await lead.get('/api/notices/unread')).body).toHaveLength(0);
  expect((await anyone.get(`/api/notices?areaId=${area('tower-3')}`)).body[0].words).toContain('请勿乘电梯');
  expect((await anyone.get(`/api/notices?areaId=${area('ferry-1')}`)).body).toHaveLength(0);

  // Five minutes to register; at half of them the leader hears of it, though nobody has touched it yet.
  expect(await owes(he, id)).toEqual(['casefile.register']);
  clock.advance(3 * MINUTE);
  await settle();
  expect((await jiang.get('/api/messages')).body[0].text.zh).toMatch(/受理立案.*请过问/);
  expect((await look(chen, id)).flags).toContain('escalated');

  await step(he, id, 'register', { conditionCode: 'high-rise-power-cut-many' });
  expect((await look(chen, id)).flags).not.toContain('escalated');
  await step(chen, id, 'dispatch', { bodyId: body('property') });
  await step(fan, id, 'send-back', { reason: 'needs_others', words: '高压设备要供电公司专业人员' });
  await step(chen, id, 'dispatch', { bodyId: body('power'), words: '请立即到场' });
  const dispatched = await look(chen, id);
  const handle = dispatched.duties.find(
    (duty: { duty: string; owedByName: string; endedAt: unknown }) =>
      duty.duty === 'casefile.handle' && duty.owedByName.includes('供电') && duty.endedAt === null,
  );
  expect(handle.timeLimit).toMatchObject({ unit: expect.stringMatching(/minutes|urgent_hours/) });

  clock.advance(10 * MINUTE);
  await step(feng, id, 'acknowledge');
  await step(feng, id, 'measure', { words: '到场，更换跌落式熔断器' });
  clock.advance(30 * MINUTE);
  await step(feng, id, 'feed-back', { words: '12:58 全部复电' });
  const zheng = await as('郑海');
  await step(zheng, id, 'verify', { words: '逐栋看过，电梯恢复' });
  await step(he, id, 'close', { outcome: 'resolved', publicText: '故障熔断器已更换，八栋全部复电。' });
  await settle();

  // The property company's own find: the community confirms, not the finder.
  await step(gao, id, 'answer', { answer: 'satisfied' });
  const end = await look(chen, id);
  expect(end).toMatchObject({ status: 'evaluated', answer: 'satisfied' });
  expect(end.duties.filter((duty: { clock: { late: boolean }; endedAt: unknown }) => duty.clock.late)).toEqual([]);
});
