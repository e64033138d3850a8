-- What was granted to the viewer is read by grantee, one after the other. Asked for all at once, and each only once, a
-- database with many grants read every one of them in the order of the records: 0.25 s of a box at 400,000 cases.
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
    from (select distinct g.record_id from unnest(me) one cross join lateral (
        select h.record_id from access_grant h
        where h.realm = r and h.grantee = one and h.record_kind = 'casefile' offset 0) g) g
    join casefile b on b.realm = r and b.id = g.record_id
    where b.cell = any (p_cells) and b.merged_into is null and (b.confidential or not mine @> b.scope_no)
      and not (p_open and b.status = any ('{evaluated,declined}'))) c
  group by 1, 2 order by 1, 2;
end $$;
