-- Figures are counted, never stored. Two functions give what may be counted of each casefile and of each duty on one as
-- it was known at an instant: facts without a word of what was said. They take the areas from the transaction, as the
-- policies do, never from an argument; no area, no rows.
--
-- Why functions: a confidential case is counted with the others of its area although only its circle opens it, and what
-- the journal told while a case lay elsewhere is needed to know where it was counted then. With `p_all` they give every
-- case, without it the confidential ones; the others are read from the table itself, under its policies.

grant select (realm, id, area_id, scope_no, confidential, status, outcome, answer, round, merged_into, urgent, self_handled,
  returned, reopened, suspended, reported_at, registered_at, dispatched_at, handled_at, closed_at, changed_at)
  on casefile to jingwei_counter;
create policy counter_reads on casefile for select to jingwei_counter using (realm = (select jw_realm()));
grant select (realm, record_id, ord, recorded_at, body) on entry to jingwei_counter;
create policy counter_reads on entry for select to jingwei_counter using (realm = (select jw_realm()));
grant select (realm, id, record_kind, record_id, duty, state, due_at, opened_at, ended_at, overran, exempt, time_limit)
  on obligation to jingwei_counter;
create policy counter_reads on obligation for select to jingwei_counter using (realm = (select jw_realm()));
grant select (realm, id, no) on area to jingwei_counter;
create policy counter_reads on area for select to jingwei_counter using (realm = (select jw_realm()));

-- A case that has not changed since the instant is as its row says. Of one that has, the last telling of each column up
-- to then; a column that no entry names is as a case begins.
create function figure_casefiles(p_as_of timestamptz, p_all boolean) returns table (
  id uuid, place_no integer, filed_no integer, confidential boolean, status text, outcome text, answer text, round integer,
  merged boolean, urgent boolean, self_handled boolean, returned boolean, reopened boolean, suspended boolean,
  reported_at timestamptz, registered_at timestamptz, dispatched_at timestamptz, handled_at timestamptz, closed_at timestamptz
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id, c.scope_no, a.no, c.confidential, c.status, c.outcome, c.answer, c.round::integer, c.merged_into is not null,
    c.urgent, c.self_handled, c.returned, c.reopened, c.suspended,
    c.reported_at, c.registered_at, c.dispatched_at, c.handled_at, c.closed_at
  from casefile c join area a on a.realm = c.realm and a.id = c.area_id
  where c.realm = (select jw_realm()) and (select jw_ranges()) @> c.scope_no and (p_all or c.confidential)
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
  where c.realm = (select jw_realm()) and (select jw_ranges()) @> a.no and (p_all or c.confidential)
    and c.reported_at <= p_as_of and c.changed_at > p_as_of
$$;

-- A clock that only ended since the instant ran, or stood, until then as its last deadline says. One that was stopped,
-- started or moved since is `not known`: what it was then is not guessed.
create function figure_duties(p_as_of timestamptz, p_all boolean) returns table (
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
  from figure_casefiles(p_as_of, p_all) c
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

revoke all on function figure_casefiles(timestamptz, boolean), figure_duties(timestamptz, boolean) from public;
grant execute on function figure_casefiles(timestamptz, boolean), figure_duties(timestamptz, boolean) to jingwei_app, jingwei_system;
grant create on schema public to jingwei_counter;
alter function figure_casefiles(timestamptz, boolean) owner to jingwei_counter;
alter function figure_duties(timestamptz, boolean) owner to jingwei_counter;
revoke create on schema public from jingwei_counter;
