-- The next version of the standard while it is being made: the table as it was sent, kept until it is issued or thrown
-- away. One in a realm: two that both say what comes next would undo each other.

create table standard_draft (
  realm smallint not null references realm,
  id uuid not null,
  -- the version it was compared with and replaces
  base_version integer not null,
  file_name text not null,
  -- [{"row", "cells"}] as they stood in the file, titles first; what cannot be read is shown from here
  lines jsonb not null,
  drafted_by uuid not null,
  drafted_at timestamptz not null,
  primary key (realm),
  foreign key (realm, base_version) references standard
);
call protect('standard_draft', 'realm = (select jw_realm()) and (select jw_administers())', 'realm = (select jw_realm()) and (select jw_administers())', 'select, insert, delete');

-- How many open cases stand under which version and condition; null: not on file yet. Whoever administers sets the
-- rules for all of them and reads none: they get numbers only, and none by code of what is confidential.
grant select (standard_version, condition_code) on casefile to jingwei_searcher;
create function count_by_standard() returns table (standard_version integer, condition_code text, cases integer)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.standard_version, case when c.confidential then null else c.condition_code end, count(*)::integer
  from casefile c
  where c.realm = (select jw_realm()) and c.status not in ('evaluated', 'declined') and c.merged_into is null
    and ((select jw_administers()) or (not c.confidential and (select jw_ranges()) @> c.scope_no)
      or exists (select 1 from access_grant g where g.realm = c.realm and g.record_id = c.id
        and g.record_kind = 'casefile' and g.grantee = any (coalesce((select jw_grantees()), '{}'))))
  group by 1, 2 order by 1, 2
$$;
revoke all on function count_by_standard() from public;
grant execute on function count_by_standard() to jingwei_app;
grant create on schema public to jingwei_searcher;
alter function count_by_standard() owner to jingwei_searcher;
revoke create on schema public from jingwei_searcher;
