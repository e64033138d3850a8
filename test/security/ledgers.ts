import { randomUUID } from 'node:crypto';
import { idOf } from '../../seeds/small/plan.ts';
import { invented, rowOf, titles } from '../../src/domains/land/registry/fixtures/people.ts';
import type { AnyLedgerCode } from '../../src/domains/land/registry/ledger.model.ts';
import { ownLedgerCode } from '../../src/domains/land/registry/own/own_ledger_code.model.ts';
import type { Id } from '../../src/kernel/id.ts';
import { blankBook } from '../fixtures/blank_book.ts';
import type { County } from '../harness.ts';

/** A record of a ledger of one of two communities; its words and numbers nobody meets by accident. */
export interface Recorded {
  readonly id: Id;
  readonly ledger: AnyLedgerCode;
  readonly realm: number;
  readonly place: string;
  /** What its readers see; what they see covered only. */
  readonly shown: readonly string[];
  readonly covered: readonly string[];
  /** Who sent the file, and may have it back. */
  readonly by: Id;
}

interface Lying {
  readonly id: Id;
  readonly realm: number;
  readonly place: string;
}

export interface Ledgers {
  readonly records: readonly Recorded[];
  /** Opened by the head of a community, with the residents of one grid on the list. */
  readonly campaigns: readonly Lying[];
  readonly targets: readonly Lying[];
  /** Of one grid each; somebody of it is on a walk and has ticked its place. */
  readonly patrols: readonly Lying[];
  /** In one grid each, on emergency rules. */
  readonly checkpoints: readonly Lying[];
  /** A resident of each grid asks for a copy. */
  readonly requests: readonly (Lying & { readonly words: string })[];
  /** Made for a whole community: one for its residents, who have it filled in. */
  readonly ownFields: readonly Lying[];
  /** Kept by a whole community, with an entry in it. */
  readonly ownLedgers: readonly Lying[];
  readonly templates: Ledgers['batches'];
  /** Files that were made, of a whole community with its numbers in full. */
  readonly exports: Ledgers['batches'];
  readonly batches: readonly { readonly id: Id; readonly realm: number; readonly place: string; readonly by: Id }[];
}

export const fileName = '暗语〔文件名〕.csv';
const askedOfThem = { asks: ['plate', 'name'], purpose: '测试', keepDays: 7, disinfectMin: 60 };
export const aCheckpoint = {
  ...{ name: '南门卡口', point: { lon: 112.9, lat: 28.1 }, opens: '00:00', closes: '00:00' },
  rules: {
    normal: { pass: { zh: '业主', en: '' }, asks: [], purpose: '', keepDays: 7, disinfectMin: null },
    emergency: { pass: { zh: '凭证进出', en: '' }, ...askedOfThem },
  },
};
export const aShift = {
  ...{ fromDay: '2026-12-31', toDay: '2026-12-31', from: '00:00', to: '00:00', personId: null, name: '物业' },
  ...{ side: 'property', unit: '' },
};
/** Where the forms of its page are sent to. */
export const checkpointForms = [
  ...['change', 'begin-emergency', 'end-emergency', 'close', 'shifts', 'call-off', 'take-up'],
  ...['passages', 'take-back', 'look-up', 'disinfections', 'goods', 'hand-out'],
];
export const wordedField = { aliases: [], help: '', usedFor: '测试', choices: [], freshMonths: null };
export const aField = { ...wordedField, ledger: 'residents', kind: 'text', sensitive: true };
export const blankName = '暗语〔空表〕.xlsx';

interface Place {
  readonly login: string;
  readonly by: string;
  readonly community: string;
  readonly key: string;
  readonly grid: string;
  readonly walker: '王秀兰' | '田青';
  readonly from: number;
}

const places: readonly Place[] = [
  {
    login: 'sunli',
    by: '孙丽',
    community: 'station',
    key: 'station-1',
    grid: '二运第一网格',
    walker: '王秀兰',
    from: 900,
  },
  { login: 'luohe', by: '罗河', community: 'ferry', key: 'ferry-1', grid: '渡口第一网格', walker: '田青', from: 910 },
];

export async function plantLedgers(county: County): Promise<Ledgers> {
  const ownFields = await Promise.all(places.map((place) => addField(county, place)));
  const ownLedgers = await Promise.all(places.map((place) => addLedger(county, place)));
  const planted: { records: Recorded[]; batch: Ledgers['batches'][number] }[] = [];
  for (const [i, place] of places.entries())
    for (const file of [
      ...[peopleOf(place), housesOf(place), firmsOf(place), pointsOf(place)],
      dogsOf(place, ownLedgerCode(ownLedgers[i]?.id ?? '')),
    ])
      planted.push(await bring(county, place, file));
  const out = await Promise.all(places.map((place) => takeOut(county, place)));
  const opened = await Promise.all(places.map((place) => openCampaign(county, place)));
  const patrols = await Promise.all(places.map((place) => planPatrol(county, place)));
  const checkpoints = await Promise.all(places.map((place) => setUpCheckpoint(county, place)));
  const records = planted.flatMap(({ records: some }) => some);
  const requests = await Promise.all(places.map((place) => writeRequest(county, place, records)));
  return {
    ...{ patrols, checkpoints, ownFields, ownLedgers, requests },
    records,
    batches: planted.map(({ batch }) => batch),
    templates: out.map(({ template }) => template),
    exports: out.flatMap(({ exports }) => exports),
    campaigns: opened.map(({ campaign }) => campaign),
    targets: opened.flatMap(({ targets }) => targets),
  };
}

