-- The journal: every write appends one entry in its own transaction. Nobody may change or remove an entry.

create sequence entry_ord as bigint;
grant usage on sequence entry_ord to jingwei_app, jingwei_system;

create table entry (
  realm smallint not null,
  id uuid not null,
  -- drawn when the entry is written, after the record's lock: the order of cause and effect
  ord bigint not null default nextval('entry_ord'),
  kind text not null,
  record_kind text not null,
  record_id uuid not null,
  scope_no integer not null,
  confidential boolean not null,
  actor_kind text not null constraint entry_actor_kind_known check (actor_kind in ('account', 'reporter', 'anyone', 'apikey', 'system')),
  person_id uuid,
  post_id uuid,
  command_id uuid not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  body jsonb not null,
  -- what is sensitive, sealed under the key of the person or case it belongs to
  sealed bytea,
  key_id uuid,
  primary key (realm, id),
  constraint entry_sealed_names_its_key check ((sealed is null) = (key_id is null))
);
create index entry_of_record on entry (realm, record_id, ord);
create index entry_of_command on entry (realm, command_id);

-- Committed but without a position yet; the sequencer empties it.
create table entry_pending (
  realm smallint not null,
  entry_id uuid not null,
  primary key (realm, entry_id)
);

create table entry_position (
  realm smallint not null,
  position bigint not null,
  entry_id uuid not null,
  leaf bytea not null,
  primary key (realm, position),
  constraint entry_position_given_once unique (realm, entry_id)
);

create table seal (
  realm smallint not null,
  last_position bigint not null,
  first_position bigint not null,
  root bytea not null,
  sealed_at timestamptz not null,
  primary key (realm, last_position),
  constraint seal_forward check (first_position <= last_position)
);

-- Where the sequencer stands: the last position given and the peaks of the Merkle tree over all leaves so far.
create table journal_head (
  realm smallint primary key references realm,
  position bigint not null default 0,
  peaks bytea[] not null default '{}'
);

-- Command ids are unique for ever; the answer (ids and verdicts only) is kept for 180 days.
create table command (
  realm smallint not null,
  id uuid not null,
  actor text not null,
  fingerprint bytea not null,
  received_at timestamptz not null,
  answer jsonb,
  primary key (realm, id)
);
create index command_answer_age on command (realm, received_at) where answer is not null;

-- Keys of persons and cases, wrapped by the deployment's key. Destroying one makes what it sealed unreadable.
create table data_key (
  realm smallint not null,
  id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  wrapped bytea not null,
  created_at timestamptz not null,
  primary key (realm, id)
);
create index data_key_of_subject on data_key (realm, subject_id);
create table destroyed_key (
  realm smallint not null,
  id uuid not null,
  reason text not null,
  destroyed_at timestamptz not null,
  primary key (realm, id)
);

-- Why somebody may read a record although it lies outside their areas, or although it is confidential.
create table access_grant (
  realm smallint not null,
  record_id uuid not null,
  grantee uuid not null,
  ground text not null constraint access_grant_ground_known check (ground in ('duty', 'named', 'code', 'merged', 'escalated', 'author')),
  record_kind text not null,
  granted_at timestamptz not null,
  -- the record's own last change, carried along, so that what was granted to me can be listed newest first by its index
  record_changed_at timestamptz not null,
  primary key (realm, record_id, grantee, ground)
);
create index access_grant_of_grantee on access_grant (realm, grantee, record_kind, record_changed_at desc, record_id desc);

-- Whoever has no account may only be given, or give, what reporting itself needs.
call protect('access_grant', 'realm = (select jw_realm()) and grantee = any (coalesce((select jw_grantees()), ''{}''))',
  'realm = (select jw_realm()) and ((select jw_account()) is not null or ground in (''code'', ''duty''))', 'select, insert');
grant select, insert on access_grant to jingwei_system;

