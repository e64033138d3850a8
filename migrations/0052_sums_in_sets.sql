-- Adding up for figures at the size of a county of many years. What was handed over as an array and sought with `= any` was
-- searched from its beginning for every row, once a connection had its plans made for good: adding up a million cases took
-- hours. Ids are joined now, as a set; the full count and the forgetting go in portions, each a statement of seconds.

drop function figure_recount(integer);
drop function figure_shares(uuid[]);

-- What cases and their ended duties add to the sums; `fact` names a combination of facts by its hash, taken once a case.
create function figure_shares(p_ids uuid[]) returns table (
  casefile_id uuid, place_no integer, kind text, day integer, fact uuid, confidential boolean, status text, outcome text, answer text,
  several_rounds boolean, merged boolean, urgent boolean, self_handled boolean, returned boolean, reopened boolean, suspended boolean,
  duty text, clock text, late boolean, exempt boolean
) language sql stable rows 100000 set search_path = pg_catalog, public, pg_temp as $$
  with c as materialized (
    select f.id, f.scope_no, f.confidential, f.status, f.outcome, f.answer, f.round > 1 as several_rounds, f.merged_into is not null as merged,
      f.urgent, f.self_handled, f.returned, f.reopened, f.suspended,
      f.reported_at, f.registered_at, f.dispatched_at, f.handled_at, f.closed_at,
      md5(row(f.confidential, f.status, f.outcome, f.answer, f.round > 1, f.merged_into is not null, f.urgent, f.self_handled, f.returned,
        f.reopened, f.suspended, null::text, null::text, null::boolean, null::boolean)::text)::uuid as fact
    from unnest(p_ids) i (id) join casefile f on f.realm = (select jw_realm()) and f.id = i.id)
  select c.id, c.scope_no, k.kind, figure_day(k.at), c.fact, c.confidential, c.status, c.outcome, c.answer, c.several_rounds, c.merged,
    c.urgent, c.self_handled, c.returned, c.reopened, c.suspended, null, null, null, null
  from c cross join lateral (values ('reported', c.reported_at), ('registered', c.registered_at), ('dispatched', c.dispatched_at),
    ('handled', c.handled_at), ('closed', c.closed_at)) k (kind, at) where k.at is not null
  union all
  select c.id, c.scope_no, 'due', figure_day(coalesce(o.due_at, o.ended_at)),
    md5(row(c.confidential, c.status, c.outcome, c.answer, c.several_rounds, c.merged, c.urgent, c.self_handled, c.returned,
      c.reopened, c.suspended, o.duty, o.state, o.overran, o.exempt)::text)::uuid,
    c.confidential, c.status, c.outcome, c.answer, c.several_rounds, c.merged,
    c.urgent, c.self_handled, c.returned, c.reopened, c.suspended, o.duty, o.state, o.overran, o.exempt
  from c join obligation o on o.realm = (select jw_realm()) and o.record_id = c.id
  where o.record_kind = 'casefile' and o.state in ('settled', 'withdrawn')
$$;

-- Places that lie in the same areas are put together before their sums are spread over those areas. Each case is found by
-- its key: of a table that is just being filled the planner knows nothing, and would look through all of it.
create or replace function figure_add(p_ids uuid[], p_sign integer) returns void language sql volatile
  set search_path = pg_catalog, public, pg_temp as $$
  insert into figure_cell as f (realm, no, last_no, kind, span, day, fact, n)
  with part as materialized (
    select t.place_no, u.kind, u.day, u.fact from unnest(p_ids) i (id) cross join lateral (
      select x.place_no, x.kinds, x.days, x.facts from figure_counted x
      where x.realm = (select jw_realm()) and x.casefile_id = i.id offset 0) t
    cross join lateral unnest(t.kinds, t.days, t.facts) u (kind, day, fact)),
  place as materialized (
    select l.place_no, min(l.place_no) over (partition by l.nodes) as like_no from (
      select d.place_no, array_agg(array[a.no, a.last_no] order by a.no, a.last_no) as nodes
      from (select distinct part.place_no from part) d
      join figure_node a on a.realm = (select jw_realm()) and a.no <= d.place_no and a.last_no >= d.place_no group by 1) l),
  here as materialized (
    select place.like_no, part.kind, part.day, part.fact, count(*) as n from part join place on place.place_no = part.place_no
    group by 1, 2, 3, 4)
  select (select jw_realm()), a.no, a.last_no, h.kind, s.span, s.day, h.fact, p_sign * sum(h.n)
  from here h join figure_node a on a.realm = (select jw_realm()) and a.no <= h.like_no and a.last_no >= h.like_no
  cross join lateral (values (1, h.day), (32, h.day >> 5)) s (span, day)
  group by 2, 3, 4, 5, 6, 7
  on conflict (realm, no, last_no, kind, span, day, fact) do update set n = f.n + excluded.n
