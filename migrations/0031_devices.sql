-- Devices of staff that work without network, and what was said to everything they sent.

create table device (
  realm smallint not null,
  -- made on the device itself
  id uuid not null,
  account_id uuid not null,
  person_id uuid not null,
  -- of the post by which it is looked after: who reads this area sees when it was last heard of
  area_id uuid,
  model text not null,
  app_version text not null,
  registered_at timestamptz not null,
  seen_at timestamptz not null,
  revoked_at timestamptz,
  -- as the device said when it was last heard of
  oldest_unsent_at timestamptz,
  skew_ms bigint,
  -- up to this number everything it sent has a verdict
  acknowledged bigint not null default 0,
  primary key (realm, id),
  foreign key (realm, account_id) references account,
  foreign key (realm, person_id) references person,
  foreign key (realm, area_id) references area
);
create index device_of_account on device (realm, account_id);

-- The verdict on one command from a device, written in the transaction that carried it out. What was refused is kept
-- sealed, words and all, for the worker and whoever looks after the post.
create table device_op (
  realm smallint not null,
  device_id uuid not null,
  seq bigint not null,
  command_id uuid not null,
  name text not null,
  target text not null,
  verdict text not null constraint device_op_verdict_known check (verdict in ('applied', 'duplicate', 'refused')),
  answer jsonb,
  code text,
  sealed bytea,
  key_id uuid,
  occurred_at timestamptz not null,
  judged_at timestamptz not null,
  -- the worker has put it away: what waited behind it goes on
  dismissed_at timestamptz,
  primary key (realm, device_id, seq),
  constraint device_op_judged_once unique (realm, device_id, command_id),
  foreign key (realm, device_id) references device,
  constraint device_op_refused_says_why check ((verdict = 'refused') = (code is not null)),
  constraint device_op_sealed_names_its_key check ((sealed is null) = (key_id is null))
);
create index device_op_in_the_way on device_op (realm, device_id, target, seq) where verdict = 'refused' and dismissed_at is null;
create index device_op_refused on device_op (realm, judged_at desc) where verdict = 'refused';
create index device_op_age on device_op (realm, judged_at);

call protect('device',
  'realm = (select jw_realm()) and (account_id = (select jw_account()) or (select jw_administers()) or exists (select 1 from area a where a.realm = device.realm and a.id = device.area_id and (select jw_ranges()) @> a.no))',
  'realm = (select jw_realm()) and (account_id = (select jw_account()) or (select jw_administers()))', 'select, insert, update');
grant select, insert, update on device to jingwei_system;
call protect('device_op',
  'realm = (select jw_realm()) and exists (select 1 from device d where d.realm = device_op.realm and d.id = device_op.device_id and (d.account_id = (select jw_account()) or device_op.verdict = ''refused''))',
  'realm = (select jw_realm()) and exists (select 1 from device d where d.realm = device_op.realm and d.id = device_op.device_id and d.account_id = (select jw_account()))', 'select, insert, update');
grant select, insert, update, delete on device_op to jingwei_system;
