-- Casefiles taken in from other systems: which file brought what, and by which key of its source each is known again.

-- Its acts were taken over from a source; only such a case follows that source, or goes when its batch is withdrawn.
alter table casefile add column imported boolean not null default false;

create table import_batch (
  realm smallint not null references realm,
  id uuid not null,
  source text not null,
  file_hash bytea not null,
  -- this batch laid the ground it stands on: areas may still be missing when it is continued
  founds boolean not null,
  begun_at timestamptz not null,
  finished_at timestamptz,
  undone_at timestamptz,
  primary key (realm, id)
);
create index import_batch_of_source on import_batch (realm, source, begun_at);

create table imported_row (
  realm smallint not null,
  source text not null,
  key text not null,
  casefile_id uuid not null,
  batch_id uuid not null,
  -- the batch that changed it last
  changed_in uuid,
  row_hash bytea not null,
  primary key (realm, source, key),
  foreign key (realm, casefile_id) references casefile,
  foreign key (realm, batch_id) references import_batch
);
create index imported_row_of_batch on imported_row (realm, batch_id);
create index imported_row_changed_in on imported_row (realm, changed_in) where changed_in is not null;

-- Only the operator's shell imports; an administrator may look.
call protect('import_batch', 'realm = (select jw_realm()) and (select jw_administers())', 'false', 'select');
grant select, insert, update on import_batch to jingwei_system;
call protect('imported_row', 'realm = (select jw_realm()) and (select jw_administers())', 'false', 'select');
grant select, insert, update, delete on imported_row to jingwei_system;

-- What a source places otherwise now moves as it would if somebody here moved it.
grant execute on function move_record(uuid, integer) to jingwei_system;
