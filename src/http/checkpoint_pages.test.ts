import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { area } from '../../test/telling.ts';

/** Checkpoints at the desk: what was refused stands at its own field with what was typed, and a list says what there is. */
const county = await openCounty();
const [sun, wang] = [await county.as('孙丽'), await county.as('王秀兰')];
const HOME = '/console/checkpoints';
const html = { accept: 'text/html', 'accept-language': 'zh' };
const asText = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));
const page = async (path: string, who = sun) => asText((await who.get<string>(path, html)).body);
const post = async (path: string, fields: object, who = sun) => {
  const { status, body } = await who.post<string>(path, { commandId: randomUUID(), ...fields });
  return { status, page: asText(body) };
};

const pass = { zh: '凭卡进出', en: '' };
const rule = { pass, asks: ['plate', 'phone'], purpose: '查找同行的人', keepDays: 7, disinfectMin: null };
const setUp = async (): Promise<string> => {
  const { body } = await sun.post('/api/checkpoints', {
    ...{ name: '南门', kind: 'residence', areaId: area('station'), point: null, opens: '00:00', closes: '00:00' },
    rules: { normal: rule, emergency: rule },
  });
  await county.settle();
  return body.checkpointId;
};

it('没写好的，错在哪一栏就标在哪一栏，写的都留着', async () => {
  const at = `${HOME}/${await setUp()}`;
  const day = new Date(county.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const shift = {
    fromDay: day,
    toDay: day,
    fromTime: '00:00',
    toTime: '00:00',
    personId: '',
    side: 'property',
    unit: '',
  };
  const nobody = await post(`${at}/shifts`, { ...shift, guardName: '' });
  expect([nobody.status, nobody.page.includes('id="guardName-fault"')]).toEqual([422, true]);
  await post(`${at}/shifts`, { ...shift, guardName: '保安老张' });
  const shiftId = /name="shiftId" value="([^"]+)"/.exec(await page(at, wang))?.[1];
  await post(`${at}/take-up`, { shiftId, open: '' }, wang);

  const values = { 'values.plate': '🚗🚗', 'values.phone': 'abc' };
  const wrong = await post(
    `${at}/passages`,
    { traveller: 'vehicle', count: '1', reason: '', passed: 'yes', ...values },
    wang,
  );
  expect(wrong.status).toBe(422);
  for (const part of ['id="ask-plate-fault"', 'id="ask-phone-fault"', 'value="🚗🚗"', 'value="abc"'])
    expect(wrong.page).toContain(part);
  const many = await post(
    `${at}/passages`,
    { traveller: 'people', count: '12000', reason: '没有卡', passed: 'no' },
    wang,
  );
  expect([many.status, many.page.includes('id="count-fault"'), many.page.includes('value="12000"')]).toEqual([
    ...[422, true, true],
  ]);
  const short = await post(`${at}/begin-emergency`, { switchReason: '急' });
  expect([short.status, short.page.includes('id="switchReason-fault"'), short.page.includes('value="急"')]).toEqual([
    ...[422, true, true],
  ]);
  expect(short.page).not.toContain('id="reason-refused-fault"');
});

it('设卡口时“谁能过”没写，标在那一栏；一个在用的都没有，清单照实说', async () => {
  const form = { name: '北门', areaId: area('station'), kind: 'residence', opens: '08:00', closes: '20:00' };
  const rules = { normalKeepDays: '7', emergencyKeepDays: '7', emergencyPassZh: '凭证进出' };
  const { page: refused } = await post(`${HOME}/new`, { ...form, ...rules, normalPassZh: '' });
  expect(refused).toContain('id="normalPassZh-fault"');
  for (const { id } of (await sun.get('/api/checkpoints')).body) await sun.post(`/api/checkpoints/${id}/close`);
  const list = await page(HOME);
  expect(list).toContain('现在没有在用的卡口。');
  const closed = /console\/checkpoints\/([0-9a-f-]{36})/.exec(list)?.[1] ?? '';
  expect(await page(`${HOME}/${closed}`)).not.toContain('在岗：');
});

it('登记错了：在记录里撤，没写原因就标在那一笔；撤了划掉，写明谁撤的、为什么', async () => {
  const at = `${HOME}/${await setUp()}`;
  const day = new Date(county.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const shift = {
    fromDay: day,
    toDay: day,
    fromTime: '00:00',
    toTime: '00:00',
    personId: '',
    side: 'property',
    unit: '',
  };
  await post(`${at}/shifts`, { ...shift, guardName: '保安老张' });
  const shiftId = /name="shiftId" value="([^"]+)"/.exec(await page(at, wang))?.[1];
  await post(`${at}/take-up`, { shiftId, open: '' }, wang);
  const turnedBack = { traveller: 'people', count: '30', reason: '没有卡', passed: 'no' };
  await post(`${at}/passages`, turnedBack, wang);
  const [, passageId] = /take-back".*?name="passageId" value="([^"]+)"/.exec(await page(at, wang)) ?? [];
  const short = await post(`${at}/take-back`, { passageId, wrongReason: '错' }, wang);
  expect([short.status, short.page.includes('id="wrongReason-fault"'), short.page.includes('value="错"')]).toEqual([
    ...[422, true, true],
  ]);
  expect((await post(`${at}/take-back`, { passageId, wrongReason: '多打了一个零' }, wang)).status).toBe(303);
  const after = await page(`${at}?done=taken_back`, wang);
  for (const part of ['撤掉了，不再算数', '<s>行人 30</s>', '多打了一个零', '已撤，不算数'])
    expect(after).toContain(part);
  expect(after).not.toContain('/take-back"');
  expect(after).toMatch(/今天劝返<\/th><td class="number"><a[^>]*>0</);
});
