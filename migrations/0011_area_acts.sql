-- Dated acts on the tree of areas: renamed, moved, merged, split; and zones laid over it for a time.

-- Numbers that areas bore before, and where they lead today. A row that still carries one of them, and the journal, which
-- carries them for ever, is read by whoever reads the area that the number leads to now.
create table area_former_number (
  realm smallint not null references realm,
  from_no integer not null,
  last_no integer not null,
  -- what the first of them is today; the others follow at the same distance
  to_no integer not null,
  -- an area that was split: each record goes to a part of its own. Until it has, and for the journal, `to_no` is the area above
  torn_id uuid,
  vacated_at timestamptz not null,
  -- no row carries them any more
  followed_at timestamptz,
  primary key (realm, from_no),
  constraint area_former_number_forward check (from_no <= last_no),
  constraint area_former_number_once exclude using gist (realm with =, int4range(from_no, last_no, '[]') with &&)
);

-- Which areas an area that is gone became.
create table area_heir (
  realm smallint not null,
  area_id uuid not null,
  heir_id uuid not null,
  from_day date not null,
  -- takes what lies in no part, or nowhere that is known
  takes_rest boolean not null,
  primary key (realm, area_id, heir_id),
  foreign key (realm, area_id) references area,
  foreign key (realm, heir_id) references area (realm, id),
  constraint area_heir_another check (area_id <> heir_id)
);

-- Areas taken together for a time, beside the tree: a flooded bank, a closed-off quarter.
create table zone (
  realm smallint not null references realm,
  id uuid not null,
  name text not null,
  purpose text not null,
  boundary jsonb,
  valid daterange not null,
  primary key (realm, id),
  constraint zone_name_taken exclude using gist (realm with =, name with =, valid with &&)
);
create table zone_area (
  realm smallint not null,
  zone_id uuid not null,
  area_id uuid not null,
  primary key (realm, zone_id, area_id),
  foreign key (realm, zone_id) references zone,
  foreign key (realm, area_id) references area
);

do $$
declare
  t text;
  realm_wide constant text := 'realm = (select jw_realm())';
  administrators constant text := 'realm = (select jw_realm()) and (select jw_administers())';
begin
  call protect('area_former_number', realm_wide, administrators, 'select, insert, update');
  call protect('area_heir', realm_wide, administrators, 'select, insert');
  call protect('zone', realm_wide || ' and (select jw_account()) is not null', administrators, 'select, insert, update');
  call protect('zone_area', realm_wide || ' and (select jw_account()) is not null', administrators, 'select, insert');
  foreach t in array array['area_former_number', 'area_heir', 'zone', 'zone_area'] loop
    execute format('grant select, insert, update on %I to jingwei_system', t);
  end loop;
  -- Acts of the operator's shell move rules and posts along, as an administrator's do.
  grant update on responsibility_rule to jingwei_system;
end $$;

-- The part of a split area in which a point lies: the first whose border contains it, else the one that takes the rest.
create function part_at(p_parts jsonb, p_lon double precision, p_lat double precision) returns integer language sql immutable
  set search_path = pg_catalog, pg_temp as $$
  select coalesce(
    (select (part ->> 'no')::integer from jsonb_array_elements(p_parts) with ordinality as x (part, i)
     where exists (select 1 from jsonb_array_elements(part -> 'polygons') g
       where (g ->> 'outer')::polygon @> point(p_lon, p_lat)
         and not exists (select 1 from jsonb_array_elements_text(g -> 'holes') h where h::polygon @> point(p_lon, p_lat)))
     order by i limit 1),
    (select (part ->> 'no')::integer from jsonb_array_elements(p_parts) part where (part ->> 'rest')::boolean limit 1))
$$;