$$;

create or replace function figure_unfold(p_ids uuid[]) returns void language sql volatile
  set search_path = pg_catalog, public, pg_temp as $$
  select figure_add(p_ids, -1);
  delete from figure_counted t where t.realm = (select jw_realm()) and t.casefile_id in (select i.id from unnest(p_ids) i (id));
  update obligation o set folded_key = null from unnest(p_ids) i (id)
  where o.realm = (select jw_realm()) and o.record_id = i.id and o.folded_key is not null;
  update casefile c set folded_key = null from unnest(p_ids) i (id)
  where c.realm = (select jw_realm()) and c.id = i.id and c.folded_key is not null
$$;

-- Adds up what rests; takes off what changed since it was added up, to be added up anew once it rests. Whoever is at work
-- on a case or on a duty of it comes first: it waits for the next time. Returns how many cases were dealt with.
create or replace function figure_fold(p_most integer) returns integer language plpgsql volatile security definer
  set search_path = pg_catalog, public, pg_temp set work_mem = '64MB' as $$
declare
  changed uuid[];
  quiet uuid[];
  fresh_no integer[];
  fresh_last integer[];
begin
  if not pg_try_advisory_xact_lock(hashtext('figure_fold'), jw_realm()) then return 0; end if;

  select coalesce(array_agg(id), '{}') into changed from (
    select c.id from casefile c where c.realm = jw_realm() and c.id in (select figure_stale())
    limit p_most for no key update skip locked) locked;
  perform figure_unfold(changed);

  select coalesce(array_agg(id), '{}') into quiet from (
    select c.id from casefile c where c.realm = jw_realm() and c.folded_key is null
      and (c.status in ('evaluated', 'declined') or c.merged_into is not null) and not c.suspended
    order by c.changed_at limit p_most for no key update skip locked) locked;
  with free as materialized (
    select o.record_id from unnest(quiet) i (id) join obligation o on o.realm = (select jw_realm()) and o.record_id = i.id
    for no key update of o skip locked),
  freed as (select record_id, count(*) as n from free group by 1),
  owed as (select o.record_id, count(*) as n from unnest(quiet) i (id)
    join obligation o on o.realm = (select jw_realm()) and o.record_id = i.id group by 1)
  select coalesce(array_agg(q.id), '{}') into quiet from unnest(quiet) q (id)
  left join owed on owed.record_id = q.id left join freed on freed.record_id = q.id
  where owed.n is not distinct from freed.n;

  -- Areas that are new to the sums get theirs from what was added up in their numbers; no case is touched for them.
  select array_agg(a.no), array_agg(a.last_no) into fresh_no, fresh_last from (
    select distinct a.no, a.last_no from area a
    where a.realm = jw_realm() and a.closed_on is null and a.level not in ('grid', 'micro_grid')
      and not exists (select 1 from figure_node n where n.realm = a.realm and n.no = a.no and n.last_no = a.last_no)) a;
  if fresh_no is not null then
    insert into figure_node (realm, no, last_no) select jw_realm(), a.no, a.last_no from unnest(fresh_no, fresh_last) a (no, last_no);
    insert into figure_cell (realm, no, last_no, kind, span, day, fact, n)
    select jw_realm(), a.no, a.last_no, u.kind, s.span, s.day, u.fact, count(*)
    from figure_counted t cross join lateral unnest(t.kinds, t.days, t.facts) u (kind, day, fact)
    join unnest(fresh_no, fresh_last) a (no, last_no) on t.place_no between a.no and a.last_no
    cross join lateral (values (1, u.day), (32, u.day >> 5)) s (span, day)
    where t.realm = jw_realm() group by 2, 3, 4, 5, 6, 7;
  end if;
  if cardinality(quiet) = 0 then return cardinality(changed); end if;

  with share as materialized (select * from figure_shares(quiet)),
  named as (
    insert into figure_fact (realm, id, confidential, status, outcome, answer, several_rounds, merged, urgent, self_handled, returned,
      reopened, suspended, duty, clock, late, exempt)
    select distinct on (fact) jw_realm(), fact, confidential, status, outcome, answer, several_rounds, merged, urgent, self_handled, returned,
      reopened, suspended, duty, clock, late, exempt from share
    on conflict (realm, id) do nothing)
  insert into figure_counted (realm, casefile_id, place_no, kinds, days, facts)
  select jw_realm(), casefile_id, place_no, array_agg(kind), array_agg(day), array_agg(fact) from share group by casefile_id, place_no;
  perform figure_add(quiet, 1);
  update obligation o set folded_key = figure_duty_key(o.record_id, o.duty, o.state, o.due_at, o.ended_at, o.overran, o.exempt)
  from unnest(quiet) i (id)
  where o.realm = (select jw_realm()) and o.record_id = i.id and o.record_kind = 'casefile' and o.state in ('settled', 'withdrawn');
  update casefile c set folded_key = figure_key(c.scope_no, c.confidential, c.status, c.outcome, c.answer, c.round, c.merged_into, c.urgent,
    c.self_handled, c.returned, c.reopened, c.suspended, c.reported_at, c.registered_at, c.dispatched_at, c.handled_at, c.closed_at)
  from unnest(quiet) i (id) where c.realm = (select jw_realm()) and c.id = i.id;
  return cardinality(changed) + cardinality(quiet);