-- Taking a name off a circle, undoing a merge, or leaving a confidential matter that is not one's own to handle removes
-- a grant. Only this function can, and only grants of these grounds.
create policy warden_removes on access_grant for delete to jingwei_warden using (ground in ('named', 'merged', 'duty'));
create policy warden_sees on access_grant for select to jingwei_warden using (true);
create policy warden_dates on access_grant for update to jingwei_warden using (true) with check (true);
grant select, delete, update (record_changed_at) on access_grant to jingwei_warden;
create function drop_grant(p_record uuid, p_grantee uuid, p_ground text) returns void language sql volatile
  security definer set search_path = pg_catalog, public, pg_temp
  as $$ delete from access_grant where realm = jw_realm() and record_id = p_record and grantee = p_grantee and ground = p_ground $$;
-- A record changed: it moves to the front of the lists of everybody it is granted to.
create function date_grants(p_record uuid, p_at timestamptz) returns void language sql volatile
  security definer set search_path = pg_catalog, public, pg_temp
  as $$ update access_grant set record_changed_at = p_at where realm = jw_realm() and record_id = p_record $$;
-- Something was merged into it, wherever that lies: its reporters hear by grants that are not the asker's.
create function has_copies(p_record uuid) returns boolean language sql stable
  security definer set search_path = pg_catalog, public, pg_temp
  as $$ select exists (select 1 from access_grant where realm = jw_realm() and record_id = p_record and ground = 'merged') $$;
revoke all on function drop_grant(uuid, uuid, text), date_grants(uuid, timestamptz), has_copies(uuid) from public;
grant execute on function drop_grant(uuid, uuid, text) to jingwei_app;
grant execute on function date_grants(uuid, timestamptz), has_copies(uuid) to jingwei_app, jingwei_system;
grant create on schema public to jingwei_warden;
alter function drop_grant(uuid, uuid, text) owner to jingwei_warden;
alter function date_grants(uuid, timestamptz) owner to jingwei_warden;
alter function has_copies(uuid) owner to jingwei_warden;
revoke create on schema public from jingwei_warden;

-- What was open and became confidential. What the journal told of it while it was open stays as it was written, but is
-- no longer read by area. Ids only.
create table turned_confidential (
  realm smallint not null,
  record_id uuid not null,
  turned_at timestamptz not null,
  primary key (realm, record_id)
);
call protect('turned_confidential', 'realm = (select jw_realm())', 'realm = (select jw_realm()) and (select jw_account()) is not null', 'select, insert');
grant select, insert on turned_confidential to jingwei_system;

-- An entry says who acted; nobody can write one in somebody else's name.
call protect('entry',
  'realm = (select jw_realm()) and ((not confidential and (select jw_ranges()) @> scope_no and not exists (select 1 from turned_confidential t where t.realm = entry.realm and t.record_id = entry.record_id)) or exists (select 1 from access_grant g where g.realm = entry.realm and g.record_id = entry.record_id and g.grantee = any (coalesce((select jw_grantees()), ''{}''))))',
  'realm = (select jw_realm()) and actor_kind <> ''system'' and person_id is not distinct from (select jw_person())', 'select, insert');
grant select, insert on entry to jingwei_system;
call protect('entry_pending', 'false', 'realm = (select jw_realm())', 'insert');
grant select, insert, delete on entry_pending to jingwei_system;
call protect('entry_position', 'realm = (select jw_realm())', 'false', 'select');
grant select, insert on entry_position to jingwei_system;
call protect('seal', 'realm = (select jw_realm())', 'false', 'select');
grant select, insert on seal to jingwei_system;
call protect('journal_head', 'realm = (select jw_realm())', 'false', 'select');
grant select, insert, update on journal_head to jingwei_system;
-- A transaction sees the one command that it carries out, to answer it again or to refuse an id that is taken.
call protect('command', 'realm = (select jw_realm()) and id = (select jw_command())', 'realm = (select jw_realm())', 'select, insert');
grant select, insert, update on command to jingwei_system;
call protect('data_key', 'realm = (select jw_realm())', 'realm = (select jw_realm())', 'select, insert');
-- Destroying a key is an administrator's act, on somebody's request to be forgotten.
create policy administrator_destroys on data_key for delete to jingwei_app using (realm = (select jw_realm()) and (select jw_administers()));
grant delete on data_key to jingwei_app;
grant select, insert, delete on data_key to jingwei_system;
call protect('destroyed_key', 'realm = (select jw_realm()) and (select jw_administers())', 'realm = (select jw_realm()) and (select jw_administers())', 'select, insert');
grant select, insert on destroyed_key to jingwei_system;
