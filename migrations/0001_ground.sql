-- The ground every later table stands on: what a transaction may see, and one procedure that locks a table the same way each time.

create extension if not exists btree_gist;

-- A transaction says who it is by seven settings, local to it. No setting, no rows.
create function jw_realm() returns smallint language sql stable parallel safe
  as $$ select nullif(current_setting('jw.realm', true), '')::smallint $$;
create function jw_ranges() returns int4multirange language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('jw.ranges', true), ''), '{}')::int4multirange $$;
create function jw_grantees() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('jw.grantees', true), ''), '{}')::uuid[] $$;
create function jw_account() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('jw.account', true), '')::uuid $$;
create function jw_person() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('jw.person', true), '')::uuid $$;
create function jw_command() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('jw.command', true), '')::uuid $$;
create function jw_administers() returns boolean language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('jw.administers', true), ''), 'off')::boolean $$;

-- Puts the same locks on a table: enabled and forced row security, the app's policies as given, the system's whole realm,
-- the keeper's look at everything. `reads` and `writes` are conditions on a row of the table; `may` what the app may do.
create procedure protect(target regclass, reads text, writes text, may text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('grant %s on %s to jingwei_app', may, target);
  if may like '%select%' then
    execute format('create policy app_reads on %s for select to jingwei_app using (%s)', target, reads);
  end if;
  if may like '%insert%' then
    execute format('create policy app_adds on %s for insert to jingwei_app with check (%s)', target, writes);
  end if;
  if may like '%update%' then
    execute format('create policy app_changes on %s for update to jingwei_app using (%s) with check (%s)', target, reads, writes);
  end if;
  if may like '%delete%' then
    execute format('create policy app_removes on %s for delete to jingwei_app using (%s)', target, reads);
  end if;
  execute format('create policy system_in_realm on %s to jingwei_system using (realm = (select jw_realm())) with check (realm = (select jw_realm()))', target);
  execute format('grant select on %s to jingwei_keeper', target);
  execute format('create policy keeper_reads on %s for select to jingwei_keeper using (true)', target);
end $$;
revoke execute on procedure protect(regclass, text, text, text) from public;

create table realm (
  realm smallint primary key,
  name text not null,
  zone text not null default 'Asia/Shanghai',
  created_at timestamptz not null
);
call protect('realm', 'realm = (select jw_realm())', 'false', 'select');
grant select, insert on realm to jingwei_system;
-- Which realms there are is no secret: the sequencer and the sweeps go round them.
create policy system_lists on realm for select to jingwei_system using (true);

-- What is kept in memory (land, staff seats, standards, calendars) is kept under these numbers; a transaction learns
-- them when it opens, so that no process ever decides on yesterday's map.
create table cache_version (
  realm smallint not null references realm,
  name text not null,
  version bigint not null default 1,
  primary key (realm, name)
);
call protect('cache_version', 'realm = (select jw_realm())', 'realm = (select jw_realm()) and (select jw_account()) is not null', 'select, insert, update');
grant select, insert, update on cache_version to jingwei_system;

-- Every process that serves looks whether the tables are those of its release.
grant usage on schema public to jingwei_app, jingwei_system, jingwei_keeper, jingwei_gate;
grant select on kysely_migration to jingwei_app, jingwei_system, jingwei_keeper;
