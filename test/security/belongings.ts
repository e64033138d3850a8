import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { areas, idOf } from '../../seeds/small/plan.ts';
import type { PhotoRoom } from '../../src/domains/work/photos/index.ts';
import { previewBound } from '../../src/domains/work/photos/preview.views.ts';
import { voiceBound } from '../../src/domains/work/photos/voice.views.ts';
import { sheetRows } from '../../src/domains/work/standards/sheet.model.ts';
import { openDataKey, recordKey } from '../../src/kernel/data_key.ts';
import { asSystem } from '../../src/kernel/entrance.ts';
import { seal } from '../../src/kernel/envelope.ts';
import type { Id } from '../../src/kernel/id.ts';
import { transact } from '../../src/kernel/transaction.ts';
import type { County } from '../harness.ts';
import { DAY } from '../telling.ts';
import type { Matter } from './matters.ts';
import type { Viewer } from './viewers.ts';

/** What hangs on matters and people besides: photos, wishes, notices, channels, doors, sessions, jobs; and what is removed. */
export interface Notice {
  readonly id: Id;
  readonly realm: number;
  readonly areas: readonly string[];
  readonly public: boolean;
  readonly words: string;
  readonly gone: boolean;
}

/** Nobody is ever shown these. */
export const secrets = {
  passwordHash: 'scrypt$4$cGFzc3dvcmRzYWx0$Y2FuYXJ5LW9mLXRoZS1wYXNzd29yZC1oYXNoZXM',
  channelSecret: '渠道的签名密钥渠道的签名密钥',
  staffPhones: ['13900000001', '13900000002', '13900000003', '13768531902'],
} as const;

/** A room that develops nothing: whatever is sent is the picture. */
export function bareRoom(): PhotoRoom {
  const files = new Map<string, Buffer>();
  const develop: PhotoRoom['develop'] = async (bytes) => ({
    ...{ picture: bytes, thumb: bytes, width: 1, height: 1, takenAt: null, point: null },
  });
  return {
    develop,
    close: async () => undefined,
    store: {
      put: async (name, bytes) => void files.set(name, bytes),
      get: async (name) => files.get(name) ?? null,
      remove: async (name) => void files.delete(name),
      list: async function* () {},
    },
    arriving: {
      begin: async () => 0,
      find: async () => null,
      take: async () => 0,
      whole: async () => null,
      drop: async () => undefined,
      sweep: async () => 0,
    },
  };
}

export const aPhoto = (text: string): { name: string; bytes: Buffer } => ({ name: 'a.jpg', bytes: Buffer.from(text) });

/** A table of the standard with a row that cannot be read: kept as a draft, never in force. */
export const aSheet = (): { name: string; bytes: Buffer } => {
  const [titles = []] = sheetRows({ majors: [], types: [] }, 1, 'zh');
  return { name: 'a.csv', bytes: Buffer.from(`${titles.slice(0, -1).join(',')}\r\n部件,`) };
};

export const aLedger = (): { name: string; bytes: Buffer } => ({
  name: 'a.csv',
  bytes: Buffer.from('姓名,联系电话\n测试甲,17088880001\n'),
});

/** A questionnaire of one question, as an XLSForm. */
export const aForm = (): { name: string; bytes: Buffer } => ({
  name: 'a.csv',
  bytes: Buffer.from('survey\n,type,name,label\n,text,need,需要什么\n'),
});

/** A form as a browser sends it. */
export async function formOf(
  fields: Readonly<Record<string, string>>,
  files: readonly { name: string; bytes: Buffer }[],
): Promise<{ payload: Buffer; headers: Record<string, string> }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const { name, bytes } of files) form.append('photos', new Blob([new Uint8Array(bytes)]), name);
  const request = new Request('http://localhost/', { method: 'POST', body: form });
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  return { payload: Buffer.from(await request.arrayBuffer()), headers };
}

