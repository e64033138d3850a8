-- Inspections (督导检查) and the register of hazards (隐患台账): what was found, who must put it right until when, with what
-- proof, and who looked again.

-- What is looked at in a kind of workplace. A published version is never changed.
create table checklist (
  realm smallint not null,
  id uuid not null,
  version integer not null,
  sector text not null,
  title text not null,
  items jsonb not null,
  person_id uuid not null,
  published_at timestamptz not null,
  primary key (realm, id, version),
  foreign key (realm, person_id) references person,
  constraint checklist_version_counts check (version > 0)
);

create table inspection (
  realm smallint not null,
  id uuid not null,
  title text not null,
  -- the area that is inspected, never rewritten, and its number
  area_id uuid not null,
  scope_no integer not null,
  -- unannounced: for whoever goes along, and nobody else
  confidential boolean not null,
  checklist_id uuid not null,
  checklist_version integer not null,
  on_day date not null,
  -- how the places were drawn: the ledger, who of it was meant, the rule, the seed, and the whole list with its weights
  ledger text,
  choice jsonb not null,
  rule jsonb,
  seed text,
  population jsonb not null,
  -- who goes along; the post that looks again at what they find
  members jsonb not null,
  post_id uuid not null,
  person_id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, checklist_id, checklist_version) references checklist,
  foreign key (realm, person_id) references person,
  constraint inspection_drawn_by_a_rule check ((ledger is null) = (rule is null) and (ledger is null) = (seed is null))
);
create index inspection_in_scope on inspection (realm, scope_no, on_day desc);

-- A place that is to be looked at.
create table inspection_target (
  realm smallint not null,
  id uuid not null,
  inspection_id uuid not null,
  ordinal integer not null,
  -- null: typed by hand, or forgotten since
  record_id uuid,
  drawn boolean not null,
  area_id uuid not null,
  scope_no integer not null,
  confidential boolean not null,
  -- of what a high risk was known; 0: nothing
  weight integer not null,
  result text constraint inspection_target_result_known check (result in ('clean', 'found', 'absent')),
  person_id uuid,
  looked_at timestamptz,
  -- what it is called, under the key of its record, or of the inspection
  sealed bytea not null,
  key_id uuid not null,
  primary key (realm, id),
  foreign key (realm, inspection_id) references inspection,
  foreign key (realm, area_id) references area,
  constraint inspection_target_looked_at_by_somebody check ((result is null) = (person_id is null) and (result is null) = (looked_at is null))
);
create index inspection_target_of on inspection_target (realm, inspection_id, ordinal);
create index inspection_target_in_scope on inspection_target (realm, scope_no, id);
create index inspection_target_of_record on inspection_target (realm, record_id) where record_id is not null;

create table hazard (
  realm smallint not null,
  id uuid not null,
  area_id uuid not null,
  scope_no integer not null,
  status text not null constraint hazard_status_known check (status in ('found', 'rectifying', 'rectified', 'checked_off', 'withdrawn')),
  -- looked at again and not in order; passed on because it is grave
  returned boolean not null default false,
  referred boolean not null default false,
  grade text not null constraint hazard_grade_known check (grade in ('general', 'major')),
  sector text not null,
  source text not null constraint hazard_source_known check (source in ('inspection', 'patrol', 'resident', 'superior', 'self')),
  checklist_id uuid,
  checklist_version integer,
  item text,
  inspection_id uuid,
  target_id uuid,
  -- who must put it right, and whose post looks again
  body_id uuid not null,
  post_id uuid not null,
  rounds integer not null default 0,
  found_by uuid not null,
  found_at timestamptz not null,
  rectified_by uuid,
  rectified_at timestamptz,
  checked_by uuid,
  checked_at timestamptz,
  -- what it is and where, and figures that are only quoted
  sealed bytea not null,
  key_id uuid not null,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, body_id) references body,
  foreign key (realm, inspection_id) references inspection,
  foreign key (realm, checklist_id, checklist_version) references checklist,
  constraint hazard_checked_by_another check (checked_by is null or checked_by <> rectified_by),
  constraint hazard_rectified_by_somebody check (status not in ('rectified', 'checked_off') or rectified_by is not null),
  constraint hazard_checked_by_somebody check ((status = 'checked_off') = (checked_by is not null)),
  constraint hazard_item_of_a_list check ((item is null) = (checklist_id is null) and (item is null) = (checklist_version is null))
);
create index hazard_in_scope on hazard (realm, scope_no, found_at desc);
create index hazard_newest on hazard (realm, found_at desc, id desc);
create index hazard_of_inspection on hazard (realm, inspection_id, item) where inspection_id is not null;

do $$
declare
  t text;
  staff constant text := 'realm = (select jw_realm()) and (select jw_account()) is not null';
  granted constant text := 'exists (select 1 from access_grant g where g.realm = %1$s.realm and g.record_id = %1$s.%2$s and g.grantee = any (coalesce((select jw_grantees()), ''{}'')))';
begin
  -- What is looked at is no secret.
  call protect('checklist', staff, staff, 'select, insert');
  call protect('inspection_target',
    'realm = (select jw_realm()) and ((not confidential and (select jw_ranges()) @> scope_no) or ' || format(granted, 'inspection_target', 'inspection_id') || ')',
    staff, 'select, insert, update');
  -- One that is announced is read also by those of whose places some are on the list.
  call protect('inspection',
    'realm = (select jw_realm()) and ((not confidential and ((select jw_ranges()) @> scope_no or exists (select 1 from inspection_target t where t.realm = inspection.realm and t.inspection_id = inspection.id))) or ' || format(granted, 'inspection', 'id') || ')',
    staff, 'select, insert, update');
  call protect('hazard',
    'realm = (select jw_realm()) and ((select jw_ranges()) @> scope_no or ' || format(granted, 'hazard', 'id') || ')',
    staff, 'select, insert, update');
  foreach t in array array['checklist', 'inspection', 'inspection_target', 'hazard'] loop
    execute format('grant select, insert, update, delete on %I to jingwei_system', t);
  end loop;
end $$;

call follows_land('inspection', 'id', 't.closed_at is null', 'null::double precision', 'null::double precision');
call follows_land('inspection_target', 'id', 'true', 'null::double precision', 'null::double precision');
call follows_land('hazard', 'id', 't.status not in (''checked_off'', ''withdrawn'')', 'null::double precision', 'null::double precision');
