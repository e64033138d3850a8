-- Figures are counted, never stored. These functions give what may be counted of each casefile and of each duty on one:
-- facts without a word of what was said. They take the areas from the transaction, as the policies do, never from an
-- argument; no area, no rows.
--
-- Why functions: a confidential case is counted with the others of its area although only its circle opens it, and what
-- the journal told while a case lay elsewhere is needed to know where it was counted then. What is neither confidential
-- nor past is read from the tables themselves, under their policies.

grant select (realm, id, area_id, scope_no, confidential, status, outcome, answer, round, merged_into, urgent, self_handled,
  returned, reopened, suspended, reported_at, registered_at, dispatched_at, handled_at, closed_at, changed_at)
  on casefile to jingwei_counter;
create policy counter_reads on casefile for select to jingwei_counter using (realm = (select jw_realm()));
grant select (realm, record_id, ord, recorded_at, body) on entry to jingwei_counter;
create policy counter_reads on entry for select to jingwei_counter using (realm = (select jw_realm()));
grant select (realm, id, record_kind, record_id, confidential, duty, state, due_at, opened_at, ended_at, overran, exempt, time_limit)
  on obligation to jingwei_counter;
create policy counter_reads on obligation for select to jingwei_counter using (realm = (select jw_realm()));
grant select (realm, id, no) on area to jingwei_counter;
create policy counter_reads on area for select to jingwei_counter using (realm = (select jw_realm()));

