-- Whether and when past dispatches were learned from: a line for each realm, so that of several servers one does it.
create table dispatch_learning (
  realm smallint not null references realm,
  -- the night it was last begun for, by the calendar of the realm
  night date not null,
  begun_at timestamptz not null,
  -- how it went the last time that it came to an end
  ended_at timestamptz,
  outcome text,
  lessons integer,
  version integer,
  primary key (realm),
  constraint dispatch_learning_outcome_known check (outcome in ('learned', 'same', 'too_few')),
  constraint dispatch_learning_ended_whole check ((ended_at is null) = (outcome is null) and (ended_at is null) = (lessons is null))
);

call protect('dispatch_learning', 'realm = (select jw_realm()) and (select jw_administers())', 'false', 'select');
grant select, insert, update on dispatch_learning to jingwei_system;

-- Searching was planned anew for every question, and spread over helpers of the database that take longer to come than
-- the work takes. Planned once for a session now. A row is opened once: what was found in a case itself is not looked up
-- again, the newest change is looked at first, and a grant is asked for only until enough have been found.
create or replace function search_casefiles(p_terms text[], p_tokens text[], p_before timestamptz, p_before_id uuid, p_most integer)
returns table (id uuid, changed_at timestamptz) language plpgsql stable
security definer set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan set max_parallel_workers_per_gather = 0 as $$
#variable_conflict use_column
declare
  r constant smallint := jw_realm();
  mine constant int4multirange := jw_ranges();
  me constant uuid[] := jw_grantees();
  grams constant text[] := array(select distinct g from unnest(p_terms) t, unnest(jw_grams(t)) g);
  -- A term of two characters is a gram itself: where the index says it stands, it does.
  others constant text[] := array(select t
    from (select lower(normalize(t, nfkc)) as t from unnest(p_terms) t) plain where length(t) <> 2);
begin
  return query
  select s.id, s.changed_at from (
    select f.* from (
      select a.id, a.changed_at, a.scope_no, a.confidential from casefile a
      where a.realm = r and cardinality(grams) > 0 and jw_case_grams(a.number, a.place_words, a.type_code) @> grams
        and (cardinality(others) = 0 or not exists (
          select 1 from unnest(others) t where strpos(lower(normalize(a.place_words, nfkc)), t) = 0))
      union
      select c.* from (
        select distinct b.casefile_id from report b
        where b.realm = r and cardinality(grams) > 0 and jw_grams(b.words) @> grams
          and (cardinality(others) = 0 or not exists (
            select 1 from unnest(others) t where strpos(lower(normalize(b.words, nfkc)), t) = 0))) said
      cross join lateral (
        select c.id, c.changed_at, c.scope_no, c.confidential from casefile c where c.realm = r and c.id = said.casefile_id limit 1) c
      union
      select a.id, a.changed_at, a.scope_no, a.confidential from casefile a
      where a.realm = r and cardinality(p_tokens) > 0 and jw_case_grams(a.number, a.place_words, a.type_code) && p_tokens) f
    where p_before is null or (f.changed_at, f.id) < (p_before, p_before_id)
    order by f.changed_at desc, f.id desc offset 0) s
  where (not s.confidential and mine @> s.scope_no)
    or exists (select 1 from access_grant g where g.realm = r and g.record_id = s.id and g.grantee = any (me))
  order by s.changed_at desc, s.id desc limit p_most;
end $$;

-- Each run of numbers is gone through in the index by itself, also where a county is small and the database would rather
-- read what others have and drop it again.
create or replace function count_in_cells(p_cells integer[], p_side integer, p_open boolean)
returns table (square_row integer, square_column integer, cases integer, waiting integer) language plpgsql stable
security definer set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan set max_parallel_workers_per_gather = 0 as $$
declare
  r constant smallint := jw_realm();
  mine constant int4multirange := jw_ranges();
  me constant uuid[] := jw_grantees();
begin
  return query
  select c.cell / 36000 / p_side, c.cell % 36000 / p_side, sum(c.cases)::integer, sum(c.waiting)::integer
  from (
    select a.cell, count(*) as cases, count(*) filter (where a.status <> all ('{closed,evaluated,declined}')) as waiting
    from unnest(mine) run cross join lateral (
      select i.cell, i.status from casefile i
      where i.realm = r and i.cell = any (p_cells) and i.scope_no >= lower(run) and i.scope_no < upper(run)
        and i.merged_into is null and not i.confidential and not (p_open and i.status = any ('{evaluated,declined}'))
      offset 0) a
    group by a.cell
    union all
    select b.cell, 1, (b.status <> all ('{closed,evaluated,declined}'))::integer
    from (select distinct g.record_id from access_grant g
      where g.realm = r and g.grantee = any (me) and g.record_kind = 'casefile') g
    join casefile b on b.realm = r and b.id = g.record_id
    where b.cell = any (p_cells) and b.merged_into is null and (b.confidential or not mine @> b.scope_no)
      and not (p_open and b.status = any ('{evaluated,declined}'))) c
  group by 1, 2 order by 1, 2;
end $$;
