import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { bodies, idOf, inside } from '../../seeds/small/plan.ts';
import { roles } from '../../src/domains/land/staff/index.ts';
import { officeHours } from '../../src/domains/work/calendars/index.ts';
import type { Endpoint } from '../../src/kernel/endpoint.ts';
import { deviceOf } from './belongings.ts';
import { aCheckpoint, aField, aLedger, aShift, wordedField } from './ledgers.ts';
import { isBody, type Viewer } from './viewers.ts';
import type { World } from './world.ts';

/** A form that a write would take: made from its schema, with what only a person could know filled in by name. */
export function formFor(endpoint: Endpoint, viewer: Viewer, world: World): Record<string, unknown> {
  const made = sample(endpoint.body) as Record<string, unknown>;
  return { ...made, ...overrides[endpoint.name]?.(viewer, world) };
}

const body = (key: string) => idOf(1, 'body', key);
const person = (login: string) => idOf(1, 'person', login);
const area = (viewer: Viewer, key: string) => idOf(viewer.realm, 'area', key);
const place = { ...inside(0, 0), words: '测试' };
const report = () => ({ casefileId: randomUUID(), reportId: randomUUID(), place, words: '测试', channel: 'portal' });
const open311Request = () => ({
  ...{ service_code: 'road-sunken', lat: place.lat, long: place.lon },
  description: `测试 ${randomUUID()}`,
});
const open311Update = { service_request_id: '20260101-999999', description: '测试' };
const untilAt = '2026-04-01T00:00:00Z';
const item = { content: '测试', lead: { kind: 'body', id: idOf(1, 'body', 'clean') }, dueOn: null };
const asking = { name: 'q1', ask: '健康状况', widget: 'text', field: 'person.health' };
const patrolled = {
  ...{ title: '日巡', pledgedOn: null, walkers: [], places: [{ name: '南门', point: null, radiusM: 50 }] },
  rule: { everyMin: 60, windows: [{ from: '08:00', to: '18:00' }], weekdays: [1], season: null },
};
const condition = { conditionCode: 'road-sunken-passable' };

const calendarChange = {
  baseVersion: 1,
  days: [{ on: '2031-01-02', slots: [], why: '' }],
  hours: null,
  knownThrough: null,
};

const deskLimits = [{ stage: 'register', lane: 'ordinary', limit: { amount: 3, unit: 'working_hours' } }];

const standardRow = {
  ...{ kind: 'component', major: 'roads', typeCode: 'a-new-type', typeName: '新的小类', answersTo: 'sanitation' },
  ...{ conditionCode: 'a-new-condition', when: '有人看见', limit: '4工作时', done: '清走了', source: '测试' },
};

/** An area that the viewer reads, else the county. */
const ownArea = (viewer: Viewer): string =>
  viewer.seats.find(([role, at]) => roles[role].readsArea && !isBody(at))?.[1] ?? 'county';

const merging = (viewer: Viewer) => ({
  areaIds: [area(viewer, 'station-2')],
  intoId: area(viewer, 'station-3'),
});

const ownDevice = ({ accountId }: Viewer) => ({
  deviceId: deviceOf(accountId ?? ''),
  deviceAt: '2026-03-01T00:00:00Z',
});

function halves() {
  const [one, two] = [randomUUID(), randomUUID()];
  const part = (id: string, i: number) => ({ id, name: `半块${i}`, code: `43990100100197${i}`, boundary: null });
  return { parts: [part(one, 1), part(two, 2)], restId: one };
}

/** Land that no area of the small county holds. */
const unclaimed = {
  type: 'Polygon',
  coordinates: [
    [
      [112.9, 28.111],
      [112.901, 28.111],
      [112.901, 28.112],
      [112.9, 28.112],
      [112.9, 28.111],
    ],
  ],
};

