-- What whoever reported said aloud on the spot, kept as a file: sealed under the key of the report, so that it is
-- forgotten with whoever reported. Never public.
create table voice (
  realm smallint not null,
  id uuid not null,
  casefile_id uuid not null,
  report_id uuid not null,
  -- names the sealed file
  file text not null,
  key_id uuid not null,
  sha256 bytea not null,
  kind text not null constraint voice_kind_known check (kind in ('webm', 'ogg', 'mp4')),
  bytes integer not null,
  -- as the phone counted them
  seconds integer not null constraint voice_seconds_sound check (seconds between 0 and 130),
  added_by uuid not null,
  added_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, casefile_id) references casefile,
  foreign key (realm, report_id) references report,
  constraint voice_same_once unique (realm, casefile_id, sha256)
);
create index voice_of_report on voice (realm, report_id);

call protect('voice', 'realm = (select jw_realm()) and exists (select 1 from casefile c where c.realm = voice.realm and c.id = voice.casefile_id)',
  'realm = (select jw_realm()) and (select jw_account()) is not null', 'select, insert');
grant select, insert on voice to jingwei_system;
