import type { ServerResponse } from 'node:http';
import { beforeAll, expect, test } from 'vitest';
import { openAnother } from '../../../test/fixtures/another.ts';
import { openCounty } from '../../../test/harness.ts';
import { DAY, HOUR, look, MINUTE } from '../../../test/telling.ts';
import type { Outside } from '../../kernel/outside.ts';
import { realOutside } from '../../kernel/outside.ts';
import { pump } from '../../kernel/reaction.ts';
import { allConsequences } from '../index.ts';
import { json, openNeighbourhood, openRude, type Seen } from './fixtures/dispatching.ts';

/* Another body's server may do anything. Each time the case says what became of it, and nothing arrives twice. */
const county = await openCounty();
const neighbourhood = await openNeighbourhood(county);
const { later, settle, set, dispatched, story, sending, failed, admin, chen } = neighbourhood;
const { url, posts, rude, seen } = await openRude();
beforeAll(() => set({ url, apiKey: '对方给的钥匙' }));

type Answer = (asked: Seen, response: ServerResponse) => void;
const answers = (answer: Answer): void => {
  seen.length = 0;
  rude.answer = answer;
};
const took =
  (number = 'A-1'): Answer =>
  (_asked, response) =>
    json(response, [{ service_request_id: number }]);
const says =
  (status: number, text: string, type = 'text/html'): Answer =>
  (_asked, response) =>
    void response.writeHead(status, { 'content-type': type, location: `${url}/elsewhere` }).end(text);
/** Posting and everything else are answered apart. */
const split =
  (posting: Answer, asking: Answer): Answer =>
  (asked, response) =>
    (asked.method === 'POST' ? posting : asking)(asked, response);
const nothing: Answer = (_asked, response) => json(response, []);

test('发的是什么：服务代码、位置、说的话、密钥、我们的编号，不带 HTML，不超过四千字', async () => {
  answers(took());
  const said = await dispatched({ words: `<b>塌了</b>${'很大'.repeat(1990)}` });
  await settle();
  const [only] = posts();
  expect(posts()).toHaveLength(1);
  expect(only?.path).toBe('/requests.json');
  const form = Object.fromEntries(only?.form ?? []);
  expect(form).toMatchObject({
    ...{ api_key: '对方给的钥匙', service_code: 'road-sunken', 'attribute[condition]': 'unsure' },
    ...{ lat: expect.stringMatching(/^28\.1/), long: expect.stringMatching(/^112\.9/) },
    address_string: expect.stringContaining('二运巷口'),
  });
  expect(form.description).toContain('＜b＞塌了＜/b＞');
  expect(form.description).toContain(said.number);
  expect([...(form.description ?? '')].length).toBeLessThanOrEqual(4000);
  expect(Object.keys(form)).not.toContain('phone');
});

test.each<[string, Answer, string]>([
  ['跳转', says(302, ''), 'moved'],
  ['永久跳转', says(308, ''), 'moved'],
  ['不认密钥', says(403, '[{"code":403,"description":"wrong key"}]', 'application/json'), 'key'],
  ['服务代码变了', says(404, '[{"code":404,"description":"no such service_code"}]', 'application/json'), 'no_service'],
  ['不收', says(400, '<errors><error><code>400</code><description>太远了</description></error></errors>'), 'refused'],
  ['说重复却不说是哪一件', says(400, '[{"code":400,"description":"base is a duplicate"}]'), 'duplicate'],
])('对方明确不收（%s）：不再试，经过里写明，列入失败清单，改好以后可以重新发', async (_name, answer, fault) => {
  answers(answer);
  const said = await dispatched();
  await settle();
  await later(DAY);
  expect(posts()).toHaveLength(1);
  expect(seen.map(({ path }) => path)).not.toContain('/elsewhere');
  const [line] = await story(said.id);
  expect(line).toMatch(new RegExp(`^failed ${fault}`));
  if (fault === 'refused') expect(line).toContain('太远了');
  expect((await look(chen, said.id)).status).toBe('dispatched');
  const listed = await failed(said.id);
  expect(listed).toMatchObject([
    { number: said.number, fault, state: 'failed', faultWords: { zh: expect.stringMatching(/\p{Script=Han}/u) } },
  ]);

  answers(took(`M-${fault}`));
  const retried = await admin.post(`/api/neighbours/sendings/${listed[0].id}/retry`);
  expect(retried).toMatchObject({ status: 200, body: { state: 'waiting' } });
  expect((await admin.post(`/api/neighbours/sendings/${listed[0].id}/retry`)).body.code).toBe('neighbour.not_failed');
  await settle();
  expect(await sending(said.id)).toMatchObject({ state: 'following', request_id: `M-${fault}`, fault: null });
  expect(await failed(said.id)).toEqual([]);
  expect((await look(chen, said.id)).status).toBe('handling');
});