-- Says of a table that its rows carry an area's number, which of them are open, and where they lie; makes the two functions
-- by which they follow the land. A later table with a `scope_no` calls this and gets its line in `kernel/scoped.ts`.
-- follow_*: rows that carry a number in [p_from, p_last] get the one that it leads to, or that of the part they lie in.
-- weigh_*: how many are open, how many are not, and how many open ones lie nowhere that is known.
create procedure follows_land(target text, key text, is_open text, lon text, lat text, besides text default '') language plpgsql as $p$
begin
  execute format($f$
    create function follow_%1$s(p_from integer, p_last integer, p_to integer, p_parts jsonb, p_only_open boolean, p_most integer)
      returns integer language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $b$
      with due as (
        select %2$s, case when p_parts is null then t.scope_no + (p_to - p_from) else part_at(p_parts, %4$s, %5$s) end as fresh
        from %1$s t where t.realm = jw_realm() and t.scope_no between p_from and p_last and (not p_only_open or (%3$s))
        limit p_most),
      followed as (
        update %1$s t set scope_no = d.fresh%6$s from (select * from due) d
        where t.realm = jw_realm() and (%7$s) = (%8$s) returning 1)
      select count(*)::integer from followed
    $b$$f$, target, 't.' || replace(key, ', ', ', t.'), is_open, lon, lat, besides,
    't.' || replace(key, ', ', ', t.'), 'd.' || replace(key, ', ', ', d.'));
  execute format($f$
    create function weigh_%1$s(p_from integer, p_last integer) returns table (open integer, done integer, nowhere integer)
      language sql stable security definer set search_path = pg_catalog, public, pg_temp as $b$
      select count(*) filter (where is_open)::integer, count(*) filter (where not is_open)::integer,
             count(*) filter (where is_open and lon is null)::integer
      from (select (%2$s) as is_open, %3$s as lon from %1$s t
            where t.realm = jw_realm() and t.scope_no between p_from and p_last) carried
    $b$$f$, target, is_open, lon);
  execute format('revoke all on function follow_%1$s(integer, integer, integer, jsonb, boolean, integer), weigh_%1$s(integer, integer) from public', target);
  execute format('grant execute on function follow_%1$s(integer, integer, integer, jsonb, boolean, integer), weigh_%1$s(integer, integer) to jingwei_app, jingwei_system', target);
  execute format('grant select, update on %I to jingwei_surveyor', target);
  execute format($f$create policy surveyor_finds on %I for select to jingwei_surveyor using (realm = (select jw_realm()) and ((select jw_administers()) or session_user = 'jingwei_system'))$f$, target);
  execute format($f$create policy surveyor_moves on %I for update to jingwei_surveyor using (realm = (select jw_realm())) with check (realm = (select jw_realm()))$f$, target);
  grant create on schema public to jingwei_surveyor;
  execute format('alter function follow_%s(integer, integer, integer, jsonb, boolean, integer) owner to jingwei_surveyor', target);
  execute format('alter function weigh_%s(integer, integer) owner to jingwei_surveyor', target);
  revoke create on schema public from jingwei_surveyor;
end $p$;
revoke execute on procedure follows_land(text, text, text, text, text, text) from public;
grant execute on function part_at(jsonb, double precision, double precision) to jingwei_surveyor;

do $$
declare
  of_case constant text := '(select c.%s from casefile c where c.realm = t.realm and c.id = t.record_id)';
  case_open constant text := 'exists (select 1 from casefile c where c.realm = t.realm and c.id = t.record_id and c.status not in (''evaluated'', ''declined''))';
begin
  call follows_land('casefile', 'id', 't.status not in (''evaluated'', ''declined'')', 't.lon', 't.lat');
  call follows_land('obligation', 'id', 't.state in (''running'', ''paused'', ''suspended'') or ' || case_open, format(of_case, 'lon'), format(of_case, 'lat'));
  call follows_land('message', 'id', case_open, format(of_case, 'lon'), format(of_case, 'lat'));
  call follows_land('dwelling', 'id', 'true', 't.lon', 't.lat');
  call follows_land('responsibility', 'id', 'upper_inf(t.held)', 'null::double precision', 'null::double precision');
  call follows_land('notice_area', 'notice_id, area_id',
    'exists (select 1 from notice n where n.realm = t.realm and n.id = t.notice_id and n.withdrawn_at is null and n.until_at > now())',
    'null::double precision', 'null::double precision',
    ', last_no = case when p_parts is not null or p_from = p_last then (select a.last_no from area a where a.realm = t.realm and a.no = d.fresh and a.closed_on is null) else t.last_no + (d.fresh - t.scope_no) end');
end $$;
grant select on notice, area to jingwei_surveyor;
create policy surveyor_reads on notice for select to jingwei_surveyor using (realm = (select jw_realm()));
create policy surveyor_reads on area for select to jingwei_surveyor using (realm = (select jw_realm()));

-- The gate learns the former numbers: what somebody reads is the interval of the area today, less numbers in it that lead
-- elsewhere, and the former numbers that lead into it.
grant select on area_former_number to jingwei_gate;
create policy gate_reads on area_former_number for select to jingwei_gate using (true);
create function jw_torn() returns int4multirange language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('jw.torn', true), ''), '{}')::int4multirange $$;
create function jw_homes() returns int4multirange language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('jw.homes', true), ''), '{}')::int4multirange $$;