-- A case that has not changed since the instant is as its row says. Of one that has, the last telling of each column up
-- to then; a column that no entry names is as a case begins.
create function figure_casefiles(p_as_of timestamptz) returns table (
  id uuid, place_no integer, filed_no integer, confidential boolean, status text, outcome text, answer text, round integer,
  merged boolean, urgent boolean, self_handled boolean, returned boolean, reopened boolean, suspended boolean,
  reported_at timestamptz, registered_at timestamptz, dispatched_at timestamptz, handled_at timestamptz, closed_at timestamptz
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id, c.scope_no, a.no, c.confidential, c.status, c.outcome, c.answer, c.round::integer, c.merged_into is not null,
    c.urgent, c.self_handled, c.returned, c.reopened, c.suspended,
    c.reported_at, c.registered_at, c.dispatched_at, c.handled_at, c.closed_at
  from casefile c join area a on a.realm = c.realm and a.id = c.area_id
  where c.realm = (select jw_realm()) and (select jw_ranges()) @> c.scope_no
    and c.reported_at <= p_as_of and c.changed_at <= p_as_of
  union all
  select c.id, a.no, a.no, c.confidential, w.told ->> 'status', w.told ->> 'outcome', w.told ->> 'answer',
    coalesce((w.told ->> 'round')::integer, 1), w.told ->> 'mergedInto' is not null,
    coalesce((w.told ->> 'urgent')::boolean, false), coalesce((w.told ->> 'selfHandled')::boolean, false),
    coalesce((w.told ->> 'returned')::boolean, false), coalesce((w.told ->> 'reopened')::boolean, false),
    coalesce((w.told ->> 'suspended')::boolean, false), (w.told ->> 'reportedAt')::timestamptz,
    (w.told ->> 'registeredAt')::timestamptz, (w.told ->> 'dispatchedAt')::timestamptz,
    (w.told ->> 'handledAt')::timestamptz, (w.told ->> 'closedAt')::timestamptz
  from casefile c
  cross join lateral (
    select jsonb_object_agg(k.key, k.value order by e.ord) as told
    from entry e cross join lateral jsonb_each(e.body -> 'change') k
    where e.realm = c.realm and e.record_id = c.id and e.recorded_at <= p_as_of) w
  join area a on a.realm = c.realm and a.id = (w.told ->> 'areaId')::uuid
  where c.realm = (select jw_realm()) and (select jw_ranges()) @> a.no
    and c.reported_at <= p_as_of and c.changed_at > p_as_of
$$;

-- A clock that only ended since the instant ran, or stood, until then as its last deadline says. One that was stopped,
-- started or moved since is `not known`: what it was then is not guessed.
create function figure_duties(p_as_of timestamptz) returns table (
  id uuid, duty_id uuid, place_no integer, filed_no integer, confidential boolean, status text, outcome text, answer text,
  round integer, merged boolean, urgent boolean, self_handled boolean, returned boolean, reopened boolean, suspended boolean,
  duty text, clock text, late boolean, exempt boolean, due_at timestamptz, known boolean
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id, o.id, c.place_no, c.filed_no, c.confidential, c.status, c.outcome, c.answer, c.round, c.merged, c.urgent,
    c.self_handled, c.returned, c.reopened, c.suspended, o.duty, s.clock,
    case when s.clock <> 'running' then o.overran
         else (o.ended_at is null and o.overran) or coalesce(o.due_at < p_as_of, false) end,
    o.exempt and not 'exempt' = any (later.acts),
    coalesce(o.due_at, case when o.ended_at <= p_as_of then o.ended_at end),
    not later.acts && array['pause', 'suspend', 'resume', 'extend', 'recount']
  from figure_casefiles(p_as_of) c
  join obligation o on o.realm = (select jw_realm()) and o.record_id = c.id and o.record_kind = 'casefile'
    and o.opened_at <= p_as_of
  cross join lateral (
    select coalesce(array_agg(d.value ->> 'act'), '{}') as acts
    from entry e cross join lateral jsonb_array_elements(e.body -> 'duties') d (value)
    where e.realm = o.realm and e.record_id = o.record_id and e.recorded_at > p_as_of and d.value ->> 'id' = o.id::text) later
  cross join lateral (
    select case when o.ended_at is null or o.ended_at <= p_as_of then o.state
                when o.due_at is null and o.time_limit is not null then 'paused' else 'running' end as clock) s
$$;

-- Now, the confidential ones only: cases that changed since an instant, duties that are due in a period or still open.
create function figure_confidential_casefiles(p_since timestamptz) returns table (
  id uuid, place_no integer, filed_no integer, confidential boolean, status text, outcome text, answer text, round integer,
  merged boolean, urgent boolean, self_handled boolean, returned boolean, reopened boolean, suspended boolean,
  reported_at timestamptz, registered_at timestamptz, dispatched_at timestamptz, handled_at timestamptz, closed_at timestamptz
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id, c.scope_no, c.scope_no, c.confidential, c.status, c.outcome, c.answer, c.round::integer,
    c.merged_into is not null, c.urgent, c.self_handled, c.returned, c.reopened, c.suspended,
    c.reported_at, c.registered_at, c.dispatched_at, c.handled_at, c.closed_at
  from casefile c
  where c.realm = (select jw_realm()) and c.confidential and (select jw_ranges()) @> c.scope_no and c.changed_at >= p_since
$$;

create function figure_confidential_duties(p_as_of timestamptz, p_open boolean, p_begins timestamptz, p_ends timestamptz) returns table (
  id uuid, duty_id uuid, place_no integer, filed_no integer, confidential boolean, status text, outcome text, answer text,
  round integer, merged boolean, urgent boolean, self_handled boolean, returned boolean, reopened boolean, suspended boolean,
  duty text, clock text, late boolean, exempt boolean, due_at timestamptz, known boolean
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  -- the few duties first, then the case of each by its key: the other way round every case is looked through
  with o as materialized (
    select id, record_id, duty, state, overran, due_at, exempt, coalesce(due_at, ended_at) as due from obligation
    where not p_open and coalesce(due_at, ended_at) >= p_begins and coalesce(due_at, ended_at) < p_ends
      and realm = (select jw_realm()) and confidential and record_kind = 'casefile'
    union all
    select id, record_id, duty, state, overran, due_at, exempt, coalesce(due_at, ended_at) from obligation
    where p_open and state in ('running', 'paused', 'suspended')
      and realm = (select jw_realm()) and confidential and record_kind = 'casefile'
  )
  select c.id, o.id, c.scope_no, c.scope_no, c.confidential, c.status, c.outcome, c.answer, c.round::integer,
    c.merged_into is not null, c.urgent, c.self_handled, c.returned, c.reopened, c.suspended, o.duty, o.state,
    o.overran or coalesce(o.state = 'running' and o.due_at < p_as_of, false), o.exempt, o.due, true
  from o cross join lateral (
    select f.id, f.scope_no, f.confidential, f.status, f.outcome, f.answer, f.round, f.merged_into, f.urgent, f.self_handled,
      f.returned, f.reopened, f.suspended
    from casefile f where f.realm = (select jw_realm()) and f.id = o.record_id limit 1) c
  where c.confidential and (select jw_ranges()) @> c.scope_no
$$;

-- A count for a period reads what changed in it, however many years lie before.
create index obligation_due on obligation (realm, (coalesce(due_at, ended_at)));
create index casefile_suspended on casefile (realm, scope_no) where suspended;
create index casefile_confidential on casefile (realm, changed_at) where confidential;

do $$
declare
  f text;
begin
  grant create on schema public to jingwei_counter;
  foreach f in array array['figure_casefiles(timestamptz)', 'figure_duties(timestamptz)', 'figure_confidential_casefiles(timestamptz)',
    'figure_confidential_duties(timestamptz, boolean, timestamptz, timestamptz)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jingwei_app, jingwei_system', f);
    execute format('alter function %s owner to jingwei_counter', f);
  end loop;
  revoke create on schema public from jingwei_counter;
end $$;
