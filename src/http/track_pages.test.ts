import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { addPhoto, body, report, step } from '../../test/telling.ts';

/** The tracking page opened again from a bookmark, and looked at with other letters. */
const county = await openCounty();
const { app, as, anyone } = county;
const [he, chen, cao, wang] = [await as('何静'), await as('陈敏'), await as('曹路'), await as('王秀兰')];
const open = async (url: string): Promise<string> => (await app.inject({ url, headers: { accept: 'text/html' } })).body;
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };

async function closedAgain(id: string): Promise<void> {
  await step(chen, id, 'dispatch', { bodyId: body('works') });
  await step(cao, id, 'acknowledge');
  await addPhoto(cao, id, 'after');
  await step(cao, id, 'feed-back', { words: '补好了' });
  await step(wang, id, 'verify', {});
  await step(he, id, 'close', { outcome: 'resolved', publicText: '路面已补平' });
}

it('收藏的地址带着上次按的：又办了一轮，照样问解决了没有', async () => {
  const { id, code } = await report(anyone);
  await step(he, id, 'register', { conditionCode: 'road-sunken-passable' });
  await closedAgain(id);
  const act = (name: string, form: object = {}) =>
    anyone.post(`/api/track/${code}/${name}`, { commandId: randomUUID(), ...form });
  expect((await act('object')).status).toBe(200);
  const objected = `/track/${code}?done=object`;
  expect(await open(objected)).toContain('记下了，重新办理。');
  await closedAgain(id);
  for (const url of [objected, `/track/${code}?done=answer`]) {
    const page = await open(url);
    expect(page, url).toContain('解决了吗？');
    expect(page, url).not.toMatch(/记下了，重新办理。|谢谢您的评价/);
  }
  expect((await act('answer', { answer: 'satisfied' })).status).toBe(200);
  expect(await open(`/track/${code}?done=answer`)).toContain('谢谢您的评价。');
  expect(await open(objected)).not.toContain('记下了，重新办理。');
});

it('办事被拒以后的那一页换大字：回到这件事的页面，不是只收提交的地址', async () => {
  const { code } = await report(anyone);
  const refused = await app.inject({
    method: 'POST',
    url: `/track/${code}/answer`,
    payload: `commandId=${randomUUID()}&answer=satisfied`,
    headers: urlencoded,
  });
  expect(refused.statusCode).toBe(409);
  const back = async (from: string) => {
    const headers = { ...urlencoded, host: 'county.test', referer: `http://county.test${from}` };
    const sent = await app.inject({ method: 'POST', url: '/look', payload: 'size=big', headers });
    expect(sent.statusCode).toBe(303);
    return sent.headers.location;
  };
  expect(await back(`/track/${code}/answer`)).toBe(`/track/${code}`);
  expect(await back(`/track/${code}?done=reply`)).toBe(`/track/${code}?done=reply`);
  expect(await back('/grids/439901001?page=2')).toBe('/grids/439901001?page=2');
  expect((await app.inject({ url: `/track/${code}` })).statusCode).toBe(200);
});