create function numbers_read(p_realm smallint, p_no integer, p_last integer) returns int4multirange language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select int4multirange(int4range(p_no, p_last, '[]')) - coalesce(range_agg(int4range(f.from_no, f.last_no, '[]')), '{}')
    + coalesce(range_agg(int4range(greatest(f.to_no, p_no) - (f.to_no - f.from_no), least(f.to_no + (f.last_no - f.from_no), p_last) - (f.to_no - f.from_no), '[]'))
               filter (where f.to_no <= p_last and f.to_no + (f.last_no - f.from_no) >= p_no), '{}')
  from area_former_number f where f.realm = p_realm
$$;
revoke all on function numbers_read(smallint, integer, integer) from public;
grant execute on function numbers_read(smallint, integer, integer) to jingwei_gate, jingwei_app, jingwei_system;

create or replace function enter_session(p_realm smallint, p_token bytea, p_at timestamptz) returns jsonb language plpgsql volatile
  security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  who record;
  seats jsonb;
  ranges int4multirange;
  homes int4multirange;
  grantees uuid[];
  administers boolean;
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

  select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'role', t.role, 'areaId', t.area_id, 'bodyId', t.body_id, 'readsArea', t.reads_area,
                                               'from', r.no, 'to', r.last_no, 'numbers', (
                                                 select jsonb_agg(jsonb_build_array(lower(n), upper(n) - 1) order by lower(n)) from unnest(r.numbers) n)) order by t.role, t.id), '[]'),
         coalesce(range_agg(r.numbers) filter (where t.reads_area and r.no is not null), '{}'),
         coalesce(range_agg(int4range(r.no, r.no, '[]')) filter (where t.reads_area and r.no is not null), '{}'),
         coalesce(array_agg(t.id), '{}') || coalesce(array_agg(distinct t.body_id) filter (where t.body_id is not null), '{}'),
         coalesce(bool_or(t.role = 'admin'), false)
    into seats, ranges, homes, grantees, administers
    from holding h
    cross join lateral (select * from post t where t.realm = h.realm and t.id = h.post_id and t.mode = 'normal' and t.closed_on is null limit 1) t
    left join lateral (select r.no, r.last_no, numbers_read(r.realm, r.no, r.last_no) as numbers
                       from area r where r.realm = t.realm and r.id = t.area_id limit 1) r on true
    where h.realm = p_realm and h.person_id = who.person_id and h.held @> p_at;

  perform set_config('jw.account', who.account_id::text, true),
          set_config('jw.person', who.person_id::text, true),
          set_config('jw.ranges', ranges::text, true),
          set_config('jw.homes', homes::text, true),
          set_config('jw.torn', coalesce((select range_agg(int4range(f.from_no, f.last_no, '[]'))::text from area_former_number f
                                          where f.realm = p_realm and f.torn_id is not null), ''), true),
          set_config('jw.grantees', (grantees || who.person_id)::text, true),
          set_config('jw.administers', administers::text, true);
  if who.seen_at < p_at - interval '1 minute' then
    update session set seen_at = p_at where realm = p_realm and id = who.id;
  end if;
  return jsonb_build_object('sessionId', who.id, 'accountId', who.account_id, 'personId', who.person_id, 'name', who.name,
    'mustChangePassword', who.must_change_password, 'isDemo', who.is_demo, 'posts', seats);
end $$;

-- What the journal told of a case under the number of an area that was split since is read by whoever reads the case now.
alter policy app_reads on entry using (realm = (select jw_realm()) and (
  (not confidential and ((select jw_ranges()) @> scope_no
      or ((select jw_torn()) @> scope_no and exists (select 1 from casefile c where c.realm = entry.realm and c.id = entry.record_id and (select jw_ranges()) @> c.scope_no)))
    and not exists (select 1 from turned_confidential t where t.realm = entry.realm and t.record_id = entry.record_id))
  or exists (select 1 from access_grant g where g.realm = entry.realm and g.record_id = entry.record_id and g.grantee = any (coalesce((select jw_grantees()), '{}')))));

-- A notice touches an area of mine when it lies in it or above it; numbers between may be those of areas that left.
alter policy app_reads on notice_area using (realm = (select jw_realm()) and (public
  or (select jw_ranges()) @> scope_no or (select jw_homes()) && int4range(scope_no, last_no, '[]')
  or exists (select 1 from notice_told t where t.realm = notice_area.realm and t.notice_id = notice_area.notice_id and t.person_id = (select jw_person()))));
