-- Checkpoints (卡口): a gate with one rule for quiet days and one for emergencies, and when which of the two was in force.

create table checkpoint (
  realm smallint not null,
  id uuid not null,
  name text not null,
  kind text not null constraint checkpoint_kind_known
    check (kind in ('forest_first', 'forest_second', 'residence', 'flood', 'closed_off')),
  -- the area it was set up in, never rewritten, and its number
  area_id uuid not null,
  scope_no integer not null,
  lon double precision,
  lat double precision,
  -- by the clock of the county; the same twice: round the clock
  opens text not null,
  closes text not null,
  stage text not null constraint checkpoint_stage_known check (stage in ('open', 'closed')),
  person_id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, person_id) references person,
  constraint checkpoint_has_both check ((lon is null) = (lat is null))
);
create index checkpoint_in_scope on checkpoint (realm, scope_no, opened_at desc);

-- What is asked at the gate. A change ends one and begins the next: what was written down is judged by what held then.
create table checkpoint_rule (
  realm smallint not null,
  id uuid not null,
  checkpoint_id uuid not null,
  mode text not null constraint checkpoint_mode_known check (mode in ('normal', 'emergency')),
  rule jsonb not null,
  since timestamptz not null,
  until timestamptz,
  primary key (realm, id),
  foreign key (realm, checkpoint_id) references checkpoint
);
create index checkpoint_rule_of on checkpoint_rule (realm, checkpoint_id, since);

-- Who switched to the emergency rule, why, and who ended it. Without an open row the normal rule holds.
create table checkpoint_alert (
  realm smallint not null,
  id uuid not null,
  checkpoint_id uuid not null,
  since timestamptz not null,
  begun_by uuid not null,
  reason text not null,
  until timestamptz,
  ended_by uuid,
  end_reason text,
  primary key (realm, id),
  foreign key (realm, checkpoint_id) references checkpoint,
  foreign key (realm, begun_by) references person,
  foreign key (realm, ended_by) references person,
  constraint checkpoint_alert_ended_by_somebody
    check ((until is null) = (ended_by is null) and (until is null) = (end_reason is null))
);
create unique index checkpoint_one_alert on checkpoint_alert (realm, checkpoint_id) where until is null;
create index checkpoint_alert_of on checkpoint_alert (realm, checkpoint_id, since);

do $$
declare
  t text;
  ours constant text := 'realm = (select jw_realm()) and (select jw_ranges()) @> scope_no';
  of_it constant text := 'realm = (select jw_realm()) and exists (select 1 from checkpoint c where c.realm = %1$s.realm and c.id = %1$s.checkpoint_id)';
begin
  call protect('checkpoint', ours, ours, 'select, insert, update');
  foreach t in array array['checkpoint_rule', 'checkpoint_alert'] loop
    call protect(t::regclass, format(of_it, t), format(of_it, t), 'select, insert, update');
  end loop;
  foreach t in array array['checkpoint', 'checkpoint_rule', 'checkpoint_alert'] loop
    execute format('grant select, insert, update, delete on %I to jingwei_system', t);
  end loop;
end $$;

call follows_land('checkpoint', 'id', 't.stage <> ''closed''', 't.lon', 't.lat');
