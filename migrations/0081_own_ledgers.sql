-- Own ledgers (自建台账): what an area keeps besides those that everybody keeps. Its name is in clear: it tells of nobody. What stands in
-- one are records like any others, under its code; their names and texts are sealed, since nobody knows beforehand of whom they tell.

create table own_ledger (
  realm smallint not null,
  id uuid not null,
  -- the area it was made for, never rewritten, and its numbers: it is kept there and everywhere below
  area_id uuid not null,
  scope_no integer not null,
  last_no integer not null,
  name text not null constraint own_ledger_is_called check (name <> ''),
  unit text not null,
  -- over the column that says which one it is; empty: 名称
  called text not null,
  used_for text not null,
  person_id uuid not null,
  added_at timestamptz not null,
  retired_by uuid,
  retired_at timestamptz,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, person_id) references person,
  foreign key (realm, retired_by) references person,
  constraint own_ledger_retired_by_somebody check ((retired_at is null) = (retired_by is null))
);
create index own_ledger_in_scope on own_ledger (realm, scope_no);

-- For whoever reads the records it may hold: those whose area lies above it, and those whose area lies within it.
call protect('own_ledger',
  'realm = (select jw_realm()) and ((select jw_ranges()) @> scope_no or (select jw_homes()) && int4range(scope_no, last_no, ''[]''))',
  'realm = (select jw_realm()) and (select jw_ranges()) @> scope_no', 'select, insert, update');
grant select, insert, update, delete on own_ledger to jingwei_system;

-- It follows its area when the tree is changed, and where that ends.
call follows_land('own_ledger', 'id', 't.retired_at is null', 'null::double precision', 'null::double precision',
  ', last_no = case when p_parts is not null or p_from = p_last then (select a.last_no from area a where a.realm = t.realm and a.no = d.fresh and a.closed_on is null) else t.last_no + (d.fresh - t.scope_no) end');

-- Somebody who works with a ledger writes down who is new there, in areas of their own; from files it is the program that does.
grant insert on ledger_record to jingwei_app;
create policy app_adds on ledger_record for insert to jingwei_app
  with check (realm = (select jw_realm()) and (select jw_ranges()) @> scope_no);
