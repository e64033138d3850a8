import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { idOf } from '../../../seeds/small/plan.ts';
import { openCounty } from '../../../test/harness.ts';
import { survey } from './fixtures/survey.ts';

/** A clerk sends a questionnaire, sees what it becomes, and asks it of people. */
const { as, clock, settle } = await openCounty();
const [head, worker] = [await as('孙丽'), await as('王秀兰')];
const file = (text: string) => [{ name: '问卷.csv', bytes: Buffer.from(text) }];
const good = survey(['text,phone,联系电话,Telephone,yes,,,', 'text,need,需要什么,,,,,']);

it('读成问题；不是发起走访的人、没有文件、不是表格都说清楚，再读一次也一样', async () => {
  const first = await head.upload('/api/forms/xlsform', { commandId: randomUUID() }, file(good));
  expect(first.status).toBe(200);
  expect(first.body.questions.map(({ ask, field }: { ask: string; field?: string }) => [ask, field])).toEqual([
    ['联系电话', 'person.phone'],
    ['需要什么', undefined],
  ]);
  expect((await head.upload('/api/forms/xlsform', { commandId: randomUUID() }, file(good))).body).toEqual(first.body);
  expect(await worker.upload('/api/forms/xlsform', { commandId: randomUUID() }, file(good))).toMatchObject({
    status: 403,
    body: { code: 'account.not_for_you' },
  });
  expect(await head.upload('/api/forms/xlsform', { commandId: randomUUID() }, [])).toMatchObject({ status: 400 });
  const picture = [{ name: 'a.png', bytes: Buffer.from('89504e470d0a1a0a0000', 'hex') }];
  expect(await head.upload('/api/forms/xlsform', { commandId: randomUUID() }, picture)).toMatchObject({
    status: 422,
    body: { code: 'workbook.not_a_table' },
  });
});

it('页面：收不下的按单元格列出来，不能发起；都收下的接着发起走访', async () => {
  const send = (text: string) => head.upload('/console/campaigns/xlsform', {}, file(text));
  const bad = await send(survey(['audio,p,录一段,,,,,', 'text,need,需要什么,,,,,']));
  expect(bad.status).toBe(200);
  expect(bad.body).toContain('csv B3');
  expect(bad.body).toContain('还收不了录音');
  expect(bad.body).not.toContain('用这些问题发起走访');
  const shown = await send(good);
  expect(shown.body).toContain('用这些问题发起走访');
  const questions = (await head.upload('/api/forms/xlsform', { commandId: randomUUID() }, file(good))).body.questions;
  const post = (fields: Record<string, string>) => head.post('/console/campaigns/new', fields, fields.commandId);
  const form = JSON.stringify(questions);
  const next = await post({ do: 'form', form, title: '冬季探访', rounds: '1' });
  expect(next.body).toContain('会这样问');
  expect(next.body).not.toContain('id="lines"');
  // Looked at, the questions stand on the page once; one that names a fact is put as that fact by one press.
  const areaId = idOf(1, 'area', 'station');
  const bytes = Buffer.from('姓名,电话,所属网格\n白一山,13900000001,二运第一网格\n');
  const table = { commandId: randomUUID(), areaId, toldOn: '2026-02-28' };
  const sent = await head.upload('/api/ledger-batches', table, [{ name: '居民.csv', bytes }]);
  await settle();
  await head.post(`/api/ledger-batches/${sent.body.batchId}/take`);
  await settle();
  const ours = JSON.stringify(
    questions.map((one: { field?: string }) => ({ ...one, field: undefined, ask: '平时的手机号码' })),
  );
  const looked = await post({ do: 'look', form: ours, rounds: '1', areaId });
  expect(looked.body).not.toContain('会这样问');
  expect(looked.body).toContain('像是台账里的“联系电话”，1 人已经知道');
  const taken = await post({ do: 'take:phone:person.phone', form: ours, rounds: '1', areaId });
  expect(taken.body).toContain('就是台账里的“联系电话”，用的是那一项：1 人已经知道');
  // What nobody knows is no fact to be taken: it is refused in words, and what was typed stays.
  const foreign = await post({ do: 'take:phone:house.owner', form: ours, rounds: '1', areaId });
  expect(foreign.status).toBe(422);
  expect(foreign.body).toContain('平时的手机号码');
  const dueOn = new Date(clock.now().getTime() + 9 * 86_400_000).toISOString().slice(0, 10);
  const fields = { commandId: randomUUID(), title: '冬季探访', purpose: '安排上门', rounds: '1', dueOn };
  const opened = await post({ ...fields, do: 'open', form, areaId });
  expect(opened.status).toBe(303);
  await settle();
  const id = /campaigns\/([^?]+)/.exec(String(opened.headers.location))?.[1];
  expect((await head.get(`/api/campaigns/${id}`)).body.questions.map(({ askEn }: { askEn?: string }) => askEn)).toEqual(
    ['Telephone', undefined],
  );
});