/** A submission as a client of OpenRosa sends it, of a form that there is not: who it would be about is in no address. */
export async function sentIn(): Promise<{ payload: Buffer; headers: Record<string, string> }> {
  const form = new FormData();
  const xml = '<data id="none" version="1-1"><person/><meta><instanceID>uuid:0</instanceID></meta></data>';
  form.append('xml_submission_file', new Blob([xml], { type: 'text/xml' }), 'a.xml');
  const request = new Request('http://localhost/', { method: 'POST', body: form });
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  return { payload: Buffer.from(await request.arrayBuffer()), headers };
}

const withPhotos: readonly string[] = ['station-1-open', 'station-1-secret', 'ferry-1-open', 'gone'];

/** Photos of open and of confidential matters, and of the one that is to go. */
export async function plantPhotos(
  app: FastifyInstance,
  viewers: readonly Viewer[],
  matters: readonly Matter[],
): Promise<void> {
  for (const { key, code } of matters) {
    if (!withPhotos.includes(key)) continue;
    const { payload, headers } = await formOf({ commandId: randomUUID() }, [aPhoto(key)]);
    const sent = await app.inject({ method: 'POST', url: `/api/track/${code}/photos`, payload, headers });
    if (sent.json().photos?.[0]?.outcome !== 'saved') throw new Error(sent.body);
  }
  const token = viewers.find(({ name }) => name.includes('许师傅'))?.token;
  const { payload, headers } = await formOf({ stage: 'before', commandId: randomUUID() }, [aPhoto('before')]);
  const url = `/api/casefiles/${matters.find(({ key }) => key === 'owed-water')?.id}/photos`;
  const sent = await app.inject({
    method: 'POST',
    url,
    payload,
    headers: { ...headers, authorization: `Bearer ${token}` },
  });
  if (sent.json().photos?.[0]?.outcome !== 'saved') throw new Error(sent.body);
}

/** Recordings beside the same reports, sealed as the program seals them. */
export async function plantVoices(county: County, room: PhotoRoom, matters: readonly Matter[]): Promise<void> {
  for (const { key, id } of matters) {
    if (!withPhotos.includes(key)) continue;
    const [file, sha256] = [
      randomUUID().replaceAll('-', ''),
      createHash('sha256').update(`voice ${key}`).digest('hex'),
    ];
    const [row] = await county.sql<{ keyId: Id }>(
      `insert into voice (realm, id, casefile_id, report_id, file, key_id, sha256, kind, bytes, seconds, added_by, added_at)
         select r.realm, gen_random_uuid(), r.casefile_id, r.id, $2, r.key_id, decode($3, 'hex'), 'webm', 5, 5, $4, now()
         from report r where r.casefile_id = $1 limit 1 returning key_id as "keyId"`,
      [id, file, sha256, idOf(1, 'person', 'wangxiulan')],
    );
    await transact(county.runtime, asSystem(1, 'test'), async (ctx) => {
      const opened = await openDataKey(ctx, row?.keyId ?? '');
      if (!opened) throw new Error(`${key} has no key`);
      await room.store.put(file, seal(opened.bytes, Buffer.from(`voice ${key}`), voiceBound(id, sha256)));
    });
  }
}

/** Of photos that are still on their way, as a phone sends them ahead, sealed as the program seals them. */
export async function plantPreviews(county: County, matters: readonly Matter[]): Promise<void> {
  for (const { key, id } of matters) {
    if (!withPhotos.includes(key)) continue;
    const sha256 = createHash('sha256').update(`preview ${key}`).digest('hex');
    const sealed = await transact(county.runtime, asSystem(1, 'test'), async (ctx) => {
      const own = await recordKey(ctx, { kind: 'casefile', id });
      return {
        keyId: own.id,
        bytes: seal(own.bytes, Buffer.from(`preview ${key}`), previewBound(id, 'report', sha256)),
      };
    });
    await county.sql(
      `insert into photo_preview (realm, id, casefile_id, stage, sha256, key_id, sealed, added_by, added_at)
         values (1, gen_random_uuid(), $1, 'report', decode($2, 'hex'), $3, $4, $5, now())`,
      [id, sha256, sealed.keyId, sealed.bytes, idOf(1, 'person', 'wangxiulan')],
    );
  }
}

