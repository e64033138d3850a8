import type pg from 'pg';
import { idOf } from '../seeds/small/plan.ts';
import type { Id } from '../src/kernel/id.ts';
import { derivedId } from '../src/kernel/ids.ts';
import type { BenchRoom } from './frame.ts';

/**
 * A county of the size we think about, written by SQL straight into the tables, since a million reports over HTTP would
 * take an hour: 40 communities of 50 grids, cases spread evenly over the grids, each with two ended duties and two
 * grants, a place on the map and, but for the newest thousandth, a fate. Only what the benches read is filled in.
 */
const COMMUNITIES = 40;
const GRIDS = 50;
const FIRST_NO = 100_000;
const SPAN = GRIDS + 1;

/** The county on the map: so many cells along each side. */
const MAP = { west: 112.4, south: 27.8, cells: 60 } as const;

/** The interval of numbers of a community, or of one grid in it. */
export const communityNo = (community: number): number => FIRST_NO + community * SPAN;
export const gridNo = (community: number, grid: number): number => communityNo(community) + 1 + grid;

/** A person with an account and seats, made by SQL as well; each seat an interval of numbers, read or merely held. */
export interface Viewer {
  readonly login: string;
  readonly areas: readonly (readonly [from: number, to: number])[];
  readonly bodyId: Id | null;
}

export async function fill(room: BenchRoom, casefiles: number, bodies: readonly Id[]): Promise<void> {
  await room.asSuperuser(async (client) => {
    await sortedInAfterwards(client, ['casefile', 'obligation', 'access_grant'], () =>
      fillTables(client, casefiles, bodies),
    );
    await client.query('vacuum analyze');
  });
}

/**
 * Rows come in bulk: their indexes are taken away first and built at the end, which sorts instead of searching a place
 * for each row, and what points at other rows is not looked up a million times.
 */