test.each<[string, Answer, string]>([
  ['出错', says(500, 'Fatal error in /var/www'), 'broken'],
  ['暂停服务', says(503, ''), 'busy'],
  ['网页', says(200, '<!DOCTYPE html><html><body>请登录</body></html>'), 'not_open311'],
  [
    '乱码',
    (_asked, response) => void response.writeHead(200).end(Buffer.from([0xff, 0xfe, 0x00, 0x12, 0x9c])),
    'not_open311',
  ],
  ['半截 JSON', says(200, '[{"service_request_id":', 'application/json'), 'not_open311'],
  ['数字带前导零', says(200, '[{"service_request_id":001}]', 'application/json'), 'not_open311'],
  [
    '实体炸弹',
    says(200, '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><service_requests/>', 'text/xml'),
    'not_open311',
  ],
  ['收了不给编号', nothing, 'no_number'],
  ['很大', (_asked, response) => void response.writeHead(200).end(`[${'"x",'.repeat(400_000)}"x"]`), 'too_large'],
  [
    '断在中间',
    (_asked, response) => {
      response.writeHead(200, { 'content-length': '5000' }).write('[');
      setTimeout(() => response.destroy(), 50);
    },
    'unreachable',
  ],
])('不知道收没收（%s）：先按我们的记号去找，找到了就不再发', async (_name, answer, fault) => {
  let description = '';
  answers(
    split((asked, response) => {
      description = asked.form.get('description') ?? '';
      answer(asked, response);
    }, nothing),
  );
  const said = await dispatched();
  await settle();
  expect(await sending(said.id)).toMatchObject({ state: 'unsure', fault, faults: 1 });
  expect(await story(said.id)).toEqual([`delayed ${fault}`]);
  answers(
    split(answer, ({ path }, response) =>
      json(
        response,
        path === '/requests.json'
          ? [
              { service_request_id: 9, description: '别人的' },
              { service_request_id: 77, description },
            ]
          : [],
      ),
    ),
  );
  await later(2 * MINUTE);
  expect(posts()).toEqual([]);
  expect(seen.find(({ path }) => path === '/requests.json')?.query.get('service_code')).toBe('road-sunken');
  expect(await sending(said.id)).toMatchObject({ state: 'following', request_id: '77', fault: null });
  expect((await story(said.id)).at(-1)).toBe('sent 77');
});

test('找不到就再发同样的一份；对方说收过了并说是哪一件，就认那一件', async () => {
  answers(split(says(500, ''), nothing));
  const said = await dispatched();
  await settle();
  const first = posts()[0]?.form.get('description');
  answers(
    split(
      says(400, '[{"code":"400","description":"This is a duplicate of K-5, received already"}]', 'application/json'),
      ({ path }, response) =>
        json(response, path === '/requests/K-5.json' ? [{ service_request_id: 'K-5', status: 'open' }] : []),
    ),
  );
  await later(2 * MINUTE);
  expect(posts()).toHaveLength(1);
  expect(posts()[0]?.form.get('description')).toBe(first);
  expect(await sending(said.id)).toMatchObject({ state: 'following', request_id: 'K-5' });
});

