-- Figures over many years at the price of few: what a case that rests counts as is added up once, by area and day, and a
-- count reads the sums and, row by row, only what does not rest. The sums hold facts, not figures: a definition may change
-- and is still a query. Nothing is written on the way of a command; a sweep adds up later, and what changes after it was
-- added up is known by its hash, whoever changed it: it is read row by row again and its share of the sums taken off.

-- Intervals of numbers that areas were ever given, down to the community: what is smaller is read row by row.
create table figure_node (
  realm smallint not null references realm,
  no integer not null,
  last_no integer not null,
  primary key (realm, no, last_no)
);

-- Combinations of facts that occur; those of a duty are those of its case and its own.
create table figure_fact (
  realm smallint not null references realm,
  id uuid not null,
  confidential boolean not null,
  status text not null,
  outcome text,
  answer text,
  several_rounds boolean not null,
  merged boolean not null,
  urgent boolean not null,
  self_handled boolean not null,
  returned boolean not null,
  reopened boolean not null,
  suspended boolean not null,
  duty text,
  clock text,
  late boolean,
  exempt boolean,
  primary key (realm, id)
);

-- How many with these facts were reported, closed, due … on a day, or on 32 days, in all that a node covers.
create table figure_cell (
  realm smallint not null references realm,
  no integer not null,
  last_no integer not null,
  kind text not null constraint figure_cell_kind_known check (kind in ('reported', 'registered', 'dispatched', 'handled', 'closed', 'due')),
  span smallint not null constraint figure_cell_span_known check (span in (1, 32)),
  day integer not null,
  fact uuid not null,
  n bigint not null,
  primary key (realm, no, last_no, kind, span, day, fact)
);

-- As what each case was added up, so that it can be taken off again when it has changed.
create table figure_counted (
  realm smallint not null,
  casefile_id uuid not null,
  place_no integer not null,
  kinds text[] not null,
  days integer[] not null,
  facts uuid[] not null,
  primary key (realm, casefile_id),
  foreign key (realm, casefile_id) references casefile
);

-- The hash of the facts as they were added up; null: they were not.
alter table casefile add column folded_key bigint;
alter table obligation add column folded_key bigint;

create function figure_key(p_scope integer, p_confidential boolean, p_status text, p_outcome text, p_answer text, p_round smallint,
  p_merged uuid, p_urgent boolean, p_self_handled boolean, p_returned boolean, p_reopened boolean, p_suspended boolean,
  p_reported timestamptz, p_registered timestamptz, p_dispatched timestamptz, p_handled timestamptz, p_closed timestamptz)
  returns bigint language sql immutable parallel safe as $$
  select hash_record_extended(row(p_scope, p_confidential, p_status, p_outcome, p_answer, p_round, p_merged, p_urgent, p_self_handled,
    p_returned, p_reopened, p_suspended, p_reported, p_registered, p_dispatched, p_handled, p_closed), 0)
$$;
create function figure_duty_key(p_record uuid, p_duty text, p_state text, p_due timestamptz, p_ended timestamptz, p_overran boolean,
  p_exempt boolean) returns bigint language sql immutable parallel safe as $$
  select hash_record_extended(row(p_record, p_duty, p_state, p_due, p_ended, p_overran, p_exempt), 0)
$$;

-- A day begins at 16:00 UTC, midnight in China; what begins at another hour is read row by row at its two ends.
create function figure_day(p_at timestamptz) returns integer language sql immutable parallel safe as $$
  select floor((extract(epoch from p_at) - 57600) / 86400)::integer
$$;

do $$
declare t text;
begin
  call protect('figure_node', 'realm = (select jw_realm())', 'false', 'select');
  grant select on figure_node to jingwei_system;
  foreach t in array array['figure_fact', 'figure_cell', 'figure_counted'] loop
    call protect(t::regclass, 'false', 'false', 'select');
  end loop;
  foreach t in array array['figure_node', 'figure_fact', 'figure_cell', 'figure_counted'] loop
    execute format('grant select, insert, update, delete on %I to jingwei_counter', t);
    execute format('create policy counter_keeps on %I to jingwei_counter using (realm = (select jw_realm())) with check (realm = (select jw_realm()))', t);
  end loop;
  foreach t in array array['casefile', 'obligation'] loop
    execute format('grant select (folded_key), update (folded_key) on %I to jingwei_counter', t);
    execute format('create policy counter_marks on %I for update to jingwei_counter using (realm = (select jw_realm())) with check (realm = (select jw_realm()))', t);
  end loop;
  grant select (body_id) on casefile to jingwei_counter;
  grant select (owed_by_kind, owed_by) on obligation to jingwei_counter;
  grant select (last_no, level, closed_on) on area to jingwei_counter;
  grant select (realm, area_id, parent_id) on area_version to jingwei_counter;
  create policy counter_reads on area_version for select to jingwei_counter using (realm = (select jw_realm()));
  grant select (realm, area_id, heir_id) on area_heir to jingwei_counter;
  create policy counter_reads on area_heir for select to jingwei_counter using (realm = (select jw_realm()));
