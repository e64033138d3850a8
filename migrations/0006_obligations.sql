-- Whatever waits for somebody is one row: who owes what, about which record, since when, until when, on which clock.

create table obligation (
  realm smallint not null,
  id uuid not null,
  duty text not null,
  record_kind text not null,
  record_id uuid not null,
  scope_no integer not null,
  confidential boolean not null,
  owed_by_kind text not null constraint obligation_owed_by_kind_known check (owed_by_kind in ('person', 'post', 'body', 'reporter')),
  owed_by uuid not null,
  -- the one person the body or post has given it to
  assignee_id uuid,
  calendar_id uuid,
  calendar_version integer,
  time_limit jsonb,
  -- the clock as it stands: working or continuous time, what it was given, what was used up to the last change
  scale text not null constraint obligation_scale_known check (scale in ('continuous', 'working')),
  budget_ms bigint,
  used_ms bigint not null default 0,
  running_since timestamptz,
  opened_at timestamptz not null,
  due_at timestamptz,
  -- the deadline reaches days whose holidays are not published yet
  provisional boolean not null default false,
  state text not null constraint obligation_state_known check (state in ('running', 'paused', 'suspended', 'settled', 'withdrawn')),
  pause_reason text,
  suspended_until timestamptz,
  -- it was past its deadline when it was last stopped or ended; whether it is late now is a comparison with the clock
  overran boolean not null default false,
  extensions smallint not null default 0 constraint obligation_two_extensions_at_most check (extensions between 0 and 2),
  exempt boolean not null default false,
  ended_at timestamptz,
  -- whom it climbs to and when: [{"share": 0.8} | {"after": limit}, "tell": …]
  ladder jsonb not null,
  rung smallint not null default 0,
  next_rung_at timestamptz,
  primary key (realm, id),
  constraint obligation_running_has_start check ((state = 'running') = (running_since is not null)),
  constraint obligation_ended_has_time check ((state in ('settled', 'withdrawn')) = (ended_at is not null))
);
create index obligation_of_record on obligation (realm, record_id);
-- Inboxes: what is open, by whoever owes it, in the order it falls due.
create index obligation_inbox on obligation (realm, owed_by, due_at) where state in ('running', 'paused', 'suspended');
create index obligation_of_assignee on obligation (realm, assignee_id, due_at) where state in ('running', 'paused', 'suspended') and assignee_id is not null;
create index obligation_open_in_scope on obligation (realm, scope_no, due_at) where state in ('running', 'paused', 'suspended');
-- Sweeps: what falls due next, what wakes up, what has to be counted again.
create index obligation_rung_due on obligation (realm, next_rung_at) where state = 'running' and next_rung_at is not null;
create index obligation_wakes on obligation (realm, suspended_until) where state = 'suspended';
create index obligation_answer_due on obligation (realm, due_at) where state = 'running' and duty = 'casefile.answer';
create index obligation_provisional on obligation (realm, due_at) where provisional and state = 'running';

-- A wish about an obligation that somebody else decides: more time, a rest, or that a lateness be excused.
create table adjustment (
  realm smallint not null,
  id uuid not null,
  obligation_id uuid not null,
  kind text not null constraint adjustment_kind_known check (kind in ('extension', 'suspension', 'appeal')),
  status text not null constraint adjustment_status_known check (status in ('asked', 'seconded', 'granted', 'refused')),
  until timestamptz,
  -- the duty of whoever decides it
  deciding_id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  seconded_by uuid,
  decided_by uuid,
  decided_at timestamptz,
  primary key (realm, id),
  foreign key (realm, obligation_id) references obligation,
  constraint adjustment_decided_by_another check (decided_by is null or (decided_by <> asked_by and decided_by is distinct from seconded_by)),
  constraint adjustment_suspension_names_its_end check (kind <> 'suspension' or until is not null)
);
create unique index adjustment_one_open_wish on adjustment (realm, obligation_id, kind) where status in ('asked', 'seconded');
create unique index adjustment_appeal_once on adjustment (realm, obligation_id) where kind = 'appeal';

call protect('obligation',
  'realm = (select jw_realm()) and ((not confidential and (select jw_ranges()) @> scope_no) or owed_by = any (coalesce((select jw_grantees()), ''{}'')) or assignee_id = any (coalesce((select jw_grantees()), ''{}'')) or exists (select 1 from access_grant g where g.realm = obligation.realm and g.record_id = obligation.record_id and g.grantee = any (coalesce((select jw_grantees()), ''{}''))))',
  'realm = (select jw_realm())', 'select, insert, update');
grant select, insert, update on obligation to jingwei_system;
call protect('adjustment',
  'realm = (select jw_realm()) and exists (select 1 from obligation o where o.realm = adjustment.realm and o.id = adjustment.obligation_id)',
  'realm = (select jw_realm()) and (select jw_account()) is not null', 'select, insert, update');
grant select, insert, update on adjustment to jingwei_system;
