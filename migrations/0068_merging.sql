-- Two records of one person are merged: one stays and the other points to it, with everything that was told of it. Merging is
-- an act that can be undone; that two are two people is kept as well, so that nobody asks again.

alter table ledger_record add column merged_into uuid;
alter table ledger_record add constraint ledger_record_not_into_itself check (merged_into <> id);
create index ledger_record_merged on ledger_record (realm, merged_into) where merged_into is not null;

create table ledger_merge (
  realm smallint not null,
  id uuid not null,
  kept_id uuid not null,
  gone_id uuid not null,
  -- what was chosen otherwise than by the rules, as a change of the one that stays; null: nothing was
  change_id uuid,
  person_id uuid not null,
  merged_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  primary key (realm, id),
  foreign key (realm, kept_id) references ledger_record,
  foreign key (realm, gone_id) references ledger_record,
  foreign key (realm, person_id) references person,
  foreign key (realm, undone_by) references person,
  constraint ledger_merge_of_two check (kept_id <> gone_id),
  constraint ledger_merge_undone_by_somebody check ((undone_at is null) = (undone_by is null))
);
create index ledger_merge_kept on ledger_merge (realm, kept_id, merged_at);
-- A record is merged into one other at a time.
create unique index ledger_merge_once on ledger_merge (realm, gone_id) where undone_at is null;
create index ledger_merge_decided on ledger_merge (realm, change_id) where change_id is not null;

create table ledger_apart (
  realm smallint not null,
  -- the smaller id first
  one_id uuid not null,
  other_id uuid not null,
  person_id uuid not null,
  said_at timestamptz not null,
  primary key (realm, one_id, other_id),
  foreign key (realm, one_id) references ledger_record,
  foreign key (realm, other_id) references ledger_record,
  foreign key (realm, person_id) references person,
  constraint ledger_apart_in_order check (one_id < other_id)
);
create index ledger_apart_other on ledger_apart (realm, other_id);

do $$
declare
  t text;
  -- whoever reads one of the two may know that there was another; only who reads both merges them
  of_one constant text := 'exists (select 1 from ledger_record r where r.realm = %1$s.realm and r.id in (%1$s.%2$s, %1$s.%3$s))';
  of_both constant text := '(select count(*) from ledger_record r where r.realm = %1$s.realm and r.id in (%1$s.%2$s, %1$s.%3$s)) = 2';
  may text;
  columns text[];
begin
  foreach t in array array['ledger_merge', 'ledger_apart'] loop
    columns := case t when 'ledger_merge' then array['kept_id', 'gone_id'] else array['one_id', 'other_id'] end;
    may := case t when 'ledger_merge' then 'select, insert, update' else 'select, insert' end;
    call protect(t::regclass, 'realm = (select jw_realm()) and ' || format(of_one, t, columns[1], columns[2]),
      'realm = (select jw_realm()) and ' || format(of_both, t, columns[1], columns[2]), may);
    execute format('grant select, insert, update, delete on %I to jingwei_system', t);
  end loop;
end $$;

-- Two of a list who are one person are visited once; which of them, and nothing else changes: a merge undone parts them again.
alter table campaign_target add column same_as uuid;
alter table campaign_target add constraint campaign_target_not_itself check (same_as <> id);
create index campaign_target_same on campaign_target (realm, same_as) where same_as is not null;