end $$;

-- What rests may be added up; what does not, and what changed since, is found without looking at the rest.
create index casefile_loose on casefile (realm, scope_no) where folded_key is null;
create index casefile_to_fold on casefile (realm, changed_at) where folded_key is null
  and (status in ('evaluated', 'declined') or merged_into is not null) and not suspended;
create index casefile_stale on casefile (realm, id) where folded_key is not null and folded_key <> figure_key(scope_no, confidential, status,
  outcome, answer, round, merged_into, urgent, self_handled, returned, reopened, suspended, reported_at, registered_at, dispatched_at, handled_at, closed_at);
create index obligation_stale on obligation (realm, record_id) where folded_key is not null
  and folded_key <> figure_duty_key(record_id, duty, state, due_at, ended_at, overran, exempt);
-- The two ends of a period, and what is opened from a figure, are found by the time.
create index casefile_folded_reported on casefile (realm, reported_at) where folded_key is not null;
create index casefile_folded_registered on casefile (realm, registered_at) where folded_key is not null;
create index casefile_folded_dispatched on casefile (realm, dispatched_at) where folded_key is not null;
create index casefile_folded_handled on casefile (realm, handled_at) where folded_key is not null;
create index casefile_folded_closed on casefile (realm, closed_at) where folded_key is not null;
create index obligation_loose_due on obligation (realm, (coalesce(due_at, ended_at))) where folded_key is null;
create index obligation_folded_due on obligation (realm, (coalesce(due_at, ended_at))) where folded_key is not null;
drop index obligation_due;
drop index casefile_suspended;
drop index casefile_confidential;

-- One row that is counted, or taken off (n = -1). `via` says where its place is looked for: in all numbers of an area
-- (runs), in those that no sum covers (rest), or in those that one does (sums).
create type figure_row as (
  via text, id uuid, key uuid, place_no integer, filed_id uuid, body_id uuid, kind text,
  confidential boolean, status text, outcome text, answer text, several_rounds boolean, merged boolean, urgent boolean,
  self_handled boolean, returned boolean, reopened boolean, suspended boolean,
  duty text, clock text, late boolean, exempt boolean, due_reached boolean, known boolean, n integer
);

-- Filed under areas that are counted on an older map are mine to count when they lie, lay or came from below an area of mine.
create function figure_filed_mine(p_filed uuid[]) returns boolean language sql stable security definer
  set search_path = pg_catalog, public, pg_temp as $$
  select not exists (select 1 from unnest(p_filed) f (id) where not exists (
    with recursive led (id) as (
      select f.id
      union
      select x.id from led cross join lateral (
        select v.parent_id from area_version v where v.realm = (select jw_realm()) and v.area_id = led.id and v.parent_id is not null
        union all select h.heir_id from area_heir h where h.realm = (select jw_realm()) and h.area_id = led.id
        union all select h.area_id from area_heir h where h.realm = (select jw_realm()) and h.heir_id = led.id) x (id))
    select 1 from led join area a on a.realm = (select jw_realm()) and a.id = led.id where (select jw_ranges()) @> a.no))
$$;

