-- What an administrator looks after: jobs that gave up, messages that did not leave, keys of programs, batches of imports.
-- Nothing here tells of a case but by the ids of entries.

-- The queue's tables belong to the jobs role and know no viewer: these functions do. The error's text may quote a row, so
-- that only its kind is told.
create function jobs_failed() returns table (id text, reaction text, entry uuid, attempts integer, queued_at timestamptz, failed_at timestamptz, cause text, given_up boolean)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return query
    select j.id::text, j.payload->>'reaction', (j.payload->>'entry')::uuid, j.attempts::integer, j.created_at, j.updated_at,
      case
        when j.last_error ~* 'no reaction is called' then 'unknown_reaction'
        when j.last_error ~* 'has no position' then 'no_entry'
        when j.last_error ~* 'statement timeout|lock timeout|timed? ?out' then 'slow'
        when j.last_error ~* 'deadlock|could not serialize|still_running' then 'at_once'
        when j.last_error ~* 'no space left|disk full|could not extend' then 'disk_full'
        when j.last_error ~* 'connect|terminat|ECONN|shutting down|starting up' then 'away'
        when j.last_error ~* 'violates|duplicate key|row-level security' then 'rule'
        when j.last_error is null then 'none'
        else 'fault' end,
      coalesce((j.payload->>'givenUp')::boolean, false)
    from graphile_worker._private_jobs j
    where jw_administers() and (j.payload->>'realm')::smallint = jw_realm() and j.attempts >= j.max_attempts
    order by j.updated_at desc, j.id desc limit 500;
end $$;

-- How many wait for their turn, since when the oldest does, and how many gave up.
create function jobs_waiting() returns table (waiting integer, oldest timestamptz, failed integer, failed_since timestamptz)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return query
    select (count(*) filter (where j.attempts < j.max_attempts))::integer,
      min(j.created_at) filter (where j.attempts < j.max_attempts),
      (count(*) filter (where j.attempts >= j.max_attempts and j.payload->>'givenUp' is null))::integer,
      min(j.updated_at) filter (where j.attempts >= j.max_attempts and j.payload->>'givenUp' is null)
    from graphile_worker._private_jobs j
    where jw_administers() and (j.payload->>'realm')::smallint = jw_realm();
end $$;

-- Gives failed jobs their tries back, or puts them aside; what is put aside can still be run. Brings back those it changed.
create function jobs_settle(p_ids bigint[], p_give_up boolean) returns table (id text, reaction text, entry uuid)
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return query
    update graphile_worker._private_jobs j set
      attempts = case when p_give_up then j.attempts else 0 end,
      run_at = case when p_give_up then j.run_at else now() end,
      last_error = case when p_give_up then j.last_error end,
      payload = case when p_give_up then (j.payload::jsonb || '{"givenUp": true}'::jsonb)::json
        else (j.payload::jsonb - 'givenUp')::json end
    where jw_administers() and (j.payload->>'realm')::smallint = jw_realm() and j.id = any (p_ids) and j.attempts >= j.max_attempts
      and not (p_give_up and j.payload->>'givenUp' is not null)
    returning j.id::text, j.payload->>'reaction', (j.payload->>'entry')::uuid;
end $$;

do $$
declare
  f text;
begin
  execute 'grant create on schema public to jingwei_jobs';
  foreach f in array array['jobs_failed()', 'jobs_waiting()', 'jobs_settle(bigint[], boolean)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jingwei_app', f);
    execute format('alter function %s owner to jingwei_jobs', f);
  end loop;
  execute 'revoke create on schema public from jingwei_jobs';
end $$;

-- Since when a message has been waiting to leave. The locks are lifted for the owner alone, to fill in what is there.
alter table delivery add column made_at timestamptz;
alter table delivery no force row level security;
alter table message no force row level security;
update delivery d set made_at = m.told_at from message m where m.realm = d.realm and m.id = d.message_id;
alter table message force row level security;
alter table delivery force row level security;
alter table delivery alter column made_at set not null;
create index delivery_unsent on delivery (realm, made_at) where state <> 'handed_over';

-- An administrator sees that something did not leave, not what it says nor to whom, and may have it sent again.
create policy operator_reads on delivery for select to jingwei_app
  using (realm = (select jw_realm()) and (select jw_administers()) and state <> 'handed_over');
grant update (state, next_at, attempts, last_fault) on delivery to jingwei_app;
create policy operator_resends on delivery for update to jingwei_app
  using (realm = (select jw_realm()) and (select jw_administers()) and state <> 'handed_over')
  with check (realm = (select jw_realm()) and (select jw_administers()) and state = 'waiting');

-- Keys for programs are made at the console too.
grant insert on api_key to jingwei_app;
create policy app_adds on api_key for insert to jingwei_app with check (realm = (select jw_realm()) and (select jw_administers()));

-- How far a run over a file has come, and what became of its rows; null: imported before this was noted.
alter table import_batch add column row_count integer, add column done integer, add column created integer,
  add column changed integer, add column same integer, add column refused integer;

-- Rows of a file that were not taken in: where and why, without the value that was wrong.
create table import_refusal (
  realm smallint not null,
  batch_id uuid not null,
  ord integer not null,
  row_no integer not null,
  column_name text not null,
  says jsonb not null,
  hint jsonb not null,
  primary key (realm, batch_id, ord),
  foreign key (realm, batch_id) references import_batch
);
call protect('import_refusal', 'realm = (select jw_realm()) and (select jw_administers())', 'false', 'select');
grant select, insert, delete on import_refusal to jingwei_system;