/** Wishes about the clocks of two bodies, a channel, notices. */
export async function plantBelongings(county: County, matters: readonly Matter[]): Promise<Notice[]> {
  const idOfMatter = (key: string): Id => matters.find((matter) => matter.key === key)?.id ?? '';
  const [zhou, lu, admin] = [await county.as('周工'), await county.as('卢法'), await county.as('管理员')];
  for (const [by, key] of [
    [zhou, 'owed-water'],
    [lu, 'owed-justice'],
  ] as const) {
    const duties = await county.sql<{ id: Id }>(
      `select id from obligation where record_id = $1 and duty = 'casefile.handle'`,
      [idOfMatter(key)],
    );
    const asked = await by.post(`/api/obligations/${duties[0]?.id}/ask-extension`, { words: `${key}要延期` });
    if (asked.status !== 200) throw new Error(JSON.stringify(asked.body));
  }
  const channel = { id: randomUUID(), kind: 'recorder', address: '', secret: secrets.channelSecret, enabled: true };
  await admin.post('/api/channels', channel);
  const said = await lu.post(`/api/casefiles/${idOfMatter('owed-justice')}/say`, { words: '走渠道的留言' });
  if (said.status !== 200) throw new Error(JSON.stringify(said.body));
  const notices = await plantNotices(county);
  await plantRows(county);
  await plantDevices(county);
  await plantSending(county, idOfMatter('owed-water'));
  await county.settle();
  await county.settle(2);
  return notices;
}