test('一直连不上：越等越久，说一次就够，两天内列入失败清单；通了以后可以重新发，只到一件', async () => {
  await set({ url: 'http://127.0.0.1:1' });
  const said = await dispatched();
  for (let i = 0; i < 90; i += 1) await later(HOUR);
  expect(await story(said.id)).toEqual(['delayed unreachable', 'failed unreachable']);
  expect(await sending(said.id)).toMatchObject({ state: 'failed', fault: 'unreachable', left_at: null });
  const [line] = await failed(said.id);
  answers(took());
  await set({ url });
  expect((await admin.post(`/api/neighbours/sendings/${line.id}/retry`)).body.state).toBe('waiting');
  await settle();
  expect(posts()).toHaveLength(1);
});

test('这类事还没有对应的服务代码：不发，写明，列入失败清单', async () => {
  await set({ url, services: [{ of: 'street-stall', serviceCode: '9' }] });
  answers(took());
  const said = await dispatched();
  await settle();
  expect(posts()).toEqual([]);
  expect(await story(said.id)).toEqual(['failed no_mapping']);
  expect(await failed(said.id)).toHaveLength(1);
  await set({ url });
});

test('对方的进展再怎么写，也只是文字：别的案件的不算，重复的只写一次，标签去掉', async () => {
  const updates = [
    {
      update_id: 2,
      service_request_id: 'B-1',
      status: 'IN_PROGRESS',
      description: '<script>alert(1)</script>到现场了',
      updated_datetime: '2026-03-02T10:00:00Z',
    },
    {
      update_id: 1,
      service_request_id: 'B-1',
      status: 'investigating',
      description: '',
      updated_datetime: 'yesterday',
    },
    { update_id: 2, service_request_id: 'B-1', status: 'IN_PROGRESS', description: '又来一次' },
    { update_id: 3, service_request_id: 'B-2', status: 'FIXED', description: '别人的' },
    { nothing: true },
  ];
  answers(
    split(took('B-1'), ({ path }, response) =>
      json(
        response,
        path.startsWith('/servicerequestupdates') ? updates : [{ service_request_id: 'B-1', status: 'open' }],
      ),
    ),
  );
  const said = await dispatched();
  await settle();
  for (let i = 0; i < 3; i += 1) await later(HOUR);
  const told = await story(said.id);
  expect(told[0]).toBe('sent B-1');
  expect(told.slice(1).sort()).toEqual(['update INVESTIGATING', 'update IN_PROGRESS alert(1) 到现场了']);
});

test('不会说进展的服务器：状态说明变了就写；办结了就是反馈；说不归它办就退回派遣岗', async () => {
  let status = { status: 'open', status_notes: '' };
  answers(
    split(took('C-1'), ({ path }, response) =>
      path.startsWith('/servicerequestupdates')
        ? says(404, '<h1>Not found</h1>')({} as Seen, response)
        : json(response, { requests: [{ service_request_id: 'C-1', ...status }] }),
    ),
  );
  const said = await dispatched();
  await settle();
  await later(HOUR);
  expect(await story(said.id)).toEqual(['sent C-1']);
  status = { status: 'open', status_notes: '排在下周' };
  await later(HOUR);
  await later(HOUR);
  expect(await story(said.id)).toEqual(['sent C-1', 'update OPEN 排在下周']);
  expect(seen.filter(({ path }) => path.startsWith('/servicerequestupdates'))).toHaveLength(1);
  status = { status: 'closed', status_notes: '' };
  await later(HOUR);
  const seenNow = await look(chen, said.id);
  expect(seenNow.status).toBe('handled');
  expect(seenNow.story.at(-1).words).toContain('对方没有写说明');

  await set({ url });
  answers(
    split(took('C-2'), ({ path }, response) =>
      json(
        response,
        path.startsWith('/servicerequestupdates')
          ? [
              {
                update_id: 'x',
                service_request_id: 'C-2',
                status: 'NOT_COUNCILS_RESPONSIBILITY',
                description: '归省道管',
              },
            ]
          : [{ service_request_id: 'C-2', status: 'closed' }],
      ),
    ),
  );
  const theirs = await dispatched();
  await settle();
  await later(HOUR);
  expect((await look(chen, theirs.id)).status).toBe('registered');
  expect((await story(theirs.id)).at(-1)).toBe('not_theirs');
});

