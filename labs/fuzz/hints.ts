import fc from 'fast-check';
import { Marker, NEW } from './markers.ts';
import { photos } from './pictures.ts';

/** What a schema does not say and a person knows: which ids stand where, what a place in this county looks like. */
export interface Spot {
  /** Name of the operation. */
  readonly operation: string;
  /** Name of the property, parameter or list it stands in. */
  readonly name: string;
  /** Its schema lists what it may be. */
  readonly isChoice?: boolean;
}

const any = (kind: string) => fc.nat(9999).map((n): unknown => new Marker(kind, n));
const fresh = any(NEW);

/** Made by this request, hence new. */
const makes = new Set([
  ...['area.add', 'zone.add', 'body.add', 'post.add', 'person.add', 'post.appoint', 'area.put_in_charge'],
  ...['rule.add', 'notice.issue', 'area.split', 'area.preview_split', 'area.merge', 'area.preview_merge'],
]);

const kinds: Readonly<Record<string, string>> = {
  ...{ areaId: 'area', areaIds: 'area', parentId: 'area', toAreaId: 'area', area: 'area' },
  ...{ bodyId: 'body', bodyIds: 'body', leadBodyId: 'body', personId: 'person', granteeId: 'person' },
  ...{ postId: 'post', calendarId: 'calendar', beforeId: 'casefile', before: 'casefile' },
  ...{ conditionCode: 'condition', typeCode: 'type', service_code: 'service', service_request_id: 'number' },
  ...{ number: 'number', figure: 'figure', code: 'code', intoId: 'casefile', ids: 'casefile' },
};

export const words = fc.constantFrom(
  ...[
    '路面塌了一块',
    '路灯不亮',
    '楼道里堆了杂物',
    '水管漏水，已经流到路上',
    '噪声太大',
    'The lamp is broken',
    '已到现场看过',
  ],
);
const near = (from: number, to: number) => fc.double({ min: from, max: to, noNaN: true });
const point = fc.record({ lon: near(112.9002, 112.9148), lat: near(28.1002, 28.1048) });
const place = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(point, words).map(([at, said]) => ({ ...at, words: said })) },
  { weight: 1, arbitrary: fc.record({ areaId: any('area'), words }) },
);
const square = fc.tuple(near(112.9, 112.91), near(28.1, 28.11), near(0.0005, 0.004)).map(([x, y, d]) => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + d, y],
      [x + d, y + d],
      [x, y + d],
      [x, y],
    ],
  ],
}));

const instant = (fromHours: number, toHours: number) =>
  fc.integer({ min: fromHours * 60, max: toHours * 60 }).map((minutes) => new Marker('instant', minutes));
const day = (from: number, to: number) => fc.integer({ min: from, max: to }).map((n) => new Marker('day', n));

const digits = fc.integer({ min: 100, max: 998 });
const slots = fc.constantFrom(
  [['08:00', '12:00']],
  [
    ['08:00', '12:00'],
    ['14:00', '18:00'],
  ],
  [['00:00', '24:00']],
);

const never = fc.constant(undefined);
const both = (path: string, name: string, values: fc.Arbitrary<unknown>) => ({
  [`${path}.xml ${name}`]: values,
  [`${path}.json ${name}`]: values,
});
/** An act and its preview. */
const ofActs = (act: string, name: string, values: fc.Arbitrary<unknown>) => ({
  [`${act} ${name}`]: values,
  [`${act.replace('.', '.preview_')} ${name}`]: values,
});
/** A grid cut in two; its rest goes to the first. */
const halves = fc.integer({ min: 100, max: 990 }).map((n) =>
  [1, 2].map((i) => ({
    id: new Marker(NEW, 10_000 + i),
    name: `半块${i}`,
    code: `439901001001${n + i}`,
    boundary: null,
  })),
);
const standardRows = fc.constantFrom('a-new-type', 'another-type').map((code) => [
  {
    ...{ kind: 'component', major: 'roads', typeCode: code, typeName: '新的小类', answersTo: 'sanitation' },
    ...{ conditionCode: `${code}-seen`, when: '有人看见', limit: '4工作时', done: '清走了', source: '测试' },
  },
]);
/** Of everybody in the cast. */
export const PASSWORD = 'fuzz-password-1';

const byName: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ...{ words, place, slots, reason: words, publicText: words, did: words, description: words, address_string: words },
  ...{ lon: near(112.9002, 112.9148), lat: near(28.1002, 28.1048), long: near(112.9002, 112.9148) },
  boundary: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: square }),
  ...{ untilAt: instant(1, 400), until: instant(24, 400), beforeAt: instant(-48, 0), asOf: instant(-24, 0) },
  ...{ occurredAt: instant(-4, 0), sentAt: instant(0, 0), updated_datetime: instant(-4, 0) },
  ...{ start_date: instant(-48, -24), end_date: instant(-1, 0) },
  ...{ on: day(-20, 0), from: day(-60, -10), to: day(-5, 0) },
  zone: fc.constantFrom('Asia/Shanghai', 'Asia/Urumqi'),
  login: fc.constantFrom('admin', 'hejing', 'wangxiulan'),
  ...{ password: fc.constant(PASSWORD), old: fc.constant(PASSWORD) },
  ...{ photos: photos, files: photos },
  commandId: fresh,
  casefileId: fresh,
  reportId: fresh,
  phone: fc.constantFrom('13900001234', '+86 10 1234 5678'),
  email: fc.constantFrom('someone@example.com'),
  address: fc.constantFrom('', 'https://hook.example.com/in'),
  jurisdiction_id: fc.constant('439901'),
};