/** Everybody's phone, known by whose it is. */
export const deviceOf = (accountId: Id): Id => {
  const hash = createHash('md5').update(`device ${accountId}`).digest('hex');
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

async function plantDevices(county: County): Promise<void> {
  await county.sql(`
    insert into device (realm, id, account_id, person_id, area_id, model, app_version, registered_at, seen_at)
    select a.realm, md5('device ' || a.id)::uuid, a.id, a.person_id, (select t.area_id from holding h
        join post t on t.realm = h.realm and t.id = h.post_id
        where h.realm = a.realm and h.person_id = a.person_id and t.area_id is not null order by t.id limit 1),
      '手机', '1', now(), now() from account a`);
  await county.sql(`
    insert into device_op (realm, device_id, seq, command_id, name, target, verdict, answer, code, occurred_at, judged_at)
    select d.realm, d.id, n, gen_random_uuid(), 'casefile.measure', 'x', v.verdict, v.answer, v.code, now(), now() from device d
    cross join (values (1, 'applied', '{}'::jsonb, null), (2, 'refused', null, 'input.invalid')) as v (n, verdict, answer, code)`);
}

async function plantNotices(county: County): Promise<Notice[]> {
  const untilAt = new Date(county.clock.now().getTime() + 30 * DAY).toISOString();
  const issue = async (by: string, realm: number, key: string, isPublic: boolean, gone = false): Promise<Notice> => {
    const notice = { id: randomUUID(), words: `通知〔${realm} ${key}${gone ? ' 撤' : ''}〕`, public: isPublic };
    const form = { ...notice, areaIds: [idOf(realm, 'area', key)], untilAt };
    const done = await (await county.as(by, realm)).post('/api/notices', form);
    if (done.status !== 200) throw new Error(JSON.stringify(done.body));
    return { ...notice, realm, areas: [key], gone };
  };
  return [
    await issue('李建国', 1, 'station-1', false),
    await issue('孙丽', 1, 'station-2', false),
    await issue('孙丽', 1, 'station', false),
    await issue('蒋涛', 1, 'east', true),
    await issue('赵磊', 1, 'county', false),
    await issue('高明', 1, 'park-1', false),
    await issue('罗河', 1, 'ferry', false),
    await issue('孙丽', 2, 'station', false),
    await issue('李建国', 1, 'station-1', false, true),
  ];
}

/** What a platform of others did not take; switched off, so that the matters go their usual way. */
export const failedSending: Id = idOf(1, 'sending', 'failed');
async function plantSending(county: County, casefileId: Id): Promise<void> {
  const body = idOf(1, 'body', 'water');
  await county.sql(
    `insert into neighbour (realm, body_id, url, format, services, enabled, api_key, changed_at)
     values (1, $1, 'https://example.org', 'json', '[]', false, $2, now())`,
    [body, Buffer.from(secrets.channelSecret).subarray(0, 8)],
  );
  await county.sql(
    `insert into neighbour_sending (realm, id, casefile_id, body_id, number, round, joint, state, fault, made_at, changed_at)
     values (1, $1, $2, $3, 'N-1', 1, false, 'failed', 'moved', now(), now())`,
    [failedSending, casefileId, body],
  );
}

/** A file that was imported, with a row that was refused. */
export const importedBatch: Id = idOf(1, 'import', 'batch');

/** Of a program that nobody here runs: ending it changes nothing else. */
export const issuedKey: Id = idOf(1, 'apikey', 'issued');

/** What no endpoint writes yet, or only slowly: doors of houses, hashes of passwords, a job that gave up. */
async function plantRows(county: County): Promise<void> {
  await county.sql('update account set password_hash = $1', [secrets.passwordHash]);
  await county.sql(
    `insert into api_key (realm, id, key_hash, name, scopes, created_at) values (1, $1, '\\x01', '测试', '{report}', now())`,
    [issuedKey],
  );
  await county.sql(
    `insert into import_batch (realm, id, source, file_hash, founds, begun_at) values (1, $1, 'test', '\\x01', false, now())`,
    [importedBatch],
  );
  for (const realm of [1, 2])
    for (const { key } of areas)
      await county.sql(
        `insert into dwelling (realm, id, area_id, scope_no, building, door_no)
         select a.realm, gen_random_uuid(), a.id, a.no, '1栋', $3 from area a where a.realm = $1 and a.id = $2`,
        [realm, idOf(realm, 'area', key), key],
      );
  await county.sql(
    `select graphile_worker.add_job('react', json_build_object('realm', realm, 'entry', id, 'reaction', 'x'))
     from (select realm, id from entry where realm = 1 and record_kind = 'casefile' and confidential order by ord limit 1) e`,
  );
  await county.sql('update graphile_worker._private_jobs set attempts = max_attempts');
}

/** Removes records with everything that hangs on them, as only the owner of the database can. */
export async function removeForGood(
  county: County,
  matters: readonly Matter[],
  notices: readonly Notice[],
  sessionId: Id,
): Promise<void> {
  const of = (table: string, where: string, id: Id) => county.sql(`delete from ${table} where ${where}`, [id]);
  const messages = '(select id from message where record_id = $1)';
  const owed = '(select id from obligation where record_id = $1)';
  const gone = (records: readonly { id: Id; gone: boolean }[]) => records.filter((one) => one.gone).map(({ id }) => id);
  for (const id of gone(matters)) {
    await of('delivery', `message_id in ${messages}`, id);
    await of('message', 'record_id = $1', id);
    await of('adjustment', `obligation_id in ${owed}`, id);
    for (const table of ['voice', 'photo_preview', 'summons', 'report', 'neighbour_sending'])
      await of(table, 'casefile_id = $1', id);
    await of('photo', 'record_id = $1', id);
    for (const table of ['obligation', 'access_grant']) await of(table, 'record_id = $1', id);
    await of('casefile', 'id = $1', id);
  }
  for (const id of gone(notices)) {
    for (const table of ['notice_told', 'notice_area']) await of(table, 'notice_id = $1', id);
    await of('notice', 'id = $1', id);
  }
  for (const id of [...gone(matters), ...gone(notices)]) {
    await of('entry_position', 'entry_id in (select id from entry where record_id = $1)', id);
    await of('entry', 'record_id = $1', id);
  }
  await of('session', 'id = $1', sessionId);
}