async function writeRequest(county: County, { by, key }: Place, records: readonly Recorded[]) {
  const head = await county.as(by);
  const recordId = records.find(({ ledger, place }) => ledger === 'residents' && place === key)?.id;
  const words = `暗语〔请求·${key}〕`;
  const form = { wanted: 'copy', recordId, name: words, document: 'id_card', words };
  const { status, body } = await head.post('/api/person-requests', form);
  if (status !== 200) throw new Error(JSON.stringify(body));
  await county.settle();
  return { id: body.requestId as Id, realm: 1, place: key, words };
}

interface Planted {
  readonly ledger: AnyLedgerCode;
  readonly labels: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly records: readonly Pick<Recorded, 'shown' | 'covered'>[];
}

const ownName = (key: string): string => `结对人${key}`;
const paired = (key: string, i: number): string => `暗语〔结对·${key}${'甲乙'[i]}〕`;

async function addField(county: County, { by, community, key }: Place): Promise<Lying> {
  const head = await county.as(by);
  const form = { ...aField, name: ownName(key), areaId: idOf(1, 'area', community) };
  const { status, body } = await head.post('/api/own-fields', form);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return { id: body.fieldId, realm: 1, place: community };
}

export const aLedger = { name: '养犬台账', unit: '只', called: '犬名', usedFor: '测试' };

async function addLedger(county: County, { by, community }: Place): Promise<Lying> {
  const head = await county.as(by);
  const { status, body } = await head.post('/api/own-ledgers', { ...aLedger, areaId: idOf(1, 'area', community) });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return { id: body.ledgerId, realm: 1, place: community };
}

function dogsOf({ key, grid, from }: Place, ledger: AnyLedgerCode): Planted {
  const { phone } = invented(from + 6, grid);
  const said = [`暗语〔犬·${key}〕`, `暗语〔主人·${key}〕`];
  return {
    ledger,
    labels: [aLedger.called, '责任人', '责任人电话', '所属网格'],
    rows: [[...said, phone, grid]],
    records: [{ shown: said, covered: [phone] }],
  };
}

/** A row that is refused besides: what is wrong in it is kept with its batch. */
function peopleOf({ key, grid, from }: Place): Planted {
  const people = [from, from + 1].map((i) => ({ ...invented(i, grid), name: `暗语·居民${grid}${'甲乙'[i - from]}` }));
  const wrong = rowOf({ ...invented(from + 2, grid), name: `暗语·错行${grid}` }, 2).with(5, '12');
  return {
    ...{ ledger: 'residents', labels: [...titles, ownName(key)] },
    rows: [...people.map((one, i) => [...rowOf(one, i), paired(key, i)]), wrong],
    records: people.map(({ name, id, phone }, i) => ({ shown: [name, paired(key, i)], covered: [id, phone] })),
  };
}

/** The door of the first of the people: one leads to the other. */
function housesOf({ key, grid, from }: Place): Planted {
  const { phone, id } = invented(from + 3, grid);
  const [owner, { door }] = [`暗语〔房主·${key}〕`, invented(from, grid)];
  return {
    ledger: 'houses',
    labels: ['所属网格', '楼栋', '门牌号', '房主姓名', '房主电话', '房主身份证号', '房屋结构'],
    rows: [[grid, '3', door, owner, phone, id, '砖混']],
    records: [{ shown: [owner], covered: [phone, id] }],
  };
}

function firmsOf({ key, grid, from }: Place): Planted {
  const { phone } = invented(from + 4, grid);
  const said = [`暗语〔商户·${key}〕`, `暗语〔店主·${key}〕`, `暗语〔店址·${key}〕`];
  return {
    ledger: 'enterprises',
    labels: ['商户名称', '法人代表', '经营地址', '法人电话', '所属网格'],
    rows: [[...said, phone, grid]],
    records: [{ shown: said, covered: [phone] }],
  };
}

function pointsOf({ key, grid, from }: Place): Planted {
  const { phone } = invented(from + 5, grid);
  const said = [`暗语〔设施·${key}〕`, `暗语〔位置·${key}〕`, `暗语〔责任人·${key}〕`];
  return {
    ledger: 'facilities',
    labels: ['设施名称', '位置', '责任人', '责任人电话', '所属网格'],
    rows: [[...said, phone, grid]],
    records: [{ shown: said, covered: [phone] }],
  };
}