const overrides: Readonly<Record<string, (viewer: Viewer, world: World) => Record<string, unknown>>> = {
  'session.open': () => ({ login: 'wangxiulan', password: '不是这个密码' }),
  'account.change_password': () => ({ old: '不是这个密码', fresh: '一个足够长的全新密码' }),
  'area.add': (viewer) => ({
    parentId: area(viewer, 'station'),
    level: 'grid',
    code: '439901001001777',
    boundary: null,
  }),
  'sync.push': (viewer) => ({ ...ownDevice(viewer), ops: [] }),
  'sync.pull': (viewer) => ({ ...ownDevice(viewer), cursors: {}, limit: 10 }),
  'area.rename': () => ({ name: '改过的名称' }),
  'area.preview_rename': () => ({ name: '改过的名称' }),
  'area.move': (viewer) => ({ parentId: area(viewer, 'park') }),
  'area.preview_move': (viewer) => ({ parentId: area(viewer, 'park') }),
  'area.split': () => halves(),
  'area.preview_split': () => halves(),
  'area.correct': () => ({ boundary: unclaimed }),
  'area.preview_correct': () => ({ boundary: unclaimed }),
  'area.merge': (viewer) => merging(viewer),
  'area.preview_merge': (viewer) => merging(viewer),
  'zone.add': (viewer) => ({ from: '2026-03-01', areaIds: [area(viewer, 'station-1')], boundary: null, until: null }),
  'body.add': (viewer, { calendarId }) => ({ name: `单位${randomUUID()}`, areaId: area(viewer, 'east'), calendarId }),
  'post.add': (viewer) => ({ role: 'verifier', areaId: area(viewer, 'east'), bodyId: null }),
  'person.add': () => ({ phone: null }),
  'post.appoint': (_viewer, { seat }) => ({ postId: seat.postId, personId: person('hejing') }),
  'post.relieve': (_viewer, { seat }) => ({ postId: seat.postId, personId: person('tianqing') }),
  'area.put_in_charge': (viewer) => ({ areaId: area(viewer, 'station'), personId: person('sunli') }),
  'handover.carry_out': () => ({ fromId: person('louzhang8'), toId: person('louzhang7'), postIds: null }),
  'organisation.raise': (viewer, { calendarId }) => ({
    ...{ name: `专班${randomUUID()}`, until: '2027-12-31', areaId: area(viewer, 'east'), calendarId },
    members: [{ role: 'body_head', personId: person('luohe') }],
  }),
  'organisation.stand_down': () => ({ toId: null }),
  'organisation.set_hours': (_viewer, { calendarId }) => ({ calendarId, own: true }),
  'calendar.publish': (_viewer, { calendarId }) => ({ calendarId, spec: { ...officeHours, zone: 'Asia/Shanghai' } }),
  'calendar.change': () => calendarChange,
  'calendar.preview': () => calendarChange,
  'standard.preview_limits': () => ({ limits: deskLimits }),
  'standard.set_limits': () => ({ limits: deskLimits, validFrom: '2026-04-01' }),
  'standard.check': () => ({ rows: [standardRow] }),
  'standard.publish': () => ({ rows: [standardRow] }),
  'standard.issue': () => ({ validFrom: '2026-04-01' }),
  'rule.add': (viewer) => ({ areaId: area(viewer, 'ferry'), bodyId: body('clean'), matches: 'sanitation' }),
  'casefile.report': () => report(),
  'report.send': () => report(),
  'casefile.report_handled': () => ({ ...report(), ...condition, did: '清走了' }),
  'casefile.register': () => condition,
  'casefile.relocate': () => ({ place }),
  'casefile.dispatch': () => ({ bodyId: body('water') }),
  // Of a confidential one: outside its circle it is no code at all.
  'casefile.by_code': (_viewer, { matters }) => ({
    code: matters.find(({ confidential, realm }) => confidential && realm === 1)?.code,
  }),
  'photo.add_uploaded': () => ({ sha256: '0'.repeat(64) }),
  'photo.add_answered': () => ({ sha256: '0'.repeat(64) }),
  'photo.add_preview': () => ({ sha256: '0'.repeat(64) }),
  'voice.add_uploaded': () => ({ sha256: '0'.repeat(64), seconds: 3 }),
  'casefile.hints': () => ({ words: '暗语', place, channel: 'hotline' }),
  'board.preview': (_viewer, { matters }) => ({ command: 'urge', ids: matters.map(({ id }) => id).slice(0, 100) }),
  'casefile.assign': () => ({ personId: person('xushifu') }),
  'casefile.admit': () => ({ granteeId: person('songjie') }),
  'casefile.dismiss': () => ({ granteeId: person('songjie') }),
  'casefile.merge': (_viewer, { matters }) => ({ intoId: matters.find(({ key }) => key === 'merged-into')?.id }),
  'casefile.summon': () => ({ bodyIds: [body('clean')] }),
  'casefile.visit': () => ({ bodyIds: [body(bodies[0]?.key ?? '')] }),
  'adjustment.ask_suspension': () => ({ until: untilAt }),
  'notice.preview': (viewer) => ({ areaIds: [area(viewer, ownArea(viewer))] }),
  'notice.issue': (viewer) => ({ areaIds: [area(viewer, ownArea(viewer))], untilAt, public: false }),
  'campaign.take_answers': (viewer) => ({ areaId: area(viewer, ownArea(viewer)) }),
  'robot.set': (viewer) => ({ areaId: area(viewer, ownArea(viewer)), address: 'https://robot.example.com/hook?key=k' }),
  'ledger_batch.send': (viewer) => ({ areaId: area(viewer, ownArea(viewer)), toldOn: '2026-03-01' }),
  'ledger_batch.turn': () => ({ ledger: 'residents' }),
  'resident.add': (viewer) => ({
    areaId: area(viewer, ownArea(viewer)),
    ledger: 'facilities',
    values: { 'facility.name': `测试${randomUUID().slice(0, 8)}` },
  }),
  'own_ledger.add': (viewer) => ({
    ...{ ...aLedger, name: `测试${randomUUID().slice(0, 8)}` },
    areaId: area(viewer, ownArea(viewer)),
  }),
  'own_ledger.change': () => ({ ...aLedger, name: `测试${randomUUID().slice(0, 8)}` }),
  'own_field.add': (viewer) => ({
    ...aField,
    name: `测试${randomUUID().slice(0, 8)}`,
    areaId: area(viewer, ownArea(viewer)),
  }),
  'own_field.change': () => ({ ...wordedField, name: `测试${randomUUID().slice(0, 8)}` }),
  'ledger_template.send': (viewer) => ({ areaId: area(viewer, ownArea(viewer)) }),
  'ledger_template.fill': (viewer) => ({ areaId: area(viewer, ownArea(viewer)) }),
  'ledger_template.turn': () => ({ version: 1, table: 0, ledger: 'houses' }),
  'ledger_template.bind': () => ({
    ...{ version: 1, table: 0, cells: [], conditions: [] },
    columns: [{ column: 'B', field: 'person.name' }],
  }),
  'resident.take_out': (viewer) => ({ areaId: area(viewer, ownArea(viewer)) }),
  'ledger_batch.map': () => ({ columns: [{ table: 0, column: 'C', field: null }] }),
  'campaign.preview': (viewer) => ({ areaId: area(viewer, ownArea(viewer)), choice: [], questions: [asking] }),
  'campaign.open': (viewer) => ({
    ...{ areaId: area(viewer, ownArea(viewer)), choice: [], questions: [asking], rounds: 1, dueOn: '2026-12-31' },
  }),
  'directive.cut': () => ({ words: '一、测试', datedOn: '2026-01-05' }),
  'directive.preview': (viewer) => ({ areaId: area(viewer, ownArea(viewer)), items: [item] }),
  'directive.send': (viewer) => ({
    ...{ areaId: area(viewer, ownArea(viewer)), title: '测试', issuer: '测试', datedOn: '2026-01-05', words: '测试' },
    items: [item],
  }),
  'directive_draft.save': () => ({ typed: { words: '测试' } }),
  'directive_item.move_deadline': () => ({ dueOn: '2030-01-01', words: '测试' }),
  'person_request.write': (viewer) => ({ recordId: null, areaId: area(viewer, ownArea(viewer)), asker: '测试' }),
  'person_request.name_record': (_, { ledgers }) => ({ recordId: ledgers.records[0]?.id }),
  'pledge.find': () => ({ names: ['测试'] }),
  'pledge.open': (viewer) => ({
    ...{ areaId: area(viewer, ownArea(viewer)), title: '测试', articles: ['测试'], signers: [item.lead] },
  }),
  'pledge_signature.sign': () => ({ name: '测试' }),
  'pledge_signature.sign_on_paper': () => ({ signedOn: '2026-01-05' }),
  'pledge_signature.redeem': () => ({ kept: [true] }),
  'pledge_signature.correct': () => ({ kept: [true], words: '看错了' }),
  'campaign.next_round': () => ({ dueOn: '2026-12-31' }),
  'campaign.visit': () => ({ round: 1, result: 'absent' }),
  'checkpoint.set_up': (viewer) => ({ ...aCheckpoint, kind: 'residence', areaId: area(viewer, ownArea(viewer)) }),
  'checkpoint.change': () => aCheckpoint,
  'checkpoint.roster': () => ({ ...aShift, name: '测试' }),
  'checkpoint.call_off': () => ({ shiftId: randomUUID() }),
  'checkpoint.take_up': () => ({ shiftId: randomUUID(), open: '' }),
  'checkpoint.pass': () => ({ traveller: 'people', count: 1, passed: false, reason: '测试', values: {} }),
  'checkpoint.take_back': () => ({ passageId: randomUUID(), reason: '测试撤掉' }),
  'checkpoint.look_up': () => ({ passageId: randomUUID(), reason: '测试查看' }),
  'checkpoint.take_in': () => ({ sender: '测试', door: '测试', what: '测试' }),
  'checkpoint.hand_out': () => ({ goodsId: randomUUID(), receiver: '测试' }),
  'checkpoint.begin_emergency': () => ({ reason: '测试转战时' }),
  'checkpoint.end_emergency': () => ({ reason: '测试转平时' }),
  'patrol.plan': (viewer) => ({ ...patrolled, kind: 'grid', areaId: area(viewer, ownArea(viewer)), positionDays: 30 }),
  'patrol.change': () => patrolled,
  'patrol.start': () => ({ patrolId: randomUUID() }),
  'patrol.tick': () => ({ patrolId: randomUUID(), placeId: randomUUID(), how: 'word', reason: '测试' }),
  'patrol.end': () => ({ patrolId: randomUUID() }),
  'hazard.record': (viewer) => ({
    areaId: area(viewer, ownArea(viewer)),
    bodyId: idOf(viewer.realm, 'body', 'works'),
    item: undefined,
  }),
  'hazard.reassign': (viewer) => ({ bodyId: idOf(viewer.realm, 'body', 'clean') }),
  'inspection.preview': (viewer) => ({
    areaId: area(viewer, ownArea(viewer)),
    sample: { ledger: 'enterprises', choice: [], rule: { rule: 'all' } },
  }),
  'inspection.open': (viewer, world) => ({
    ...{ areaId: area(viewer, ownArea(viewer)), checklistId: world.hazards.checklistId, announced: true },
    ...{ members: [], sample: undefined, places: ['测试'], onDay: '2026-03-01' },
  }),
  'inspection.find': (viewer) => ({ bodyId: idOf(viewer.realm, 'body', 'works'), item: undefined }),
  'checklist.publish': () => ({ id: undefined }),
  'resident.merge': (_viewer, world) => ({ other: world.ledgers.records[1]?.id }),
  'resident.keep_apart': (_viewer, world) => ({ other: world.ledgers.records[1]?.id }),
  'resident.ask_again': (_viewer, world) => ({ other: world.ledgers.records[1]?.id }),
  'household.move': (_viewer, world) => ({ members: [world.ledgers.records[0]?.id], on: '2026-03-01' }),
  'resident.enter': () => ({ values: { 'person.occupation': '测试' } }),
  'area_message.send': (viewer) => ({ areaId: area(viewer, 'station-1') }),
  'area_message.report': () => ({ casefileId: randomUUID(), place, words: '测试' }),
  'open311.create_xml': () => open311Request(),
  'open311.create_json': () => open311Request(),
  'open311.update_xml': () => open311Update,
  'open311.update_json': () => open311Update,
  'neighbour.set': () => ({
    bodyId: body('clean'),
    url: 'https://example.org',
    enabled: false,
    services: [{ of: '*', serviceCode: '1' }],
  }),
  'channel.set': () => ({ address: '', kind: 'recorder', enabled: false }),
};

