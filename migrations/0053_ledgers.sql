-- Ledgers (台账): what is known of residents and, in time, of households, houses and firms. A record is the sum of the changes told
-- about it, each with who told it, when and from what; what is nobody's business lies sealed under the key of the record.

create table ledger_batch (
  realm smallint not null,
  id uuid not null,
  ledger text not null,
  -- the area for which the file was sent, never rewritten, and its number
  area_id uuid not null,
  scope_no integer not null,
  -- the file's name and its bytes, sealed; null once they are not needed any more
  sealed_name bytea,
  sealed bytea,
  key_id uuid not null,
  -- the day of which the file tells
  told_on date not null,
  -- tables of the file, and which column holds which field; the same labels as a file before get the same fields
  tables jsonb not null,
  signature bytea not null,
  stage text not null constraint ledger_batch_stage_known
    check (stage in ('looking', 'looked', 'taking', 'taken', 'undoing', 'undone', 'dropped')),
  stage_since timestamptz not null,
  parts integer not null,
  next_part integer not null default 0,
  last_record uuid,
  -- how many rows of each verdict
  counts jsonb not null default '{}',
  person_id uuid not null,
  sent_at timestamptz not null,
  taken_at timestamptz,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, person_id) references person
);
create index ledger_batch_in_scope on ledger_batch (realm, scope_no, sent_at desc);
create index ledger_batch_alike on ledger_batch (realm, signature, sent_at desc);

-- Rows as they stand in the file, some hundred together, sealed under the key of the batch.
create table ledger_part (
  realm smallint not null,
  batch_id uuid not null,
  n integer not null,
  sealed bytea not null,
  primary key (realm, batch_id, n),
  foreign key (realm, batch_id) references ledger_batch
);

-- What is to be said of a row: everything but that it is new, or known already.
create table ledger_verdict (
  realm smallint not null,
  batch_id uuid not null,
  n integer not null,
  verdict text not null constraint ledger_verdict_known
    check (verdict in ('changed', 'duplicate', 'conflict', 'elsewhere', 'refused')),
  record_id uuid,
  sealed bytea not null,
  primary key (realm, batch_id, n),
  foreign key (realm, batch_id) references ledger_batch
);

create table ledger_record (
  realm smallint not null,
  id uuid not null,
  ledger text not null,
  area_id uuid not null,
  scope_no integer not null,
  key_id uuid not null,
  -- what tells of nobody by itself; the rest
  open jsonb not null,
  sealed bytea not null,
  -- which change each field has its value from
  setters jsonb not null,
  changed_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, area_id) references area
);
create index ledger_record_in_scope on ledger_record (realm, ledger, scope_no, id);

create table ledger_change (
  realm smallint not null,
  id uuid not null,
  record_id uuid not null,
  batch_id uuid,
  told_on date not null,
  -- who told, or who sent the file
  person_id uuid,
  recorded_at timestamptz not null,
  open jsonb not null,
  sealed bytea not null,
  primary key (realm, id),
  foreign key (realm, record_id) references ledger_record,
  foreign key (realm, batch_id) references ledger_batch
);
create index ledger_change_of_record on ledger_change (realm, record_id, recorded_at, id);
create index ledger_change_of_batch on ledger_change (realm, batch_id, record_id) where batch_id is not null;

-- Blind index: whoever knows the whole value finds the record, and nobody reads the value from it.
create table ledger_mark (
  realm smallint not null,
  record_id uuid not null,
  kind text not null,
  mark bytea not null,
  primary key (realm, record_id, kind, mark),
  foreign key (realm, record_id) references ledger_record
);
create index ledger_mark_sought on ledger_mark (realm, mark);

do $$
declare
  t text;
  ours constant text := 'realm = (select jw_realm()) and (select jw_ranges()) @> scope_no';
  of_batch constant text := 'exists (select 1 from ledger_batch b where b.realm = %1$s.realm and b.id = %1$s.batch_id)';
  of_record constant text := 'exists (select 1 from ledger_record r where r.realm = %1$s.realm and r.id = %1$s.record_id)';
begin
  call protect('ledger_batch', ours, ours, 'select, insert, update');
  call protect('ledger_record', ours, ours, 'select, update');
  foreach t in array array['ledger_part', 'ledger_verdict'] loop
    call protect(t::regclass, format('realm = (select jw_realm()) and ' || of_batch, t), format('realm = (select jw_realm()) and ' || of_batch, t),
      case t when 'ledger_part' then 'select, insert' else 'select' end);
  end loop;
  foreach t in array array['ledger_change', 'ledger_mark'] loop
    call protect(t::regclass, format('realm = (select jw_realm()) and ' || of_record, t), format('realm = (select jw_realm()) and ' || of_record, t),
      case t when 'ledger_change' then 'select, insert' else 'select, insert, delete' end);
  end loop;
  foreach t in array array['ledger_batch', 'ledger_part', 'ledger_verdict', 'ledger_record', 'ledger_change', 'ledger_mark'] loop
    execute format('grant select, insert, update, delete on %I to jingwei_system', t);
  end loop;
end $$;

-- They follow their area when the tree is changed.
call follows_land('ledger_record', 'id', 'true', 'null::double precision', 'null::double precision');
call follows_land('ledger_batch', 'id', 'true', 'null::double precision', 'null::double precision');
