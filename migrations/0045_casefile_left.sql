-- Which areas a case left: it was put elsewhere, or became confidential. The entry that tells of it lies where the case is
-- now, so that whoever read it before would not hear of it; from here their devices learn what to let go. Ids only.
create table casefile_left (
  realm smallint not null,
  -- whose position is that of the leaving
  entry_id uuid not null,
  casefile_id uuid not null,
  left_no integer not null,
  left_at timestamptz not null,
  primary key (realm, entry_id),
  foreign key (realm, entry_id) references entry,
  foreign key (realm, casefile_id) references casefile
);
create index casefile_left_age on casefile_left (realm, left_at);
call protect('casefile_left', 'realm = (select jw_realm()) and (select jw_ranges()) @> left_no',
  'realm = (select jw_realm()) and (select jw_account()) is not null', 'select, insert');
grant select, insert, delete on casefile_left to jingwei_system;