/** Forms that carry files besides. */
export const uploads: ReadonlySet<string> = new Set([
  'photo.add',
  'photo.add_preview',
  'photo.add_to_hazard',
  'track.add_photo',
  'standard.import',
  'ledger_batch.send',
  'ledger_template.send',
  'form.read_xlsform',
  'openrosa.submit',
]);

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly items?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
  readonly format?: string;
  readonly checks?: readonly {
    readonly _zod: { readonly def: { readonly check: string; readonly minimum?: number } };
  }[];
}

/** The smallest value that a schema takes, for the shapes that forms are made of. Optional parts are left out. */
function sample(schema: z.ZodType): unknown {
  const definition = (schema as unknown as { _zod: { def: Definition } })._zod.def;
  switch (definition.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(definition.shape ?? {}).flatMap(([name, part]) => {
          const value = sample(part);
          return value === undefined ? [] : [[name, value]];
        }),
      );
    case 'optional':
    case 'default':
      return undefined;
    case 'nullable':
      return null;
    case 'array':
      return Array.from(
        { length: atLeast(definition, 'min_length') },
        () => definition.element && sample(definition.element),
      );
    case 'tuple':
      return (definition.items ?? []).map(sample);
    case 'union':
      return definition.options?.[0] && sample(definition.options[0]);
    case 'enum':
      return Object.values(definition.entries ?? {})[0];
    case 'literal':
      return definition.values?.[0];
    case 'boolean':
      return false;
    case 'number':
      return Math.max(1, atLeast(definition, 'greater_than'));
    case 'record':
      return {};
    case 'string':
      return text(definition);
    case 'pipe':
      return undefined;
    default:
      throw new Error(
        `no sample is known for a schema of type ${definition.type}; teach it, or name the field in overrides`,
      );
  }
}

const atLeast = ({ checks = [] }: Definition, check: string): number =>
  checks.reduce((most, { _zod: { def } }) => (def.check === check ? Math.max(most, def.minimum ?? 0) : most), 0);

function text(definition: Definition): string {
  const format = definition.format;
  if (format === 'guid' || format === 'uuid') return randomUUID();
  if (format === 'datetime') return untilAt;
  if (format === 'date') return '2026-04-01';
  if (format === 'base64') return Buffer.from('pending').toString('base64');
  const pattern = (definition.checks ?? [])
    .map(({ _zod: { def } }) => (def as unknown as { pattern?: RegExp }).pattern)
    .find((it) => it !== undefined);
  const tries = ['测试内容', '123456', '1', 'word', '08:00'];
  if (pattern) return tries.find((it) => pattern.test(it)) ?? '';
  return '测'.repeat(Math.max(4, atLeast(definition, 'min_length')));
}
