-- What the public may know of a case: a table of its own, without a person, without anybody's words, with a place no
-- finer than the public needs. Names are put in when it is read.
create table public_case (
  realm smallint not null,
  -- of the casefile
  id uuid not null,
  number text not null,
  status text not null constraint public_case_status_known check (status in ('open', 'closed')),
  type_code text not null,
  condition_code text,
  standard_version integer,
  area_id uuid not null,
  body_id uuid,
  lon double precision,
  lat double precision,
  outcome text,
  public_text text,
  requested_at timestamptz not null,
  updated_at timestamptz not null,
  due_at timestamptz,
  primary key (realm, id),
  foreign key (realm, id) references casefile,
  constraint public_case_number_once unique (realm, number)
);
create index public_case_newest on public_case (realm, requested_at desc, id desc);

-- The stages of it that the public hears of: one for each entry of the journal that it follows from.
create table public_step (
  realm smallint not null,
  -- follows from the entry's
  id uuid not null,
  case_id uuid not null,
  -- of the entry, in the journal: what came first stands first
  position bigint not null,
  step text not null,
  outcome text,
  public_text text,
  at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, case_id) references casefile
);
create index public_step_by_time on public_step (realm, at, position);
create index public_step_of_case on public_step (realm, case_id, at);

-- What a program sent in through Open311: for its key, and for whoever holds the token, which is the id. What it said is
-- sealed under the reporter's key and goes with it.
create table open311_sent (
  realm smallint not null,
  id uuid not null,
  casefile_id uuid not null,
  report_id uuid not null,
  number text not null,
  -- whoever sent it was given the token, and gets the number when it is public
  by_token boolean not null,
  key_id uuid not null,
  -- what the holder of the token is known by: made from it with a key
  grantee uuid not null,
  -- keyed, of all that was said: the same once more is not taken twice
  fingerprint bytea not null,
  sealed bytea not null,
  data_key_id uuid not null,
  received_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, casefile_id) references casefile
);
create index open311_sent_by_key on open311_sent (realm, key_id, fingerprint, received_at);
create index open311_sent_of_case on open311_sent (realm, casefile_id);
create index open311_sent_by_number on open311_sent (realm, key_id, number);

-- What becomes confidential is hidden in the transaction that makes it so, before anything that follows takes it away.
call protect('public_case', 'realm = (select jw_realm()) and not exists (select 1 from turned_confidential t where t.realm = public_case.realm and t.record_id = public_case.id)',
  'realm = (select jw_realm()) and cardinality((select jw_grantees())) > 0', 'select, insert');
call protect('public_step', 'realm = (select jw_realm()) and exists (select 1 from public_case c where c.realm = public_step.realm and c.id = public_step.case_id)',
  'false', 'select');
call protect('open311_sent', 'realm = (select jw_realm()) and (grantee = any (coalesce((select jw_grantees()), ''{}'')) or key_id = any (coalesce((select jw_grantees()), ''{}'')))',
  'realm = (select jw_realm()) and key_id = any (coalesce((select jw_grantees()), ''{}''))', 'select, insert');
grant select, insert, update, delete on public_case to jingwei_system;
grant select, insert on public_step to jingwei_system;
grant select on open311_sent to jingwei_system;
