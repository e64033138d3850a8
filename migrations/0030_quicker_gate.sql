-- The two functions that every request or every look at the map passes, made quicker; what they answer is the same.

-- Planned once for a session: the plans of a few rows found by key do not depend on the values, and making them anew took
-- longer than carrying them out. The seats are walked through one by one, which is less than five aggregates with orders
-- of their own; where no area ever moved, nothing is asked of former numbers.
create or replace function enter_session(p_realm smallint, p_token bytea, p_at timestamptz) returns jsonb language plpgsql volatile
  security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  who record;
  seat record;
  numbers int4multirange;
  seats jsonb[] := '{}';
  ranges int4multirange := '{}';
  homes int4multirange := '{}';
  grantees uuid[] := '{}';
  bodies uuid[] := '{}';
  torn int4multirange;
  administers boolean := false;
  moved boolean;
begin
  perform set_config('jw.realm', p_realm::text, true);
  select s.id, s.account_id, s.seen_at, a.person_id, a.must_change_password, a.is_demo, p.name
    into who
    from session s
    cross join lateral (select * from account a where a.realm = s.realm and a.id = s.account_id limit 1) a
    cross join lateral (select * from person p where p.realm = a.realm and p.id = a.person_id limit 1) p
    where s.realm = p_realm and s.token_hash = p_token and s.ended_at is null and s.expires_at > p_at
      and s.seen_at > p_at - s.idle_hours * interval '1 hour' and a.closed_at is null;
  if not found then return null; end if;

  moved := exists (select 1 from area_former_number f where f.realm = p_realm);
  for seat in
    select t.id, t.role, t.area_id, t.body_id, t.reads_area, r.no, r.last_no
    from holding h
    cross join lateral (select * from post t where t.realm = h.realm and t.id = h.post_id and t.mode = 'normal' and t.closed_on is null limit 1) t
    left join lateral (select * from area r where r.realm = t.realm and r.id = t.area_id limit 1) r on true
    where h.realm = p_realm and h.person_id = who.person_id and h.held @> p_at
    order by t.role, t.id
  loop
    -- A post in a body has no area.
    numbers := case
      when seat.no is null then null
      when moved then numbers_read(p_realm, seat.no, seat.last_no)
      else int4multirange(int4range(seat.no, seat.last_no, '[]')) end;
    if seat.reads_area and seat.no is not null then
      ranges := ranges + numbers;
      homes := homes + int4multirange(int4range(seat.no, seat.no, '[]'));
    end if;
    grantees := grantees || seat.id;
    if seat.body_id <> all (bodies) then bodies := bodies || seat.body_id; end if;
    administers := administers or seat.role = 'admin';
    seats := seats || jsonb_build_object('id', seat.id, 'role', seat.role, 'areaId', seat.area_id, 'bodyId', seat.body_id,
      'readsArea', seat.reads_area, 'from', seat.no, 'to', seat.last_no,
      'numbers', (select jsonb_agg(jsonb_build_array(lower(n), upper(n) - 1)) from unnest(numbers) n));
  end loop;
  if moved then
    select range_agg(int4range(f.from_no, f.last_no, '[]')) into torn
    from area_former_number f where f.realm = p_realm and f.torn_id is not null;
  end if;

  perform set_config('jw.account', who.account_id::text, true),
          set_config('jw.person', who.person_id::text, true),
          set_config('jw.ranges', ranges::text, true),
          set_config('jw.homes', homes::text, true),
          set_config('jw.torn', coalesce(torn::text, ''), true),
          set_config('jw.grantees', (grantees || bodies || who.person_id)::text, true),
          set_config('jw.administers', administers::text, true);
  if who.seen_at < p_at - interval '1 minute' then
    update session set seen_at = p_at where realm = p_realm and id = who.id;
  end if;
  return jsonb_build_object('sessionId', who.id, 'accountId', who.account_id, 'personId', who.person_id, 'name', who.name,
    'mustChangePassword', who.must_change_password, 'isDemo', who.is_demo, 'posts', to_jsonb(seats));
end $$;

-- A case stands in an area, and an area in a realm: that the realm exists need not be asked again for every case. The
-- question locked one row of the realm for all who report at the same time.
alter table casefile drop constraint casefile_realm_fkey;

-- Each run of numbers that I read is a range of the index, so that what others read is not even passed over. A cell is
-- counted before its square is computed.
create or replace function count_in_cells(p_cells integer[], p_side integer, p_open boolean)
returns table (square_row integer, square_column integer, cases integer, waiting integer) language plpgsql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  r constant smallint := jw_realm();
  mine constant int4multirange := jw_ranges();
  me constant uuid[] := jw_grantees();
begin
  return query
  select c.cell / 36000 / p_side, c.cell % 36000 / p_side, sum(c.cases)::integer, sum(c.waiting)::integer
  from (
    select a.cell, count(*) as cases, count(*) filter (where a.status <> all ('{closed,evaluated,declined}')) as waiting
    from unnest(mine) run
    join casefile a on a.realm = r and a.cell = any (p_cells) and a.scope_no >= lower(run) and a.scope_no < upper(run)
    where a.merged_into is null and not a.confidential and not (p_open and a.status = any ('{evaluated,declined}'))
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