const byPlace: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'zone.add until': fc.oneof(fc.constant(null), day(10, 90)),
  'notice.issue casefileId': any('casefile'),
  'area.merge intoId': any('area'),
  'area.preview_merge intoId': any('area'),
  'area.add level': fc.constant('micro_grid'),
  'area.add parentId': any('grid'),
  ...ofActs('area.move', 'parentId', any('community')),
  ...ofActs('area.move', 'id', any('grid')),
  ...ofActs('area.split', 'id', any('grid')),
  ...ofActs('area.split', 'parts', halves),
  ...ofActs('area.split', 'restId', fc.constant(new Marker(NEW, 10_001))),
  ...ofActs('area.split', 'children', never),
  ...ofActs('area.correct', 'id', any('grid')),
  ...ofActs('area.correct', 'boundary', square),
  ...ofActs('area.correct', 'fromIds', any('grid')),
  ...ofActs('area.correct', 'toId', any('grid')),
  ...ofActs('area.merge', 'areaIds', any('grid')),
  ...ofActs('area.merge', 'intoId', any('grid')),
  ...ofActs('area.merge', 'as', never),
  'post.add bodyId': fc.constant(null),
  'post.add role': fc.constantFrom('registrar', 'verifier', 'mediator'),
  'area.add code': digits.map((n) => `439901001001${n}`),
  'area.rename code': digits.map((n) => `439901001001${n}`),
  'area.preview_rename code': digits.map((n) => `439901001001${n}`),
  'area.move code': digits.map((n) => `439901001${n}`),
  'area.preview_move code': digits.map((n) => `439901001${n}`),
  'area.named name': fc.constantFrom('二运', '城东街道', '青园'),
  'body.add kind': fc.constantFrom('water', 'sanitation', 'justice'),
  'rule.add matches': fc.oneof(fc.constantFrom('water', 'sanitation', 'roads'), any('type'), any('condition')),
  'session.open code': never,
  'casefile.assign personId': any('worker'),
  'post.relieve postId': any('spareSeat'),
  'post.relieve personId': any('sparePerson'),
  'account.confirm_factor code': digits.map((n) => `${n}${n}`),
  'account.remove_factor code': digits.map((n) => `${n}${n}`),
  ...both('POST /open311/v2/servicerequestupdates', 'service_request_id', any('number sent')),
  'standard.check rows': standardRows,
  'standard.publish rows': standardRows,
  'POST / place': words,
  'POST /console/sign-in code': never,
  'job.rerun ids': fc.nat(99_999).map(String),
  'figure.casefiles pack': any('pack'),
  'figure.records pack': any('pack'),
  'casefile.summon leadBodyId': never,
  'casefile.visit leadBodyId': never,
  'channel.set id': any('channel'),
  'person_request.write recordId': fc.constant(null),
  'person_request.write areaId': any('community'),
  'person_request.write asker': fc.constant('来的人'),
  'directive_draft.save draftId': never,
  'directive_draft.save version': never,
  'campaign.take_answers areaId': any('community'),
};

/** What may be absent, and without which it is hardly ever done. */
export const alwaysSaid = new Set([
  'person_request.write areaId',
  'person_request.write asker',
  'campaign.take_answers areaId',
]);

/** These name the whole list; other names of lists stand for what is in them. */
export const wholeLists = new Set(['slots', 'rows', 'files', 'parts', 'children']);

/** What a person would put there; undefined: nothing better than the schema is known. */
export function hintFor({ operation, name, isChoice = false }: Spot): fc.Arbitrary<unknown> | undefined {
  const special = byPlace[`${operation} ${name}`];
  if (special || isChoice) return special;
  const general = Object.hasOwn(byName, name) ? byName[name] : undefined;
  if (general) return general;
  if (name === 'id' && makes.has(operation)) return fresh;
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  return kind === undefined ? undefined : any(kind);
}

/** Which records stand in an address, by the word before the parameter. */
export function kindInPath(path: string, name: string): string {
  const before = path.split('/').at(path.split('/').findIndex((part) => part.startsWith(`{${name}}`)) - 1) ?? '';
  return (
    { casefiles: 'casefile', cases: 'casefile', track: 'code', services: 'service', requests: 'number' }[before] ??
    before.replace(/ies$/, 'y').replace(/s$/, '')
  );
}
