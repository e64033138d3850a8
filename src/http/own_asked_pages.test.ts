import { expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { area } from '../../test/telling.ts';

/* Pages on which something is chosen offer what the area added, and say what is wrong beside it. */
const county = await openCounty();
const head = await county.as('孙丽');
const station = area('station');
const plain = (text: string): string =>
  text.replaceAll('&amp;', '&').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
const get = async (path: string) => {
  const { status, body } = await head.get<string>(path, { accept: 'text/html' });
  return { status, page: plain(String(body)) };
};
const post = async (path: string, fields: object) => {
  const { status, body } = await head.post<string>(path, fields);
  return { status, page: plain(String(body)) };
};

const said = { areaId: station, name: '充电桩台账', unit: '处', called: '桩号', usedFor: '消防检查' };
const ledger = `own-${(await head.post('/api/own-ledgers', said)).body.ledgerId}`;
async function field(form: object): Promise<string> {
  const common = {
    areaId: station,
    ledger,
    kind: 'whole',
    sensitive: false,
    usedFor: '消防检查',
    aliases: [],
    help: '',
  };
  const { body } = await head.post('/api/own-fields', { ...common, choices: [], freshMonths: null, ...form });
  return (await head.get(`/api/own-fields/${body.fieldId}`)).body.code;
}
const plugs = await field({ name: '插口数' });
const state = await field({ name: '完好', kind: 'choice', choices: ['完好', '损坏'] });
await field({ name: '装机人', kind: 'text' });
const values = { 'thing.name': '1号桩', [plugs]: '8', [state]: '完好' };
await head.post('/api/residents', { areaId: station, ledger, values });

it('发起走访：有这本台账一栏，普通的字段按各自的填法问，加密的说不能当条件；填错的在旁边说', async () => {
  const { page } = await get(`/console/campaigns/new?ledger=${ledger}&areaId=${station}`);
  expect(page).toMatch(/aria-current="page">充电桩台账/);
  expect(page).toContain('插口数至少');
  expect(page).toContain('<option value="损坏">损坏</option>');
  expect(page).toContain('加密保存的自建字段不能当条件：装机人');
  const typed = { ledger, areaId: station, lines: '插口数', rounds: '1', title: '查桩', purpose: '消防', do: 'look' };
  const wrong = await post('/console/campaigns/new', { ...typed, [`${plugs}.from`]: '很多' });
  expect(wrong.status).toBe(422);
  expect(wrong.page).toMatch(new RegExp(`id="${plugs}\\.from-fault"[^>]*>.*不是数`));
  expect(wrong.page).toContain('value="很多"');
  const looked = await post('/console/campaigns/new', { ...typed, [`${plugs}.from`]: '8', [state]: '完好' });
  expect(looked.page).toContain('会走访 1 处');
  const elsewhere = await post('/console/campaigns/new', { ...typed, areaId: area('park') });
  expect(elsewhere.status).toBe(403);
});

it('发起检查：台账里有它；选了它、先看一次，“只抽”里就有它的字段', async () => {
  expect((await get('/console/inspections/new')).page).toContain(`<option value="${ledger}">充电桩台账</option>`);
  const asked = { areaId: station, ledger, rule: 'all', field: state, value: '完好', do: 'look' };
  const { page } = await post('/console/inspections/new', asked);
  expect(page).toContain('会从 1 处里抽 1 处');
  expect(page).toMatch(new RegExp(`<option value="${state.replaceAll('.', '\\.')}" selected>完好`));
});
