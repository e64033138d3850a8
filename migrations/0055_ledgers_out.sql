-- What goes out of the ledgers: a superior's blank workbook, kept with what its columns hold, and each file that was made, with
-- who asked for it. A workbook may name somebody, and so may its name, its labels and who belongs into it: all of it lies sealed.

create table ledger_template (
  realm smallint not null,
  id uuid not null,
  ledger text not null,
  -- the area that keeps it, never rewritten, and its number
  area_id uuid not null,
  scope_no integer not null,
  key_id uuid not null,
  sealed_name bytea not null,
  sealed bytea not null,
  -- its tables, which column holds which field, and who belongs into it
  sealed_shape bytea not null,
  -- the same labels as in a workbook before hold the same fields
  signature bytea not null,
  version integer not null default 1,
  kept_by uuid not null,
  kept_at timestamptz not null,
  bound_by uuid not null,
  bound_at timestamptz not null,
  dropped_at timestamptz,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, kept_by) references person,
  foreign key (realm, bound_by) references person
);
create index ledger_template_in_scope on ledger_template (realm, scope_no, kept_at desc);
create index ledger_template_alike on ledger_template (realm, signature, bound_at desc);

create table ledger_export (
  realm smallint not null,
  id uuid not null,
  ledger text not null,
  area_id uuid not null,
  scope_no integer not null,
  -- the workbook that was filled, and how it was bound then; null: the ledger itself
  template_id uuid,
  version integer,
  rows integer not null,
  person_id uuid not null,
  made_at timestamptz not null,
  -- why numbers stand in it in full is sealed in the journal under the first key; the file under the second, which goes with it
  key_id uuid not null,
  file_key_id uuid not null,
  sealed_name bytea,
  sealed bytea,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, template_id) references ledger_template,
  foreign key (realm, person_id) references person
);
create index ledger_export_in_scope on ledger_export (realm, scope_no, made_at desc);
create index ledger_export_kept on ledger_export (realm, made_at) where sealed is not null;

do $$
declare
  ours constant text := 'realm = (select jw_realm()) and (select jw_ranges()) @> scope_no';
begin
  call protect('ledger_template', ours, ours, 'select, insert, update');
  call protect('ledger_export', ours, ours, 'select, insert');
end $$;
grant select, insert, update, delete on ledger_template to jingwei_system;
grant select, insert, update, delete on ledger_export to jingwei_system;

-- They follow their area when the tree is changed.
call follows_land('ledger_template', 'id', 'true', 'null::double precision', 'null::double precision');
call follows_land('ledger_export', 'id', 'true', 'null::double precision', 'null::double precision');