create function figure_cells(p_no integer[], p_last integer[], p_kind text[], p_span integer[], p_from integer[], p_to integer[], p_reached boolean[])
  returns table (no integer, last_no integer, kind text, due_reached boolean, n bigint,
    confidential boolean, status text, outcome text, answer text, several_rounds boolean, merged boolean, urgent boolean,
    self_handled boolean, returned boolean, reopened boolean, suspended boolean, duty text, clock text, late boolean, exempt boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select x.no, x.last_no, x.kind, x.reached, x.n, f.confidential, f.status, f.outcome, f.answer, f.several_rounds, f.merged, f.urgent,
    f.self_handled, f.returned, f.reopened, f.suspended, f.duty, f.clock, f.late, f.exempt
  from (
    select a.no, a.last_no, r.kind, r.reached, c.fact, c.n
    from unnest(p_no, p_last) a (no, last_no)
    cross join unnest(p_kind, p_span, p_from, p_to, p_reached) r (kind, span, day_from, day_to, reached)
    cross join lateral (
      select c.fact, sum(c.n)::bigint as n from figure_cell c
      where c.realm = (select jw_realm()) and c.no = a.no and c.last_no = a.last_no and c.kind = r.kind and c.span = r.span
        and c.day >= r.day_from and c.day < r.day_to
      group by c.fact having sum(c.n) <> 0) c
    where (select jw_ranges()) @> int4range(a.no, a.last_no, '[]') offset 0) x
  join figure_fact f on f.realm = (select jw_realm()) and f.id = x.fact
$$;

-- Added up, and changed since. Few at any time, which the planner is told.
create function figure_stale() returns setof uuid language sql stable rows 20 set search_path = pg_catalog, public, pg_temp as $$
  select s.id from casefile s where s.realm = (select jw_realm()) and s.folded_key is not null and s.folded_key <> figure_key(s.scope_no,
    s.confidential, s.status, s.outcome, s.answer, s.round, s.merged_into, s.urgent, s.self_handled, s.returned, s.reopened, s.suspended,
    s.reported_at, s.registered_at, s.dispatched_at, s.handled_at, s.closed_at)
  union
  select d.record_id from obligation d where d.realm = (select jw_realm()) and d.folded_key is not null
    and d.folded_key <> figure_duty_key(d.record_id, d.duty, d.state, d.due_at, d.ended_at, d.overran, d.exempt)
$$;

-- The functions below share lists of columns and conditions; they are put together here, once, as the tables are made.
create procedure figure_function(name text, body text) language plpgsql as $p$
declare
  part text[];
begin
  foreach part slice 1 in array array[
    ['{stale}', 'with stale as materialized (select id from figure_stale() s (id))'],
    ['{rests}', 'c.folded_key is not null and c.id not in (select stale.id from stale)'],
    ['{here}', 'c.realm = (select jw_realm()) and case when p_filed is null then p_asked @> c.scope_no and (select jw_ranges()) @> c.scope_no
        else c.area_id = any (p_filed) and (select figure_filed_mine(p_filed)) end'],
    ['{case}', 'c.id, c.id, c.scope_no, c.area_id, c.body_id'],
    ['{duty}', 'c.id, o.id, c.scope_no, c.area_id, case when o.owed_by_kind = ''body'' then o.owed_by end'],
    -- the few duties first, then the case of each by its key: the other way round every case is looked through
    ['{its_case}', 'cross join lateral (select f.realm, f.id, f.scope_no, f.area_id, f.body_id, f.confidential, f.status, f.outcome, f.answer,
        f.round, f.merged_into, f.urgent, f.self_handled, f.returned, f.reopened, f.suspended, f.folded_key
      from casefile f where f.realm = o.realm and f.id = o.record_id limit 1) c'],
    ['{stale_case}', 'stale cross join lateral (select {columns} from casefile f where f.realm = (select jw_realm()) and f.id = stale.id limit 1) c'],
    ['{case_in_rest}', 'unnest(p_rest) r (run) cross join lateral (select {columns} from casefile f
      where f.realm = (select jw_realm()) and f.scope_no >= lower(r.run) and f.scope_no < upper(r.run) offset 0) c'],
    ['{its_duties}', '(select {duty_columns} from obligation d where d.realm = (select jw_realm()) and d.record_id = c.id offset 0) o'],
    ['{duty_columns}', 'd.realm, d.id, d.record_kind, d.record_id, d.owed_by_kind, d.owed_by, d.duty, d.state, d.due_at, d.ended_at, d.overran,
        d.exempt, d.folded_key'],
    ['{columns}', 'f.realm, f.id, f.scope_no, f.area_id, f.body_id, f.confidential, f.status, f.outcome, f.answer, f.round, f.merged_into,
        f.urgent, f.self_handled, f.returned, f.reopened, f.suspended, f.reported_at, f.registered_at, f.dispatched_at, f.handled_at,
        f.closed_at, f.folded_key'],
    ['{facts}', 'c.confidential, c.status, c.outcome, c.answer, c.round > 1, c.merged_into is not null, c.urgent, c.self_handled, c.returned,
        c.reopened, c.suspended'],
    ['{no_duty}', 'null::text, null::text, null::boolean, null::boolean, null::boolean, true, 1'],
    ['{owed}', 'o.duty, o.state, o.overran or coalesce(o.state = ''running'' and o.due_at < p_as_of, false), o.exempt,
        coalesce(coalesce(o.due_at, o.ended_at) <= p_as_of, false), true, 1'],
    ['{times}', 'cross join lateral (values (''reported'', c.reported_at), (''registered'', c.registered_at), (''dispatched'', c.dispatched_at),
        (''handled'', c.handled_at), (''closed'', c.closed_at)) k (kind, at)'],
    ['{in_period}', 'k.kind = any (p_kinds) and k.at >= p_begins and k.at < p_ends'],
    ['{due_in_period}', 'o.realm = (select jw_realm()) and o.record_kind = ''casefile'' and ''due'' = any (p_kinds)
        and coalesce(o.due_at, o.ended_at) >= p_begins and coalesce(o.due_at, o.ended_at) < p_ends'],
    ['{at_no_end}', 'not exists (select 1 from unnest(p_end_begins, p_end_ends) e (begins, ends) where k.at >= e.begins and k.at < e.ends)'],
    ['{due_at_no_end}', 'not exists (select 1 from unnest(p_end_begins, p_end_ends) e (begins, ends)
        where coalesce(o.due_at, o.ended_at) >= e.begins and coalesce(o.due_at, o.ended_at) < e.ends)'],
    -- of what is stale, its share of the sums
    ['{taken_off}', 'select ''sums'', t.casefile_id, null::uuid, t.place_no, null::uuid, null::uuid, u.kind, f.confidential, f.status, f.outcome,
      f.answer, f.several_rounds, f.merged, f.urgent, f.self_handled, f.returned, f.reopened, f.suspended, f.duty, f.clock, f.late, f.exempt,
      u.day < figure_day(p_as_of), true, -1
    from stale cross join lateral (select * from figure_counted x where x.realm = (select jw_realm()) and x.casefile_id = stale.id limit 1) t
    cross join lateral unnest(t.kinds, t.days, t.facts) u (kind, day, fact)
    join figure_fact f on f.realm = (select jw_realm()) and f.id = u.fact
    where p_filed is null and p_asked @> t.place_no and (select jw_ranges()) @> t.place_no and u.kind = any (p_kinds)
      and exists (select 1 from unnest(p_day_from, p_day_to) r (day_from, day_to) where u.day >= r.day_from and u.day < r.day_to)']
  ] loop
    body := replace(body, part[1], part[2]);
  end loop;
  -- Which kinds; the numbers asked for, or the areas of filing; of the numbers, those that no sum covers; the period, and
  -- its ends that no whole day covers; its whole days; the instant of counting.
  execute format('create function %I(p_kinds text[], p_asked int4multirange, p_filed uuid[], p_rest int4multirange, p_begins timestamptz,
    p_ends timestamptz, p_end_begins timestamptz[], p_end_ends timestamptz[], p_day_from integer[], p_day_to integer[], p_as_of timestamptz)
    returns setof figure_row language sql stable security definer set search_path = pg_catalog, public, pg_temp as %L', name, body);
end $p$;

call figure_function('figure_case_rows', '{stale}
    select ''runs'', {case}, k.kind, {facts}, {no_duty} from casefile c {times} where c.folded_key is null and {here} and {in_period}
    union all
    select ''runs'', {case}, k.kind, {facts}, {no_duty} from {stale_case} {times} where {here} and {in_period}
    union all
    {taken_off} and f.duty is null
    union all
    select ''rest'', {case}, k.kind, {facts}, {no_duty} from {case_in_rest} {times}
    where {rests} and {here} and {in_period} and {at_no_end}
    union all
    select ''runs'', {case}, ''reported'', {facts}, {no_duty} from unnest(p_end_begins, p_end_ends) e (begins, ends)
    cross join lateral (select {columns} from casefile f where f.realm = (select jw_realm()) and f.folded_key is not null
      and f.reported_at >= e.begins and f.reported_at < e.ends offset 0) c where ''reported'' = any (p_kinds) and {rests} and {here}
    union all
    select ''runs'', {case}, ''registered'', {facts}, {no_duty} from unnest(p_end_begins, p_end_ends) e (begins, ends)
    cross join lateral (select {columns} from casefile f where f.realm = (select jw_realm()) and f.folded_key is not null
      and f.registered_at >= e.begins and f.registered_at < e.ends offset 0) c where ''registered'' = any (p_kinds) and {rests} and {here}
    union all
    select ''runs'', {case}, ''dispatched'', {facts}, {no_duty} from unnest(p_end_begins, p_end_ends) e (begins, ends)
    cross join lateral (select {columns} from casefile f where f.realm = (select jw_realm()) and f.folded_key is not null
      and f.dispatched_at >= e.begins and f.dispatched_at < e.ends offset 0) c where ''dispatched'' = any (p_kinds) and {rests} and {here}
    union all
    select ''runs'', {case}, ''handled'', {facts}, {no_duty} from unnest(p_end_begins, p_end_ends) e (begins, ends)
    cross join lateral (select {columns} from casefile f where f.realm = (select jw_realm()) and f.folded_key is not null
      and f.handled_at >= e.begins and f.handled_at < e.ends offset 0) c where ''handled'' = any (p_kinds) and {rests} and {here}
    union all
    select ''runs'', {case}, ''closed'', {facts}, {no_duty} from unnest(p_end_begins, p_end_ends) e (begins, ends)
    cross join lateral (select {columns} from casefile f where f.realm = (select jw_realm()) and f.folded_key is not null
      and f.closed_at >= e.begins and f.closed_at < e.ends offset 0) c where ''closed'' = any (p_kinds) and {rests} and {here}');


call figure_function('figure_duty_rows', '{stale}
    select ''runs'', {duty}, ''due'', {facts}, {owed} from obligation o {its_case} where o.folded_key is null and {due_in_period} and {here}
    union all
    select ''runs'', {duty}, ''due'', {facts}, {owed} from {stale_case}
    cross join lateral {its_duties} where o.folded_key is not null and {due_in_period} and {here}
    union all
    {taken_off} and f.duty is not null
    union all
    select ''rest'', {duty}, ''due'', {facts}, {owed} from {case_in_rest}
    cross join lateral {its_duties} where o.folded_key is not null and {rests} and {here} and {due_in_period} and {due_at_no_end}
    union all
    select ''runs'', {duty}, ''due'', {facts}, {owed} from unnest(p_end_begins, p_end_ends) e (begins, ends)
    cross join lateral (select {duty_columns} from obligation d where d.realm = (select jw_realm()) and d.folded_key is not null
      and coalesce(d.due_at, d.ended_at) >= e.begins and coalesce(d.due_at, d.ended_at) < e.ends offset 0) o {its_case}
    where o.folded_key is not null and {due_in_period} and {rests} and {here}
    union all
    select ''runs'', {duty}, ''open'', {facts}, {owed} from obligation o {its_case}
    where ''open'' = any (p_kinds) and o.realm = (select jw_realm()) and o.record_kind = ''casefile''
      and o.state in (''running'', ''paused'', ''suspended'') and {here}');
drop procedure figure_function(text, text);

-- As it was known at an instant: a case that has not changed since is as its row says. Of one that has, the last telling of
-- each column up to then; a column that no entry names is as a case begins.
drop function figure_duties(timestamptz), figure_casefiles(timestamptz);
drop function figure_confidential_casefiles(timestamptz), figure_confidential_duties(timestamptz, boolean, timestamptz, timestamptz);
create function figure_past_cases(p_as_of timestamptz, p_asked int4multirange, p_filed uuid[]) returns table (
  id uuid, place_no integer, filed_id uuid, body_id uuid, confidential boolean, status text, outcome text, answer text, several_rounds boolean,
  merged boolean, urgent boolean, self_handled boolean, returned boolean, reopened boolean, suspended boolean,
  reported_at timestamptz, registered_at timestamptz, dispatched_at timestamptz, handled_at timestamptz, closed_at timestamptz
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id, c.scope_no, c.area_id, c.body_id, c.confidential, c.status, c.outcome, c.answer, c.round > 1, c.merged_into is not null,
    c.urgent, c.self_handled, c.returned, c.reopened, c.suspended,
    c.reported_at, c.registered_at, c.dispatched_at, c.handled_at, c.closed_at
  from casefile c
  where c.realm = (select jw_realm()) and c.reported_at <= p_as_of and c.changed_at <= p_as_of
    and case when p_filed is null then p_asked @> c.scope_no and (select jw_ranges()) @> c.scope_no
        else c.area_id = any (p_filed) and (select figure_filed_mine(p_filed)) end
  union all
  select c.id, a.no, a.id, (w.told ->> 'bodyId')::uuid, c.confidential, w.told ->> 'status', w.told ->> 'outcome', w.told ->> 'answer',
    coalesce((w.told ->> 'round')::integer, 1) > 1, w.told ->> 'mergedInto' is not null,
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
  where c.realm = (select jw_realm()) and c.reported_at <= p_as_of and c.changed_at > p_as_of
    and case when p_filed is null then p_asked @> a.no and (select jw_ranges()) @> a.no
        else a.id = any (p_filed) and (select figure_filed_mine(p_filed)) end
$$;

-- A clock that only ended since the instant ran, or stood, until then as its last deadline says. One that was stopped,
-- started or moved since is `not known`: what it was then is not guessed.
create function figure_past_duties(p_as_of timestamptz, p_asked int4multirange, p_filed uuid[]) returns table (
  id uuid, duty_id uuid, place_no integer, filed_id uuid, body_id uuid, confidential boolean, status text, outcome text, answer text,
  several_rounds boolean, merged boolean, urgent boolean, self_handled boolean, returned boolean, reopened boolean, suspended boolean,
  duty text, clock text, late boolean, exempt boolean, due_at timestamptz, known boolean
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id, o.id, c.place_no, c.filed_id, case when o.owed_by_kind = 'body' then o.owed_by end, c.confidential, c.status, c.outcome,
    c.answer, c.several_rounds, c.merged, c.urgent, c.self_handled, c.returned, c.reopened, c.suspended, o.duty, s.clock,
    case when s.clock <> 'running' then o.overran
         else (o.ended_at is null and o.overran) or coalesce(o.due_at < p_as_of, false) end,
    o.exempt and not 'exempt' = any (later.acts),
    coalesce(o.due_at, case when o.ended_at <= p_as_of then o.ended_at end),
    not later.acts && array['pause', 'suspend', 'resume', 'extend', 'recount']
  from figure_past_cases(p_as_of, p_asked, p_filed) c
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

-- What cases and their ended duties add to the sums. This and the next two run as whoever calls them: the functions below.
create function figure_shares(p_ids uuid[]) returns table (
  casefile_id uuid, place_no integer, kind text, day integer, confidential boolean, status text, outcome text, answer text,
  several_rounds boolean, merged boolean, urgent boolean, self_handled boolean, returned boolean, reopened boolean, suspended boolean,
  duty text, clock text, late boolean, exempt boolean
) language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select c.id, c.scope_no, k.kind, figure_day(k.at), c.confidential, c.status, c.outcome, c.answer, c.round > 1, c.merged_into is not null,
    c.urgent, c.self_handled, c.returned, c.reopened, c.suspended, k.duty, k.clock, k.late, k.exempt
  from casefile c cross join lateral (
    select * from (values ('reported', c.reported_at, null::text, null::text, null::boolean, null::boolean),
      ('registered', c.registered_at, null, null, null, null), ('dispatched', c.dispatched_at, null, null, null, null),
      ('handled', c.handled_at, null, null, null, null), ('closed', c.closed_at, null, null, null, null)) v where v.column2 is not null
    union all
    select 'due', coalesce(o.due_at, o.ended_at), o.duty, o.state, o.overran, o.exempt from obligation o
    where o.realm = c.realm and o.record_id = c.id and o.record_kind = 'casefile' and o.state in ('settled', 'withdrawn')
  ) k (kind, at, duty, clock, late, exempt)
  where c.realm = jw_realm() and c.id = any (p_ids)
$$;

-- Put to the sums or taken off them.
create function figure_add(p_ids uuid[], p_sign integer) returns void language sql volatile
  set search_path = pg_catalog, public, pg_temp as $$
  insert into figure_cell as f (realm, no, last_no, kind, span, day, fact, n)
  select t.realm, a.no, a.last_no, u.kind, s.span, s.day, u.fact, p_sign * count(*)
  from figure_counted t cross join lateral unnest(t.kinds, t.days, t.facts) u (kind, day, fact)
  cross join lateral (values (1, u.day), (32, u.day >> 5)) s (span, day)
  join figure_node a on a.realm = t.realm and a.no <= t.place_no and a.last_no >= t.place_no
  where t.realm = jw_realm() and t.casefile_id = any (p_ids)
  group by 1, 2, 3, 4, 5, 6, 7
  on conflict (realm, no, last_no, kind, span, day, fact) do update set n = f.n + excluded.n
$$;

create function figure_unfold(p_ids uuid[]) returns void language sql volatile
  set search_path = pg_catalog, public, pg_temp as $$
  select figure_add(p_ids, -1);
  delete from figure_counted where realm = jw_realm() and casefile_id = any (p_ids);
  update obligation set folded_key = null where realm = jw_realm() and record_id = any (p_ids) and folded_key is not null;
  update casefile set folded_key = null where realm = jw_realm() and id = any (p_ids) and folded_key is not null
$$;

-- Adds up what rests; takes off what changed since it was added up, to be added up anew once it rests. Whoever is at work
-- on a case or on a duty of it comes first: it waits for the next time. Returns how many cases were dealt with.
create function figure_fold(p_most integer) returns integer language plpgsql volatile security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  changed uuid[];
  quiet uuid[];
  fresh record;
begin
  if not pg_try_advisory_xact_lock(hashtext('figure_fold'), jw_realm()) then return 0; end if;

  select coalesce(array_agg(id), '{}') into changed from (
    select c.id from casefile c where c.realm = jw_realm() and c.id in (select figure_stale())
    limit p_most for no key update skip locked) locked;
  perform figure_unfold(changed);

  select coalesce(array_agg(id), '{}') into quiet from (
    select c.id from casefile c where c.realm = jw_realm() and c.folded_key is null
      and (c.status in ('evaluated', 'declined') or c.merged_into is not null) and not c.suspended
    order by c.changed_at limit p_most for no key update skip locked) locked;
  with free as materialized (
    select o.record_id from obligation o where o.realm = jw_realm() and o.record_id = any (quiet) for no key update skip locked),
  freed as (select record_id, count(*) as n from free group by 1),
  owed as (select o.record_id, count(*) as n from obligation o where o.realm = jw_realm() and o.record_id = any (quiet) group by 1)
  select coalesce(array_agg(q.id), '{}') into quiet from unnest(quiet) q (id)
  left join owed on owed.record_id = q.id left join freed on freed.record_id = q.id
  where owed.n is not distinct from freed.n;
  if cardinality(quiet) = 0 then return cardinality(changed); end if;

  -- An area that is new to the sums; should anything that was added up carry its numbers, it is added up anew.
  for fresh in
    select a.no, a.last_no from area a where a.realm = jw_realm() and a.closed_on is null and a.level not in ('grid', 'micro_grid')
      and not exists (select 1 from figure_node n where n.realm = a.realm and n.no = a.no and n.last_no = a.last_no)
  loop
    perform figure_unfold(array(select t.casefile_id from figure_counted t
                                where t.realm = jw_realm() and t.place_no between fresh.no and fresh.last_no));
    insert into figure_node (realm, no, last_no) values (jw_realm(), fresh.no, fresh.last_no);
  end loop;

  with share as materialized (
    select s.casefile_id, s.place_no, s.kind, s.day, f.*, md5(f::text)::uuid as fact from figure_shares(quiet) s
    cross join lateral (select s.confidential, s.status, s.outcome, s.answer, s.several_rounds, s.merged, s.urgent, s.self_handled,
      s.returned, s.reopened, s.suspended, s.duty, s.clock, s.late, s.exempt) f),
  named as (
    insert into figure_fact (realm, id, confidential, status, outcome, answer, several_rounds, merged, urgent, self_handled, returned,
      reopened, suspended, duty, clock, late, exempt)
    select distinct jw_realm(), fact, confidential, status, outcome, answer, several_rounds, merged, urgent, self_handled, returned,
      reopened, suspended, duty, clock, late, exempt from share
    on conflict (realm, id) do nothing)
  insert into figure_counted (realm, casefile_id, place_no, kinds, days, facts)
  select jw_realm(), casefile_id, place_no, array_agg(kind), array_agg(day), array_agg(fact) from share group by casefile_id, place_no;
  perform figure_add(quiet, 1);
  update obligation set folded_key = figure_duty_key(record_id, duty, state, due_at, ended_at, overran, exempt)
  where realm = jw_realm() and record_id = any (quiet) and record_kind = 'casefile' and state in ('settled', 'withdrawn');
  update casefile set folded_key = figure_key(scope_no, confidential, status, outcome, answer, round, merged_into, urgent, self_handled,
    returned, reopened, suspended, reported_at, registered_at, dispatched_at, handled_at, closed_at)
  where realm = jw_realm() and id = any (quiet);
  return cardinality(changed) + cardinality(quiet);
end $$;

-- Everything that was added up, counted again from the cases themselves; what has changed since, as it was added up. Where
-- a sum differs, it is told with what it should be. `checked` is the number of sums looked at.
create function figure_recount(p_most integer) returns table (no integer, last_no integer, kind text, span smallint, day integer, facts text,
  expected bigint, found bigint, checked bigint, wrong bigint)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with stale as materialized (select id from figure_stale() s (id)),
  rests as materialized (select array_agg(c.id) as ids from casefile c where c.realm = (select jw_realm()) and c.folded_key is not null
    and not exists (select 1 from stale where stale.id = c.id)),
  share as (
    select s.place_no, s.kind, s.day, md5(row(s.confidential, s.status, s.outcome, s.answer, s.several_rounds, s.merged, s.urgent,
      s.self_handled, s.returned, s.reopened, s.suspended, s.duty, s.clock, s.late, s.exempt)::text)::uuid as fact
    from rests cross join lateral figure_shares(rests.ids) s
    union all
    select t.place_no, u.kind, u.day, u.fact from stale join figure_counted t on t.realm = (select jw_realm()) and t.casefile_id = stale.id
    cross join lateral unnest(t.kinds, t.days, t.facts) u (kind, day, fact)),
  grouped as materialized (select place_no, kind, day, fact, count(*) as n from share group by 1, 2, 3, 4),
  should as (
    select a.no, a.last_no, g.kind, s.span::smallint as span, s.day, g.fact, sum(g.n)::bigint as n
    from grouped g cross join lateral (values (1, g.day), (32, g.day >> 5)) s (span, day)
    join figure_node a on a.realm = (select jw_realm()) and a.no <= g.place_no and a.last_no >= g.place_no
    group by 1, 2, 3, 4, 5, 6),
  compared as materialized (
    select no, last_no, kind, span, day, fact, coalesce(s.n, 0) as expected, coalesce(c.n, 0) as found
    from should s full join (select * from figure_cell where realm = (select jw_realm())) c using (no, last_no, kind, span, day, fact)),
  totals as (select count(*) as checked, count(*) filter (where expected <> found) as wrong from compared)
  select d.no, d.last_no, d.kind, d.span, d.day, f::text, d.expected, d.found, totals.checked, totals.wrong
  from totals left join (select * from compared where expected <> found order by span desc, no, day, kind limit p_most) d on true
  left join figure_fact f on f.realm = (select jw_realm()) and f.id = d.fact
$$;

-- Forgets all sums: everything is read row by row until it has been added up anew.
create function figure_forget() returns void language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select pg_advisory_xact_lock(hashtext('figure_fold'), jw_realm());
  delete from figure_cell where realm = jw_realm();
  delete from figure_counted where realm = jw_realm();
  delete from figure_fact where realm = jw_realm();
  delete from figure_node where realm = jw_realm();
  update obligation set folded_key = null where realm = jw_realm() and folded_key is not null;
  update casefile set folded_key = null where realm = jw_realm() and folded_key is not null
$$;

do $$
declare
  f text;
  rows constant text := '(text[], int4multirange, uuid[], int4multirange, timestamptz, timestamptz, timestamptz[], timestamptz[], integer[], integer[], timestamptz)';
begin
  grant create on schema public to jingwei_counter;
  foreach f in array array['figure_shares(uuid[])', 'figure_add(uuid[], integer)', 'figure_unfold(uuid[])', 'figure_stale()',
    'figure_fold(integer)', 'figure_recount(integer)', 'figure_forget()', 'figure_filed_mine(uuid[])', 'figure_case_rows' || rows,
    'figure_duty_rows' || rows, 'figure_past_cases(timestamptz, int4multirange, uuid[])', 'figure_past_duties(timestamptz, int4multirange, uuid[])',
    'figure_cells(integer[], integer[], text[], integer[], integer[], integer[], boolean[])'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to jingwei_counter', f);
  end loop;
  foreach f in array array['figure_case_rows' || rows, 'figure_duty_rows' || rows, 'figure_past_cases(timestamptz, int4multirange, uuid[])',
    'figure_past_duties(timestamptz, int4multirange, uuid[])', 'figure_cells(integer[], integer[], text[], integer[], integer[], integer[], boolean[])',
    'figure_filed_mine(uuid[])'] loop
    execute format('grant execute on function %s to jingwei_app, jingwei_system', f);
  end loop;
  foreach f in array array['figure_fold(integer)', 'figure_recount(integer)', 'figure_forget()'] loop
    execute format('grant execute on function %s to jingwei_system', f);
  end loop;
  revoke create on schema public from jingwei_counter;
end $$;
