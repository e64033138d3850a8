-- A casefile is a matter; a report is one person's saying it. After a merge several reports stand behind one matter.

create sequence casefile_number as bigint;
grant usage on sequence casefile_number to jingwei_app, jingwei_system;

create table casefile (
  realm smallint not null references realm,
  id uuid not null,
  number text not null,
  status text not null constraint casefile_status_known check (status in ('reported', 'registered', 'dispatched', 'handling', 'handled', 'verified', 'closed', 'evaluated', 'declined')),
  round smallint not null default 1,
  -- flags: orthogonal, each with its own short life. Overdue is not among them: it is a comparison with the clock.
  urgent boolean not null default false,
  confidential boolean not null default false,
  self_handled boolean not null default false,
  checking boolean not null default false,
  returned boolean not null default false,
  suspended boolean not null default false,
  escalated boolean not null default false,
  supervised boolean not null default false,
  joint boolean not null default false,
  reopened boolean not null default false,
  merged_into uuid,
  type_code text,
  condition_code text,
  standard_version integer,
  -- the area it was filed under, never rewritten, and today's number of it
  area_id uuid not null,
  scope_no integer not null,
  lon double precision,
  lat double precision,
  cell integer,
  accuracy_m real,
  border_m real,
  datum text,
  source_lon double precision,
  source_lat double precision,
  place_words text not null default '',
  -- the beginning of what was said, for lists; null when confidential
  summary text,
  body_id uuid,
  -- who last said it was done: somebody else has to check
  handled_by uuid,
  outcome text,
  public_text text,
  answer text constraint casefile_answer_known check (answer in ('satisfied', 'mostly_satisfied', 'unsatisfied', 'unanswered')),
  reported_at timestamptz not null,
  registered_at timestamptz,
  dispatched_at timestamptz,
  handled_at timestamptz,
  closed_at timestamptz,
  changed_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  constraint casefile_number_taken unique (realm, number),
  constraint casefile_not_merged_into_itself check (merged_into is distinct from id),
  foreign key (realm, merged_into) references casefile (realm, id)
);
create index casefile_in_scope on casefile (realm, scope_no, changed_at desc);
create index casefile_newest on casefile (realm, changed_at desc, id desc);
create index casefile_open on casefile (realm, scope_no) where status not in ('evaluated', 'declined') and merged_into is null;
create index casefile_in_cell on casefile (realm, cell, reported_at);
create index casefile_merged on casefile (realm, merged_into) where merged_into is not null;

create table report (
  realm smallint not null,
  id uuid not null,
  casefile_id uuid not null,
  channel text not null constraint report_channel_known check (channel in ('portal', 'qr', 'field', 'hotline', 'visit', 'letter', 'chat', 'api')),
  -- what the reporter may be known by: made from the tracking code, which is stored nowhere
  grantee uuid not null,
  -- the person of ours who saw it or wrote it down for somebody
  person_id uuid,
  on_behalf boolean not null default false,
  words text,
  -- name and phone (and the words of a confidential matter), sealed under the reporter's key
  sealed bytea,
  key_id uuid,
  wants_answer boolean not null default true,
  language text not null default 'zh',
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, casefile_id) references casefile,
  constraint report_code_taken unique (realm, grantee)
);
create index report_of_casefile on report (realm, casefile_id);

create table photo (
  realm smallint not null,
  id uuid not null,
  casefile_id uuid not null,
  report_id uuid,
  stage text not null constraint photo_stage_known check (stage in ('report', 'measure', 'visit', 'before', 'after', 'check')),
  -- names the sealed file; the key is the case's
  file text not null,
  key_id uuid not null,
  sha256 bytea not null,
  bytes integer not null,
  width integer not null,
  height integer not null,
  taken_at timestamptz,
  lon double precision,
  lat double precision,
  added_by uuid,
  added_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, casefile_id) references casefile,
  constraint photo_same_once unique (realm, casefile_id, stage, sha256)
);

-- A body called to a joint handling (吹哨报到).
create table summons (
  realm smallint not null,
  id uuid not null,
  casefile_id uuid not null,
  body_id uuid not null,
  obligation_id uuid not null,
  status text not null constraint summons_status_known check (status in ('called', 'arrived', 'refused', 'released')),
  is_lead boolean not null default false,
  called_by uuid not null,
  called_at timestamptz not null,
  answered_at timestamptz,
  primary key (realm, id),
  foreign key (realm, casefile_id) references casefile,
  foreign key (realm, body_id) references body
);
create unique index summons_once on summons (realm, casefile_id, body_id) where status in ('called', 'arrived');
create unique index summons_one_lead on summons (realm, casefile_id) where is_lead and status in ('called', 'arrived');

call protect('casefile',
  'realm = (select jw_realm()) and ((not confidential and (select jw_ranges()) @> scope_no) or exists (select 1 from access_grant g where g.realm = casefile.realm and g.record_id = casefile.id and g.grantee = any (coalesce((select jw_grantees()), ''{}''))))',
  'realm = (select jw_realm())', 'select, insert, update');
grant select, insert, update on casefile to jingwei_system;
do $$
declare
  t text;
  with_case constant text := 'realm = (select jw_realm()) and exists (select 1 from casefile c where c.realm = %1$s.realm and c.id = %1$s.casefile_id)';
begin
  foreach t in array array['photo', 'summons'] loop
    call protect(t::regclass, format(with_case, t), case t when 'summons' then 'realm = (select jw_realm()) and (select jw_account()) is not null' else 'realm = (select jw_realm())' end, 'select, insert, update');
    execute format('grant select, insert, update on %I to jingwei_system', t);
  end loop;
  call protect('report', format(with_case, 'report') || ' or (realm = (select jw_realm()) and grantee = any (coalesce((select jw_grantees()), ''{}'')))',
    'realm = (select jw_realm())', 'select, insert, update');
  grant select, insert, update on report to jingwei_system;
end $$;
