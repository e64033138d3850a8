import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { area, body, report, step } from '../../../../test/telling.ts';
import { stepNames } from '../../work/casefiles/index.ts';
import { kindWords, recordWords } from './audit.model.ts';

const county = await openCounty();
const { as, anyone, sql, clock, settle } = county;
const [auditor, he, chen] = [await as('审计员'), await as('何静'), await as('陈敏')];

interface Line {
  readonly kind: string;
  readonly by: { readonly zh: string };
  readonly number: string | null;
  readonly intact: boolean;
  readonly position: number;
}
const look = async (query = ''): Promise<{ entries: Line[]; next: number | null; journal: { position: number } }> => {
  const { status, body: told } = await auditor.get(`/api/audit${query}`);
  expect(status, JSON.stringify(told)).toBe(200);
  return told;
};

test('谁办了什么、谁看了电话：按人、按案卷、按种类查得到，每条都核对封存', async () => {
  const { id, number } = await report(anyone, { contact: { name: '李桂芳', phone: '13900005678' } });
  await step(he, id, 'register', { conditionCode: 'road-sunken-passable' });
  await step(he, id, 'read-contact', { reason: '回访' });
  await step(chen, id, 'dispatch', { bodyId: body('works') });
  await settle();

  const ofCase = await look(`?number=${number}`);
  expect(ofCase.entries.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([
      'casefile.dispatched',
      'casefile.contact_read',
      'casefile.registered',
      'casefile.reported',
    ]),
  );
  expect(ofCase.entries.every((line) => line.intact && line.number === number)).toBe(true);
  expect(ofCase.entries.find(({ kind }) => kind === 'casefile.dispatched')?.by.zh).toBe('派遣员 陈敏');
  expect(JSON.stringify(ofCase), '说了什么、电话是多少，这里没有').not.toMatch(/13900005678|李桂芳|回访/);

  const looks = await look(`?what=looks&person=${encodeURIComponent('何静')}`);
  expect(looks.entries.map(({ kind }) => kind)).toEqual(['casefile.contact_read']);
  const first = await look('?most=2');
  const second = await look(`?most=2&before=${first.next}`);
  expect(Math.max(...second.entries.map(({ position }) => position))).toBeLessThan(
    Math.min(...first.entries.map(({ position }) => position)),
  );
});

test('看审计的人自己也留痕', async () => {
  await look();
  await settle();
  const mine = await look(`?what=looks&person=${encodeURIComponent('审计员')}`);
  expect(mine.entries[0]).toMatchObject({ kind: 'audit.read', by: { zh: '审计员 审计员' } });
});

test('有人动过数据库：那一条标出来', async () => {
  const { id, number } = await report(anyone);
  await settle();
  await sql('alter table entry disable trigger all');
  await sql(`update entry set body = body || '{"channel":"hotline"}'::jsonb where record_id = $1`, [id]);
  await sql('alter table entry enable trigger all');
  const { entries } = await look(`?number=${number}`);
  expect(entries.some(({ intact }) => !intact)).toBe(true);
});

test('不是审计员不给看；日期反了、没有这个人，说清楚；很早以前没有就是没有', async () => {
  for (const one of [he, await as('管理员'), anyone])
    expect([401, 403]).toContain((await one.get('/api/audit')).status);
  expect((await auditor.get('/api/audit?from=2030-01-02&to=2030-01-01')).body.code).toBe('audit.turned_round');
  expect((await auditor.get(`/api/audit?person=${encodeURIComponent('查无此人')}`)).body.code).toBe(
    'audit.nobody_named',
  );
  expect((await auditor.get('/api/audit?from=昨天')).status).toBe(422);
  expect((await auditor.get('/api/audit?from=2000-01-01')).body.code).toBe('audit.too_long');
  expect((await look('?from=2001-01-01&to=2001-01-02')).entries).toEqual([]);
});

test('保密案卷的经过，不在圈子里的审计员也看不到', async () => {
  const { id, number } = await report(
    he,
    { channel: 'visit', confidential: true, place: { words: '', areaId: area('station-1') } },
    '/api/casefiles',
  );
  await settle();
  expect((await look(`?number=${number}`)).entries).toEqual([]);
  expect(JSON.stringify(await look('?most=500'))).not.toContain(id);
});

test('登录、开账号、任职这些不属于哪个区域的，审计员也看得到', async () => {
  await settle();
  const { entries } = await look('?what=rights&most=500');
  expect(entries.map(({ kind }) => kind)).toContain('account.signed_in');
});

test('台账里出现的每一种，都有给人看的名字', async () => {
  const admin = await as('管理员');
  await admin.post('/api/people', { id: randomUUID(), name: '新来的', phone: null });
  clock.advance(1000);
  const kinds = await sql<{ kind: string }>('select distinct kind from entry');
  const unnamed = kinds.map(({ kind }) => kind).filter((kind) => !(kind in kindWords) && !(kind in stepNames));
  expect(kinds.length).toBeGreaterThan(5);
  const records = await sql<{ kind: string }>('select distinct record_kind as kind from entry');
  expect(records.map(({ kind }) => kind).filter((kind) => !(kind in recordWords))).toEqual([]);
  expect(unnamed).toEqual([]);
});
