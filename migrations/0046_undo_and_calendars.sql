-- Taking an import back at the console: looked over first, then done, both part by part behind the page.

-- null: nobody asked; looking, looked, undoing. How far: the last key, how many there are, what goes and what stays.
alter table import_batch
  add column undo_stage text constraint import_undo_stage check (undo_stage in ('looking', 'looked', 'undoing')),
  add column undo_since timestamptz, add column undo_after text, add column undo_of integer,
  add column undo_gone integer, add column undo_stays integer, add column undo_words text;
grant update (undo_stage, undo_since, undo_after, undo_of, undo_gone, undo_stays, undo_words) on import_batch to jingwei_app;
create policy operator_undoes on import_batch for update to jingwei_app
  using (realm = (select jw_realm()) and (select jw_administers()))
  with check (realm = (select jw_realm()) and (select jw_administers()));

-- What would stay, or stayed, because somebody acted on it: as it is called in the file, and the case's number unless that is confidential.
create table import_kept (
  realm smallint not null,
  batch_id uuid not null,
  key text not null,
  number text,
  says jsonb not null,
  primary key (realm, batch_id, key),
  foreign key (realm, batch_id) references import_batch
);
call protect('import_kept', 'realm = (select jw_realm()) and (select jw_administers())', 'false', 'select');
grant select, insert, delete on import_kept to jingwei_system;

-- A version of a calendar that differs from the one before it only from this day on: open clocks follow. null: they keep theirs.
alter table calendar add column moves_from date;

-- Open clocks that count by a version of a calendar, with nothing of what they are about: whoever sets the hours sees how
-- many deadlines would move, and reads no case.
create function clocks_on(p_calendar uuid, p_version integer)
returns table (duty text, state text, scale text, budget_ms bigint, used_ms bigint, running_since timestamptz, due_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select o.duty, o.state, o.scale, o.budget_ms, o.used_ms, o.running_since, o.due_at from obligation o
  where o.realm = (select jw_realm()) and (select jw_administers()) and o.calendar_id = p_calendar
    and o.calendar_version = p_version and o.state in ('running', 'paused', 'suspended')
$$;
revoke all on function clocks_on(uuid, integer) from public;
grant execute on function clocks_on(uuid, integer) to jingwei_app;
grant create on schema public to jingwei_surveyor;
alter function clocks_on(uuid, integer) owner to jingwei_surveyor;
revoke create on schema public from jingwei_surveyor;
