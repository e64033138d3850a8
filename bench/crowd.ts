import { idOf } from '../seeds/small/plan.ts';
import type { Id } from '../src/kernel/id.ts';
import { derivedId } from '../src/kernel/ids.ts';
import type { BenchRoom } from './frame.ts';

/**
 * A county of the size we think about, written by SQL straight into the tables, since a million reports over HTTP would
 * take an hour: 40 communities of 50 grids, cases spread evenly over the grids, each with two ended duties and two
 * grants; of the newest thousandth one duty is open. Only what the benches read is filled in.
 */
const COMMUNITIES = 40;
const GRIDS = 50;
const FIRST_NO = 100_000;
const SPAN = GRIDS + 1;

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
    await client.query(
      `insert into casefile (realm, id, number, status, type_code, area_id, scope_no, body_id, summary, confidential, reported_at, changed_at)
       select 1, gen_random_uuid(), 'B' || n, case when n <= $1 * 0.999 then 'evaluated' else 'handling' end, 'road-surface',
              (select id from area where realm = 1 order by no limit 1),
              $2 + (n % $3) * $5 + 1 + (n / $3) % $4, ($6::uuid[])[1 + n % cardinality($6::uuid[])], '路面塌陷,行人绕行', n % 100 = 0,
              now() - ($1 - n) * interval '20 seconds', now() - ($1 - n) * interval '20 seconds'
       from generate_series(1, $1::int) n`,
      [casefiles, FIRST_NO, COMMUNITIES, GRIDS, SPAN, bodies],
    );
    await client.query(
      `insert into obligation (realm, id, duty, record_kind, record_id, scope_no, confidential, owed_by_kind, owed_by, scale, used_ms,
                               opened_at, due_at, state, ended_at, ladder)
       select 1, gen_random_uuid(), duty, 'casefile', c.id, c.scope_no, c.confidential, 'body', c.body_id, 'working', 0,
              c.reported_at, c.reported_at + interval '7 days', 'settled', c.changed_at, '[]'
       from casefile c cross join unnest(array['casefile.register', 'casefile.handle']) duty where c.number like 'B%'`,
    );
    await client.query(
      `insert into access_grant (realm, record_id, grantee, ground, record_kind, granted_at, record_changed_at)
       select 1, c.id, grantee, 'duty', 'casefile', c.reported_at, c.changed_at
       from casefile c cross join lateral (values (c.body_id), (gen_random_uuid())) as g (grantee) where c.number like 'B%'`,
    );
    await client.query('vacuum analyze');
  });
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