test('跟着跟着编号没有了、出错了：先不作声地再问，久了写明并列入清单，可以接着问', async () => {
  answers(split(took('D-1'), says(404, '[]')));
  const said = await dispatched();
  // Forty times, of which most wait up to an hour and a quarter.
  for (let i = 0; i < 90; i += 1) await later(HOUR);
  expect(await story(said.id)).toEqual(['sent D-1', 'lost gone']);
  const [line] = await failed(said.id);
  answers((_asked, response) =>
    json(response, [{ service_request_id: 'D-1', status: 'closed', status_notes: '好了' }]),
  );
  expect((await admin.post(`/api/neighbours/sendings/${line.id}/retry`)).body.state).toBe('following');
  await settle();
  expect((await look(chen, said.id)).status).toBe('handled');
});

test('在发出和记下之间被打断：当作不知道收没收，先去找', async () => {
  const cut: Outside = {
    ...realOutside(true),
    ask: async (question) => {
      await realOutside(true).ask(question);
      throw new Error('killed');
    },
  };
  const dying = await openAnother(county, { outside: cut });
  answers(took('E-1'));
  const said = await dispatched();
  const faults: unknown[] = [];
  await pump(dying, 1, { reactions: allConsequences.reactions, sweeps: [] });
  for (const sweep of allConsequences.outside ?? [])
    await sweep.run(dying, 1, (_runtime, _name, fault) => faults.push(fault));
  await dying.close();
  expect(faults).toHaveLength(1);
  const mark = posts()[0]?.form.get('description');
  expect(await sending(said.id)).toMatchObject({ state: 'posting' });
  answers((_asked, response) => json(response, [{ service_request_id: 'E-1', status: 'open', description: mark }]));
  await later(5 * MINUTE);
  expect(posts()).toEqual([]);
  expect(await sending(said.id)).toMatchObject({ state: 'following', request_id: 'E-1' });
});

test('两个进程同时轮到，只发一件', async () => {
  const other = await openAnother(county, { outside: realOutside(true) });
  answers(took('F-1'));
  const said = await dispatched();
  await pump(other, 1, { reactions: allConsequences.reactions, sweeps: [] });
  const [sweep] = allConsequences.outside ?? [];
  const run = (runtime: typeof other) =>
    sweep?.run(runtime, 1, (_runtime, _name, fault) => {
      throw fault;
    });
  await Promise.all([run(other), run(neighbourhood.runtime)]);
  await other.close();
  expect(posts()).toHaveLength(1);
  expect(await story(said.id)).toEqual(['sent F-1']);
});

test('内网地址不发：和消息渠道同一道关', async () => {
  const guarded = await openAnother(county, { outside: realOutside(false) });
  answers(took());
  const said = await dispatched();
  await pump(guarded, 1, allConsequences);
  await guarded.close();
  expect(posts()).toEqual([]);
  expect(await story(said.id)).toEqual(['delayed private_address']);
});

test('停用以后不再发、不再问', async () => {
  answers(took());
  await set({ url, enabled: false });
  const said = await dispatched();
  await later(DAY);
  expect(seen).toEqual([]);
  expect(await sending(said.id)).toBeUndefined();
  await set({ url });
});
