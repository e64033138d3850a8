-- Own fields (自建字段): what a community asks of its ledger besides the dictionary. What a field is called and asked for stands
-- here; values stand with their record like any other fact. Names of fields tell of nobody, so they lie in clear.

create table own_field (
  realm smallint not null,
  id uuid not null,
  ledger text not null,
  -- the area it was made for, never rewritten, and its numbers: it holds there and everywhere below
  area_id uuid not null,
  scope_no integer not null,
  last_no integer not null,
  kind text not null constraint own_field_kind_known
    check (kind in ('text', 'whole', 'decimal', 'date', 'yes_no', 'choice', 'phone')),
  -- how its values lie: in clear, under the key of the record, or besides with their middle covered
  secrecy text not null constraint own_field_secrecy_known check (secrecy in ('open', 'sealed', 'masked')),
  name text not null,
  aliases text[] not null,
  help text not null,
  choices text[] not null,
  fresh_months integer constraint own_field_fresh_forward check (fresh_months between 1 and 120),
  used_for text not null,
  person_id uuid not null,
  added_at timestamptz not null,
  retired_by uuid,
  retired_at timestamptz,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, person_id) references person,
  foreign key (realm, retired_by) references person,
  constraint own_field_retired_by_somebody check ((retired_at is null) = (retired_by is null)),
  constraint own_field_choice_has_choices check ((kind = 'choice') = (cardinality(choices) > 0)),
  constraint own_field_phone_covered check ((kind = 'phone') = (secrecy = 'masked'))
);
create index own_field_in_scope on own_field (realm, ledger, scope_no);

-- For whoever reads the records it may stand in: those whose area lies above it, and those whose area lies within it.
call protect('own_field',
  'realm = (select jw_realm()) and ((select jw_ranges()) @> scope_no or (select jw_homes()) && int4range(scope_no, last_no, ''[]''))',
  'realm = (select jw_realm()) and (select jw_ranges()) @> scope_no', 'select, insert, update');
grant select, insert, update, delete on own_field to jingwei_system;

-- It follows its area when the tree is changed, and where that ends.
call follows_land('own_field', 'id', 't.retired_at is null', 'null::double precision', 'null::double precision',
  ', last_no = case when p_parts is not null or p_from = p_last then (select a.last_no from area a where a.realm = t.realm and a.no = d.fresh and a.closed_on is null) else t.last_no + (d.fresh - t.scope_no) end');
