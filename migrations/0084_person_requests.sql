-- Requests of persons (个人信息请求): somebody asks to see, to get a copy of, to have corrected or deleted what is kept about them. Who
-- asked and in which words lies sealed under a key of the request; which record it is about stands beside it by its id alone, and
-- without a reference: the record may be erased, that it was asked for stays.

create table person_request (
  realm smallint not null,
  id uuid not null,
  -- where it was written down, never rewritten, and its number
  area_id uuid not null,
  scope_no integer not null,
  wanted text not null constraint person_request_wanted_known check (wanted in ('see', 'copy', 'correct', 'delete')),
  asked_by text not null constraint person_request_asked_by_known check (asked_by in ('self', 'guardian', 'agent')),
  status text not null constraint person_request_status_known
    check (status in ('open', 'confirming', 'done', 'answered', 'refused', 'withdrawn')),
  record_id uuid,
  key_id uuid not null,
  -- null once it is not kept any more
  sealed bytea,
  person_id uuid not null,
  post_id uuid not null,
  written_at timestamptz not null,
  -- when everything was opened for whoever asked
  shown_at timestamptz,
  proposed_by uuid,
  proposed_at timestamptz,
  confirmed_by uuid,
  confirmed_at timestamptz,
  reason text,
  closed_by uuid,
  closed_at timestamptz,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, person_id) references person,
  foreign key (realm, post_id) references post,
  foreign key (realm, proposed_by) references person,
  foreign key (realm, confirmed_by) references person,
  foreign key (realm, closed_by) references person,
  constraint person_request_proposed_by_somebody check ((proposed_at is null) = (proposed_by is null)),
  constraint person_request_confirmed_by_another check (confirmed_by is null or confirmed_by <> proposed_by),
  constraint person_request_confirmed_by_somebody check ((confirmed_at is null) = (confirmed_by is null)),
  constraint person_request_closed_by_somebody check ((closed_at is null) = (closed_by is null)),
  constraint person_request_closed_when_answered check ((status in ('answered', 'refused', 'withdrawn')) = (closed_at is not null)),
  constraint person_request_refused_with_reason check ((status = 'refused') = (reason is not null))
);
create index person_request_in_scope on person_request (realm, scope_no, written_at desc);
create index person_request_of_record on person_request (realm, record_id) where record_id is not null;
create index person_request_kept on person_request (realm, closed_at) where closed_at is not null and sealed is not null;

call protect('person_request',
  'realm = (select jw_realm()) and ((select jw_ranges()) @> scope_no or exists (select 1 from access_grant g where g.realm = person_request.realm and g.record_id = person_request.id and g.grantee = any (coalesce((select jw_grantees()), ''{}''))))',
  'realm = (select jw_realm()) and (select jw_ranges()) @> scope_no', 'select, insert, update');
grant select, insert, update on person_request to jingwei_system;

-- It follows its area when the tree is changed.
call follows_land('person_request', 'id', 't.closed_at is null', 'null::double precision', 'null::double precision');