async function bring(county: County, { login, by, community, key }: Place, file: Planted) {
  const head = await county.as(by);
  const { ledger, labels, rows } = file;
  const bytes = Buffer.from([labels, ...rows].map((row) => row.join(',')).join('\n'));
  const form = { commandId: randomUUID(), areaId: idOf(1, 'area', community), toldOn: '2026-03-01', ledger };
  const sent = await head.upload('/api/ledger-batches', form, [{ name: fileName, bytes }]);
  await county.settle();
  const taken = await head.post(`/api/ledger-batches/${sent.body.batchId}/take`);
  if (taken.status !== 200) throw new Error(JSON.stringify([sent.body, taken.body]));
  await county.settle();
  const of = { ledger, realm: 1, place: key, by: idOf(1, 'person', login) };
  const records: Recorded[] = [];
  for (const { shown, covered } of file.records) {
    const { body } = await head.post('/api/residents/find', { ledger, words: covered[0] });
    records.push({ ...of, id: body.rows[0].id, shown, covered });
  }
  return { records, batch: { id: sent.body.batchId as Id, realm: 1, place: community, by: of.by } };
}

/** Everybody of the community is asked one thing. */
async function openCampaign(county: County, { by, community, key }: Place) {
  const head = await county.as(by);
  const opened = await head.post('/api/campaigns', {
    ...{
      title: '探访',
      purpose: '测试',
      areaId: idOf(1, 'area', community),
      choice: [],
      rounds: 2,
      dueOn: '2026-12-31',
    },
    questions: [{ name: 'q1', ask: '健康状况', widget: 'text', field: 'person.health' }],
  });
  await county.settle();
  const id: Id = opened.body.campaignId;
  const { body } = await head.get(`/api/campaigns/${id}/targets`);
  const campaign: Lying = { id, realm: 1, place: key };
  return { campaign, targets: body.rows.map((row: { id: Id }): Lying => ({ id: row.id, realm: 1, place: key })) };
}

async function planPatrol(county: County, { by, key, walker }: Place): Promise<Lying> {
  const [head, worker] = [await county.as(by), await county.as(walker)];
  const at = { lon: 112.9, lat: 28.1 };
  const planned = await head.post('/api/patrols', {
    ...{ title: '日巡', kind: 'grid', areaId: idOf(1, 'area', key), positionDays: 30, pledgedOn: null, walkers: [] },
    places: [{ name: '南门', point: at, radiusM: 50 }],
    rule: { everyMin: 60, windows: [{ from: '00:00', to: '00:00' }], weekdays: [1, 2, 3, 4, 5, 6, 7], season: null },
  });
  const id: Id = planned.body.planId;
  const placeId = (await head.get(`/api/patrols/${id}`)).body.spots[0].id;
  const patrolId = randomUUID();
  await worker.post(`/api/patrols/${id}/start`, { patrolId });
  const tick = { patrolId, placeId, how: 'here', at: { ...at, accuracyM: 5 } };
  const { status, body } = await worker.post(`/api/patrols/${id}/ticks`, tick);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return { id, realm: 1, place: key };
}

/** At the gate of a community people of its grids stand. */
async function setUpCheckpoint(county: County, { by, community }: Place): Promise<Lying> {
  const head = await county.as(by);
  const set = await head.post('/api/checkpoints', {
    ...aCheckpoint,
    kind: 'residence',
    areaId: idOf(1, 'area', community),
  });
  const id: Id = set.body.checkpointId;
  const day = new Date(county.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const done = [
    await head.post(`/api/checkpoints/${id}/begin-emergency`, { reason: '测试转战时' }),
    await head.post(`/api/checkpoints/${id}/shifts`, { ...aShift, fromDay: day, toDay: day }),
  ];
  const [shift] = (await head.get(`/api/checkpoints/${id}`)).body.shifts;
  const values = { plate: '暗Z7Q7Z7', name: `暗语〔过卡·${community}〕` };
  const goods = { sender: `暗语〔送货·${community}〕`, door: `暗语〔门牌·${community}〕`, what: '测试' };
  for (const [act, form] of [
    ['take-up', { shiftId: shift.id, open: '' }],
    ['passages', { traveller: 'vehicle', count: 1, passed: true, reason: '', values }],
    ['disinfections', {}],
    ['goods', goods],
  ] as const)
    done.push(await head.post(`/api/checkpoints/${id}/${act}`, form));
  if (done.some(({ status }) => status !== 200)) throw new Error(JSON.stringify(done.map(({ body }) => body)));
  return { id, realm: 1, place: community };
}

/** The ledger and a superior's workbook with the numbers in full. */
async function takeOut(county: County, { login, by, community }: Place) {
  const head = await county.as(by);
  const of = (id: Id) => ({ id, realm: 1, place: community, by: idOf(1, 'person', login) });
  const areaId = idOf(1, 'area', community);
  const blank = [{ name: blankName, bytes: await blankBook() }];
  const template = await head.upload('/api/ledger-templates', { commandId: randomUUID(), areaId }, blank);
  const asked = { areaId, reason: `暗语〔用途·${community}〕` };
  const made = [
    await head.post('/api/ledger-exports', asked),
    await head.post(`/api/ledger-templates/${template.body.templateId}/fill`, asked),
  ];
  if (made.some(({ status }) => status !== 200)) throw new Error(JSON.stringify([template.body, made]));
  return { template: of(template.body.templateId), exports: made.map(({ body }) => of(body.exportId)) };
}
