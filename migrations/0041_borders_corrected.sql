-- Borders corrected on a day: an area loses land to others without going itself.

-- The land that a correction took from an area, and to whom it went. The area bears another number from then on; its old
-- one is torn (`area_former_number.torn_id` = `cut_id`), so that each record goes to where it lies, as after a split.
create table area_cut (
  realm smallint not null,
  cut_id uuid not null,
  area_id uuid not null,
  heir_id uuid not null,
  -- the land itself, not the border of the heir: that may change again
  boundary jsonb not null,
  -- in which order the cuts of a realm were made
  step integer not null,
  primary key (realm, cut_id, heir_id),
  foreign key (realm, area_id) references area,
  foreign key (realm, heir_id) references area (realm, id),
  constraint area_cut_another check (area_id <> heir_id)
);
create index area_cut_of_area on area_cut (realm, area_id);

do $$
declare
  realm_wide constant text := 'realm = (select jw_realm())';
  administrators constant text := 'realm = (select jw_realm()) and (select jw_administers())';
begin
  call protect('area_cut', realm_wide, administrators, 'select, insert');
  grant select, insert on area_cut to jingwei_system;
end $$;

-- share_*: how many rows that carry a number lie in each of these parts. Counts only, for whoever draws a border.
create procedure shares_land(target text, is_open text, lon text, lat text) language plpgsql as $p$
begin
  execute format($f$
    create function share_%1$s(p_from integer, p_last integer, p_parts jsonb) returns table (no integer, open integer, done integer)
      language sql stable security definer set search_path = pg_catalog, public, pg_temp as $b$
      select lies, count(*) filter (where is_open)::integer, count(*) filter (where not is_open)::integer
      from (select part_at(p_parts, %3$s, %4$s) as lies, (%2$s) as is_open from %1$s t
            where t.realm = jw_realm() and t.scope_no between p_from and p_last) shared
      where lies is not null group by lies
    $b$$f$, target, is_open, lon, lat);
  execute format('revoke all on function share_%s(integer, integer, jsonb) from public', target);
  execute format('grant execute on function share_%s(integer, integer, jsonb) to jingwei_app, jingwei_system', target);
  grant create on schema public to jingwei_surveyor;
  execute format('alter function share_%s(integer, integer, jsonb) owner to jingwei_surveyor', target);
  revoke create on schema public from jingwei_surveyor;
end $p$;
revoke execute on procedure shares_land(text, text, text, text) from public;
do $$
begin
  call shares_land('casefile', 't.status not in (''evaluated'', ''declined'')', 't.lon', 't.lat');
  call shares_land('dwelling', 'true', 't.lon', 't.lat');
end $$;
