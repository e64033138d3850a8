import { idOf } from '../seeds/small/plan.ts';
import type { Id } from '../src/kernel/id.ts';
import type { BenchRoom } from './frame.ts';

/** Open cases as they are in grids, evenly over the numbers, by SQL: what is said differs from one to the next, as it does. */
export async function fillGrids(room: BenchRoom, rows: number, areaId: Id, numbers?: readonly number[]): Promise<void> {
  room.say(`filling ${rows.toLocaleString('en')} cases …`);
  await room.asSuperuser(async (client) => {
    await client.query(
      `with said as (
         select n, gen_random_uuid() as id, left(md5($2::uuid::text), 8) || '-' || lpad(n::text, 6, '0') as number,
           (select string_agg((array['路面','井盖','路灯','积水','垃圾','围挡','楼道','消防栓','电线','树枝','护栏','水管','广告牌','车辆'])[1 + floor(random() * 14)::int]
             || (array['塌陷','缺失','不亮','外溢','堆放','倒伏','堵塞','漏水','破损','松动'])[1 + floor(random() * 10)::int], '，')
            from generate_series(1, 3 + n % 5)) as words
         from generate_series(1, $1::int) n),
       cases as (
         insert into casefile (realm, id, number, status, type_code, condition_code, area_id, scope_no, summary, place_words, lon, lat, accuracy_m, reported_at, changed_at)
         select 1, said.id, number, 'handling', 'road-sunken', 'road-sunken-passable', a.id,
           coalesce(($4::int[])[1 + n % cardinality($4::int[])], a.no), left(words, 80),
           (array['二运巷','建设路','人民街','滨河路'])[1 + n % 4] || (n % 300) || '号', 112.9 + random() * 0.005, 28.1 + random() * 0.005, (random() * 30)::int,
           now(), now() - n * interval '1 millisecond'
         from said cross join area a where a.realm = 1 and a.id = $2::uuid returning id, scope_no, reported_at),
       reports as (
         insert into report (realm, id, casefile_id, channel, grantee, words, occurred_at, recorded_at)
         select 1, gen_random_uuid(), said.id, 'portal', gen_random_uuid(), words, now(), now() from said)
       insert into obligation (realm, id, duty, record_kind, record_id, scope_no, confidential, owed_by_kind, owed_by, scale, used_ms,
                               running_since, opened_at, due_at, state, ladder)
       select 1, gen_random_uuid(), 'casefile.handle', 'casefile', id, scope_no, false, 'body', $3, 'working', 0,
              reported_at, reported_at, reported_at + interval '7 days', 'running', '[]' from cases`,
      [rows, areaId, idOf(1, 'body', 'works'), numbers ?? null],
    );
    await client.query('vacuum analyze');
  });
}