export async function sortedInAfterwards(
  client: pg.Client,
  tables: readonly string[],
  work: () => Promise<unknown>,
): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where schemaname = 'public' and tablename = any ($1)
       and not exists (select 1 from pg_constraint c where c.conindid = format('public.%I', indexname)::regclass)`,
    [tables],
  );
  await client.query("set session_replication_role = replica; set maintenance_work_mem = '512MB'");
  for (const { name } of rows) await client.query(`drop index public.${name}`);
  await work();
  for (const { definition } of rows) await client.query(definition);
  await client.query('reset session_replication_role; reset maintenance_work_mem');
}

/** In the form of version 7, growing with the number, as ours do; PostgreSQL has such a function from 18 on only. */
const growing = (number: string): string =>
  `(encode(substring(int8send(1790000000000 + ${number}) from 3), 'hex') || '7' || left(md5((${number})::text), 3) || '8' || left(md5(random()::text), 15))::uuid`;

/** Ids grow, as ours do; points and fates follow from the number, so that any two rooms are alike. */
async function fillTables(client: pg.Client, casefiles: number, bodies: readonly Id[]): Promise<void> {
  await client.query(
    `insert into casefile (realm, id, number, status, type_code, area_id, scope_no, body_id, summary, confidential, reported_at, changed_at,
                           lon, lat, cell, registered_at, dispatched_at, handled_at, closed_at, returned, round, outcome, answer)
     select 1, ${growing('n')}, 'B' || n, case when done then 'evaluated' else 'handling' end, 'road-surface',
            (select id from area where realm = 1 order by no limit 1),
            $2 + (n % $3) * $5 + 1 + (n / $3) % $4, ($6::uuid[])[1 + n % cardinality($6::uuid[])], '路面塌陷,行人绕行', n % 100 = 0, at, at,
            lon, lat, floor((lat + 90) * 100)::int * 36000 + floor((lon + 180) * 100)::int,
            case when done then at + interval '1 hour' end, case when done then at + interval '2 hours' end,
            case when done then at + interval '9 hours' end, case when done then at + interval '10 hours' end,
            done and chance % 20 = 0, case when done and chance % 30 = 0 then 2 else 1 end,
            case when done then (array['resolved', 'explained', 'relieved'])[1 + chance % 3] end,
            case when done then (array['satisfied', 'mostly_satisfied', 'unsatisfied', 'unanswered'])[1 + chance % 4] end
     from (select n, n <= $1 * 0.999 as done, now() - ($1 - n) * interval '20 seconds' as at, abs(hashint4(n)) as chance,
             $7 + (n::bigint * 7919 % 6000) * $9 / 600000.0 as lon, $8 + (n::bigint * 104729 % 6007) * $9 / 600700.0 as lat
           from generate_series(1, $1::int) n) row`,
    [casefiles, FIRST_NO, COMMUNITIES, GRIDS, SPAN, bodies, MAP.west, MAP.south, MAP.cells],
  );
  await client.query(
    `insert into obligation (realm, id, duty, record_kind, record_id, scope_no, confidential, owed_by_kind, owed_by, scale, used_ms,
                             opened_at, due_at, state, ended_at, overran, ladder)
     select 1, ${growing('substr(c.number, 2)::bigint')}, duty, 'casefile', c.id, c.scope_no, c.confidential, 'body', c.body_id, 'working', 0,
            c.reported_at, c.reported_at + interval '1 day', 'settled', c.changed_at, abs(hashtext(c.number)) % 9 = 0, '[]'
     from casefile c cross join unnest(array['casefile.register', 'casefile.handle']) duty where c.number like 'B%'`,
  );
  // The second grantee follows from the case: a random one was made once for a body, and two people held a million cases.
  await client.query(
    `insert into access_grant (realm, record_id, grantee, ground, record_kind, granted_at, record_changed_at)
     select 1, c.id, grantee, 'duty', 'casefile', c.reported_at, c.changed_at
     from casefile c cross join lateral (values (c.body_id), (md5(c.number)::uuid)) as g (grantee) where c.number like 'B%'`,
  );
}

/** Open work of one post: so much at any size of the county, since a person can do only so much. */
export async function openWork(room: BenchRoom, postId: Id, count: number): Promise<void> {
  await room.asSuperuser((client) =>
    client.query(
      `insert into obligation (realm, id, duty, record_kind, record_id, scope_no, confidential, owed_by_kind, owed_by, scale, budget_ms, used_ms,
                               running_since, opened_at, due_at, state, ladder)
       select 1, gen_random_uuid(), 'casefile.verify', 'casefile', c.id, c.scope_no, false, 'post', $1, 'working', 86400000, 0,
              now(), now(), now() + n * interval '1 minute', 'running', '[]'
       from (select id, scope_no, row_number() over () as n from casefile where number like 'B%' limit $2) c`,
      [postId, count],
    ),
  );
}

export async function seat(room: BenchRoom, { login, areas, bodyId }: Viewer): Promise<{ personId: Id }> {
  const personId = derivedId('bench person', login);
  await room.asSuperuser(async (client) => {
    await client.query(`insert into person (realm, id, name, recorded_at) values (1, $1, $2, now())`, [
      personId,
      login,
    ]);
    await client.query(
      `insert into account (realm, id, login, person_id, password_hash, must_change_password, created_at) values (1, $1, $2, $3, '-', false, now())`,
      [idOf(1, 'account', login), login, personId],
    );
    for (const [from, to] of areas) {
      const [areaId, postId] = [
        derivedId('bench area', login, String(from)),
        derivedId('bench post', login, String(from)),
      ];
      await client.query(
        `insert into area (realm, id, level, no, last_no, opened_on) values (1, $1, 'community', $2, $3, '2020-01-01')`,
        [areaId, from, to],
      );
      await client.query(
        `insert into post (realm, id, role, area_id, reads_area, opened_on) values (1, $1, 'community_head', $2, true, '2020-01-01')`,
        [postId, areaId],
      );
      await hold(postId);
    }
    if (bodyId !== null) {
      const { rows } = await client.query<{ id: Id }>(`select id from post where realm = 1 and body_id = $1 limit 1`, [
        bodyId,
      ]);
      await hold(rows[0]?.id ?? '');
    }
    async function hold(postId: Id): Promise<void> {
      await client.query(
        `insert into holding (realm, id, post_id, person_id, held) values (1, gen_random_uuid(), $1, $2, '[2020-01-01,)')`,
        [postId, personId],
      );
    }
  });
  return { personId };
}

/** Named in the circles of so many confidential cases. */
export async function addToCircles(room: BenchRoom, personId: Id, count: number): Promise<void> {
  await room.asSuperuser((client) =>
    client.query(
      `insert into access_grant (realm, record_id, grantee, ground, record_kind, granted_at, record_changed_at)
       select 1, id, $1, 'named', 'casefile', now(), changed_at from casefile where realm = 1 and confidential limit $2`,
      [personId, count],
    ),
  );
}