end $$;

-- The full count goes in portions: of each kind so many whole blocks of 32 days as hold about so many cases or duties, all
-- time among them. While they are compared nobody adds up: the portions of one transaction belong together.
create function figure_portions(p_most bigint) returns table (kind text, day_from integer, day_to integer) language plpgsql volatile
  security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('figure_fold'), jw_realm());
  return query
  with block as (
    select k.kind, k.day, max(k.n) as n from (
      select c.kind, c.day, sum(c.n) as n from figure_cell c where c.realm = (select jw_realm()) and c.span = 32
      group by c.no, c.last_no, c.kind, c.day) k group by 1, 2),
  part as (
    select p.kind, min(p.day) as day from (
      select b.kind, b.day, floor((sum(b.n) over (partition by b.kind order by b.day) - b.n) / p_most) as part from block b) p
    group by p.kind, p.part)
  select k.kind, case when lag(p.day) over earlier is null then -1000000 else p.day * 32 end,
    coalesce(lead(p.day) over earlier * 32, 1000000)
  from unnest(array['reported', 'registered', 'dispatched', 'handled', 'closed', 'due']) k (kind) left join part p on p.kind = k.kind
  window earlier as (partition by k.kind order by p.day);
end $$;

-- One portion, counted again from the cases themselves; what has changed since, as it was added up. Where a sum differs, it
-- is told with what it should be. `checked` is the number of sums looked at.
do $do$
declare
  kinds constant text := (select string_agg(format('
    select c.id, c.scope_no as place_no, figure_day(c.%1$s_at) as day,
      md5(row(c.confidential, c.status, c.outcome, c.answer, c.round > 1, c.merged_into is not null, c.urgent, c.self_handled, c.returned,
        c.reopened, c.suspended, null::text, null::text, null::boolean, null::boolean)::text)::uuid as fact
    from casefile c where p_kind = %1$L and c.realm = (select jw_realm()) and c.folded_key is not null
      and c.%1$s_at >= to_timestamp(p_from * 86400.0 + 57600) and c.%1$s_at < to_timestamp(p_to * 86400.0 + 57600)
    union all', kind), '' order by kind) from unnest(array['reported', 'registered', 'dispatched', 'handled', 'closed']) kind);
begin
  execute format('create function figure_recount(p_kind text, p_from integer, p_to integer, p_most integer) returns table (no integer,
    last_no integer, kind text, span smallint, day integer, facts text, expected bigint, found bigint, checked bigint, wrong bigint)
    language sql stable security definer set search_path = pg_catalog, public, pg_temp set work_mem = %L as %L', '64MB', '
  with stale as materialized (select id from figure_stale() s (id)),
  share as (' || kinds || '
    select c.id, c.scope_no, figure_day(coalesce(o.due_at, o.ended_at)),
      md5(row(c.confidential, c.status, c.outcome, c.answer, c.round > 1, c.merged_into is not null, c.urgent, c.self_handled, c.returned,
        c.reopened, c.suspended, o.duty, o.state, o.overran, o.exempt)::text)::uuid
    from obligation o join casefile c on c.realm = o.realm and c.id = o.record_id
    where p_kind = ''due'' and o.realm = (select jw_realm()) and o.folded_key is not null and c.folded_key is not null
      and case when o.due_at is null then o.ended_at else o.due_at end >= to_timestamp(p_from * 86400.0 + 57600)
      and case when o.due_at is null then o.ended_at else o.due_at end < to_timestamp(p_to * 86400.0 + 57600)),
  grouped as materialized (
    select g.place_no, g.day, g.fact, count(*) as n from (
      select share.place_no, share.day, share.fact from share where share.id not in (select stale.id from stale)
      union all
      select t.place_no, u.day, u.fact from stale join figure_counted t on t.realm = (select jw_realm()) and t.casefile_id = stale.id
      cross join lateral unnest(t.kinds, t.days, t.facts) u (kind, day, fact)
      where u.kind = p_kind and u.day >= p_from and u.day < p_to) g
    group by 1, 2, 3),
  should as (
    select a.no, a.last_no, s.span::smallint as span, s.day, g.fact, sum(g.n)::bigint as n
    from grouped g cross join lateral (values (1, g.day), (32, g.day >> 5)) s (span, day)
    join figure_node a on a.realm = (select jw_realm()) and a.no <= g.place_no and a.last_no >= g.place_no
    group by 1, 2, 3, 4, 5),
  compared as materialized (
    select no, last_no, span, day, fact, coalesce(s.n, 0) as expected, coalesce(c.n, 0) as found
    from should s full join (select * from figure_cell f where f.realm = (select jw_realm()) and f.kind = p_kind
      and (f.span = 1 and f.day >= p_from and f.day < p_to or f.span = 32 and f.day >= p_from >> 5 and f.day < p_to >> 5)) c
    using (no, last_no, span, day, fact)),
  totals as (select count(*) as checked, count(*) filter (where expected <> found) as wrong from compared)
  select d.no, d.last_no, p_kind, d.span, d.day, f::text, d.expected, d.found, totals.checked, totals.wrong
  from totals left join (select * from compared where expected <> found order by span desc, no, day limit p_most) d on true
  left join figure_fact f on f.realm = (select jw_realm()) and f.id = d.fact');
end $do$;

-- Forgets all sums: everything is read row by row until it has been added up anew. What was added up as what is let go case
-- by case, in the order of ids; the last one is told, nothing when there are no more. Whatever of it a sweep adds up
-- meanwhile is right already.
create or replace function figure_forget() returns void language sql volatile security definer
  set search_path = pg_catalog, public, pg_temp as $$
  select pg_advisory_xact_lock(hashtext('figure_fold'), jw_realm());
  delete from figure_node where realm = jw_realm();
  delete from figure_cell where realm = jw_realm();
  delete from figure_fact f where f.realm = jw_realm() and f.id <> md5(row(f.confidential, f.status, f.outcome, f.answer, f.several_rounds,
    f.merged, f.urgent, f.self_handled, f.returned, f.reopened, f.suspended, f.duty, f.clock, f.late, f.exempt)::text)::uuid
$$;
create function figure_let_go(p_after uuid, p_most integer) returns uuid language plpgsql volatile security definer
  set search_path = pg_catalog, public, pg_temp set work_mem = '64MB' as $$
declare
  gone uuid[];
begin
  perform pg_advisory_xact_lock(hashtext('figure_fold'), jw_realm());
  gone := array(select t.casefile_id from figure_counted t where t.realm = jw_realm() and t.casefile_id > p_after
                order by t.casefile_id limit p_most);
  perform figure_unfold(gone);
  return gone[cardinality(gone)];
end $$;

do $$
declare
  f text;
begin
  grant create on schema public to jingwei_counter;
  foreach f in array array['figure_shares(uuid[])', 'figure_portions(bigint)', 'figure_recount(text, integer, integer, integer)',
    'figure_let_go(uuid, integer)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to jingwei_counter', f);
  end loop;
  foreach f in array array['figure_portions(bigint)', 'figure_recount(text, integer, integer, integer)', 'figure_let_go(uuid, integer)'] loop
    execute format('grant execute on function %s to jingwei_system', f);
  end loop;
  revoke create on schema public from jingwei_counter;
end $$;

-- Under row security only what gives nothing away is sought in an index, and for all that PostgreSQL knows `coalesce` might:
-- what falls due at the two ends of a period was found by reading every duty. It holds `case` for harmless.
drop index obligation_folded_due;
create index obligation_folded_due on obligation (realm, (case when due_at is null then ended_at else due_at end)) where folded_key is not null;
do $$
declare
  told constant text := pg_get_functiondef('figure_duty_rows'::regproc);
  sought constant text := 'coalesce(d.due_at, d.ended_at)';
begin
  if strpos(told, sought) = 0 then raise exception 'figure_duty_rows is not as it was made'; end if;
  execute replace(told, sought, 'case when d.due_at is null then d.ended_at else d.due_at end');
end $$;
