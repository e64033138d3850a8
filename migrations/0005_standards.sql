-- Standards: what is a case, how long it may take, which desk has how long. Versions are added, never changed.

create table standard (
  realm smallint not null references realm,
  version integer not null,
  title text not null,
  source text not null,
  valid_from timestamptz not null,
  published_at timestamptz not null,
  majors jsonb not null,
  -- limits of the desks and the ladders of escalation
  stages jsonb not null,
  primary key (realm, version)
);

create table case_type (
  realm smallint not null,
  version integer not null,
  code text not null,
  spec jsonb not null,
  primary key (realm, version, code),
  foreign key (realm, version) references standard
);

create table filing_condition (
  realm smallint not null,
  version integer not null,
  code text not null,
  type_code text not null,
  spec jsonb not null,
  primary key (realm, version, code),
  foreign key (realm, version, type_code) references case_type
);

-- Which body answers for which work where: an area, a kind of work as wide or as narrow as needed, on the ground of
-- owning the thing or of answering for the territory.
create table responsibility_rule (
  realm smallint not null,
  id uuid not null,
  area_id uuid not null,
  matches_kind text not null constraint responsibility_rule_kind_known check (matches_kind in ('condition', 'type', 'major', 'body_kind')),
  matches text not null,
  ground text not null constraint responsibility_rule_ground_known check (ground in ('owner', 'territory')),
  body_id uuid not null,
  basis text not null,
  valid tstzrange not null,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, body_id) references body,
  constraint responsibility_rule_said_once exclude using gist (realm with =, area_id with =, matches_kind with =, matches with =, ground with =, valid with &&)
);

do $$
declare
  t text;
  staff_only constant text := 'realm = (select jw_realm()) and (select jw_account()) is not null';
begin
  foreach t in array array['standard', 'case_type', 'filing_condition', 'responsibility_rule'] loop
    call protect(t::regclass, 'realm = (select jw_realm())', staff_only, case t when 'responsibility_rule' then 'select, insert, update' else 'select, insert' end);
    execute format('grant select, insert on %I to jingwei_system', t);
  end loop;
end $$;
