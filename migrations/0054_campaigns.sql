-- Forms (表单) ask for facts; campaigns (走访) ask one form of everybody on a list, in rounds, and say who is left.

create table form (
  realm smallint not null,
  id uuid not null,
  version integer not null,
  title text not null,
  -- questions, their order, when each is asked and which field of the dictionary it fills
  questions jsonb not null,
  person_id uuid not null,
  made_at timestamptz not null,
  primary key (realm, id, version),
  foreign key (realm, person_id) references person,
  constraint form_version_counts check (version > 0)
);

create table campaign (
  realm smallint not null,
  id uuid not null,
  title text not null,
  purpose text not null,
  -- the area whose people are meant, never rewritten, and its number
  area_id uuid not null,
  scope_no integer not null,
  ledger text not null,
  -- conditions on fields: who was chosen
  choice jsonb not null,
  form_id uuid not null,
  form_version integer not null,
  round integer not null default 1,
  rounds integer not null,
  round_since timestamptz not null,
  due_on date not null,
  stage text not null constraint campaign_stage_known check (stage in ('listing', 'open', 'closed')),
  -- up to whom the list was made
  last_record uuid,
  person_id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, form_id, form_version) references form,
  foreign key (realm, person_id) references person,
  constraint campaign_rounds_count check (round between 1 and rounds)
);
create index campaign_in_scope on campaign (realm, scope_no, opened_at desc);

-- Somebody on the list: frozen when the campaign was opened, counted where they live today.
create table campaign_target (
  realm smallint not null,
  id uuid not null,
  campaign_id uuid not null,
  -- null: forgotten since; it still counts
  record_id uuid,
  area_id uuid not null,
  scope_no integer not null,
  -- the last round in which something final was heard, and what; how often nobody was met in the round of `tried_round`
  done_round integer not null default 0,
  result text constraint campaign_target_result_known check (result in ('done', 'absent', 'refused', 'moved')),
  tried_round integer not null default 0,
  tries integer not null default 0,
  changed_at timestamptz not null,
  -- why they are on the list: what was known then, sealed under the key of the record
  sealed bytea,
  primary key (realm, id),
  constraint campaign_target_once unique (realm, campaign_id, record_id),
  foreign key (realm, campaign_id) references campaign,
  foreign key (realm, area_id) references area
);
create index campaign_target_in_scope on campaign_target (realm, campaign_id, scope_no, id);
create index campaign_target_on_land on campaign_target (realm, scope_no, id);
create index campaign_target_of_record on campaign_target (realm, record_id) where record_id is not null;

-- Each time somebody was there, what came of it and what was answered.
create table visit (
  realm smallint not null,
  id uuid not null,
  target_id uuid not null,
  round integer not null,
  result text not null constraint visit_result_known check (result in ('done', 'absent', 'refused', 'moved')),
  person_id uuid not null,
  visited_at timestamptz not null,
  recorded_at timestamptz not null,
  -- told after the campaign was closed, of before
  late boolean not null,
  form_version integer not null,
  -- how many questions were put to the person, and how many Jingwei knew already
  asked integer not null,
  known integer not null,
  -- the answers, under the key of the record
  sealed bytea,
  primary key (realm, id),
  foreign key (realm, target_id) references campaign_target,
  foreign key (realm, person_id) references person
);
create index visit_of_target on visit (realm, target_id, recorded_at, id);

do $$
declare
  t text;
  staff constant text := 'realm = (select jw_realm()) and (select jw_account()) is not null';
  ours constant text := 'realm = (select jw_realm()) and (select jw_ranges()) @> scope_no';
  of_target constant text := 'realm = (select jw_realm()) and exists (select 1 from campaign_target t where t.realm = visit.realm and t.id = visit.target_id)';
begin
  -- Questions and names of campaigns tell of nobody.
  call protect('form', staff, staff, 'select, insert');
  call protect('campaign', staff, ours, 'select, insert, update');
  call protect('campaign_target', ours, ours, 'select, update');
  call protect('visit', of_target, of_target, 'select, insert');
  foreach t in array array['form', 'campaign', 'campaign_target', 'visit'] loop
    execute format('grant select, insert, update, delete on %I to jingwei_system', t);
  end loop;
end $$;

call follows_land('campaign', 'id', 't.stage <> ''closed''', 'null::double precision', 'null::double precision');
call follows_land('campaign_target', 'id', 'true', 'null::double precision', 'null::double precision');
