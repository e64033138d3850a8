-- Land and people: areas with their dated names and borders, bodies, posts, who holds them, who answers for what.

-- An area's identity and today's number. Everything below an area has a number in [no, last_no]: scope is an interval
-- test on integers, which row-level security can use with an index.
create table area (
  realm smallint not null references realm,
  id uuid not null,
  level text not null constraint area_level_known check (level in ('province', 'city', 'county', 'town', 'community', 'grid', 'micro_grid')),
  no integer not null,
  last_no integer not null,
  opened_on date not null,
  closed_on date,
  primary key (realm, id),
  constraint area_interval_forward check (no <= last_no)
);
create unique index area_number_taken on area (realm, no) where closed_on is null;

-- What changes about an area: its name, code, parent and border, each with the days on which it holds.
create table area_version (
  realm smallint not null,
  id uuid not null,
  area_id uuid not null,
  valid daterange not null,
  parent_id uuid,
  code text not null,
  name text not null,
  -- GeoJSON Polygon or MultiPolygon in WGS 84; null: an area without a border is an area all the same
  boundary jsonb,
  -- datum and coordinates as they came, when they came in another datum
  source jsonb,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, parent_id) references area (realm, id),
  constraint area_one_version_a_day exclude using gist (realm with =, area_id with =, valid with &&),
  constraint area_code_one_holder exclude using gist (realm with =, code with =, valid with &&)
);
create index area_version_of_area on area_version (realm, area_id);

create table calendar (
  realm smallint not null references realm,
  id uuid not null,
  version integer not null,
  spec jsonb not null,
  published_at timestamptz not null,
  primary key (realm, id, version)
);

-- The calendar of the desks, for the whole realm.
alter table realm add column calendar_id uuid;
grant update (calendar_id) on realm to jingwei_system;

create table body (
  realm smallint not null references realm,
  id uuid not null,
  name text not null,
  kind text not null,
  area_id uuid not null,
  calendar_id uuid not null,
  opened_on date not null,
  closed_on date,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  constraint body_name_taken unique (realm, name)
);

-- A post (岗位) is a seat: a role at an area or in a body. Persons hold it for a time; work is owed by the seat.
create table post (
  realm smallint not null references realm,
  id uuid not null,
  role text not null,
  area_id uuid,
  body_id uuid,
  mode text not null default 'normal' constraint post_mode_known check (mode in ('normal', 'emergency')),
  -- whether its holder reads what lies in the area, or only what is owed
  reads_area boolean not null,
  opened_on date not null,
  closed_on date,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, body_id) references body,
  constraint post_stands_somewhere check (num_nonnulls(area_id, body_id) = 1),
  constraint post_one_seat unique nulls not distinct (realm, role, area_id, body_id, mode)
);

create table person (
  realm smallint not null references realm,
  id uuid not null,
  name text not null,
  -- phone and what else is private, sealed under the person's key
  sealed bytea,
  key_id uuid,
  recorded_at timestamptz not null,
  primary key (realm, id)
);

create table holding (
  realm smallint not null,
  id uuid not null,
  post_id uuid not null,
  person_id uuid not null,
  held tstzrange not null,
  primary key (realm, id),
  foreign key (realm, post_id) references post,
  foreign key (realm, person_id) references person,
  constraint holding_once_at_a_time exclude using gist (realm with =, post_id with =, person_id with =, held with &&)
);
create index holding_of_person on holding (realm, person_id);

-- Who answers for an area (包保), level by level, in normal and in emergency time.
create table responsibility (
  realm smallint not null,
  id uuid not null,
  area_id uuid not null,
  scope_no integer not null,
  person_id uuid not null,
  rank text not null constraint responsibility_rank_known check (rank in ('county', 'town', 'community', 'grid', 'building', 'paired')),
  mode text not null constraint responsibility_mode_known check (mode in ('normal', 'emergency')),
  charge text not null,
  held tstzrange not null,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, person_id) references person,
  constraint responsibility_said_once exclude using gist (realm with =, area_id with =, person_id with =, mode with =, charge with =, held with &&)
);

create table dwelling (
  realm smallint not null,
  id uuid not null,
  area_id uuid not null,
  scope_no integer not null,
  building text not null,
  door_no text not null,
  lon double precision,
  lat double precision,
  cell integer,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  constraint dwelling_door_taken unique (realm, area_id, building, door_no)
);
create index dwelling_in_scope on dwelling (realm, scope_no);

create table account (
  realm smallint not null references realm,
  id uuid not null,
  login text not null,
  person_id uuid not null,
  password_hash text not null,
  must_change_password boolean not null default true,
  -- second factor secret, sealed under the deployment's key; null: not set up
  second_factor bytea,
  second_factor_step bigint not null default 0,
  is_demo boolean not null default false,
  closed_at timestamptz,
  created_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, person_id) references person,
  constraint account_login_taken unique (realm, login),
  constraint account_login_plain check (login ~ '^[a-z0-9][a-z0-9._-]{1,39}$')
);

create table session (
  realm smallint not null,
  id uuid not null,
  token_hash bytea not null,
  account_id uuid not null,
  opened_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  idle_hours smallint not null,
  ended_at timestamptz,
  device text not null,
  primary key (realm, id),
  foreign key (realm, account_id) references account,
  constraint session_token_taken unique (realm, token_hash)
);
create index session_of_account on session (realm, account_id) where ended_at is null;

create table api_key (
  realm smallint not null,
  id uuid not null,
  key_hash bytea not null,
  name text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (realm, id),
  constraint api_key_taken unique (realm, key_hash)
);

-- How often somebody failed to sign in: by account, by address, by both. Holds hashes, no names and no addresses.
create table sign_in_delay (
  realm smallint not null,
  subject bytea not null,
  failures integer not null,
  last_at timestamptz not null,
  next_at timestamptz not null,
  primary key (realm, subject)
);

-- Seats and land are no secret inside a realm; who sits on them is for those who work there.
do $$
declare
  t text;
  realm_wide constant text := 'realm = (select jw_realm())';
  staff_only constant text := 'realm = (select jw_realm()) and (select jw_account()) is not null';
begin
  foreach t in array array['area', 'area_version', 'calendar', 'body', 'post'] loop
    call protect(t::regclass, realm_wide, staff_only, 'select, insert, update');
    execute format('grant select, insert, update on %I to jingwei_system', t);
  end loop;
  foreach t in array array['person', 'holding', 'responsibility'] loop
    call protect(t::regclass, staff_only, staff_only, 'select, insert, update');
    execute format('grant select, insert, update on %I to jingwei_system', t);
  end loop;
end $$;
call protect('dwelling', 'realm = (select jw_realm()) and (select jw_ranges()) @> scope_no', 'realm = (select jw_realm()) and (select jw_account()) is not null', 'select, insert, update');
grant select, insert, update on dwelling to jingwei_system;
call protect('account', 'realm = (select jw_realm()) and (id = (select jw_account()) or (select jw_administers()))', 'realm = (select jw_realm()) and (id = (select jw_account()) or (select jw_administers()))', 'select, update');
grant select, insert, update on account to jingwei_system;
-- A session is opened before anybody is signed in; ended and listed by its owner.
call protect('session', 'realm = (select jw_realm()) and (account_id = (select jw_account()) or (select jw_administers()))', 'realm = (select jw_realm())', 'select, insert, update');
grant select, insert, update, delete on session to jingwei_system;
call protect('api_key', 'realm = (select jw_realm()) and (select jw_administers())', 'realm = (select jw_realm()) and (select jw_administers())', 'select, update');
grant select, insert, update on api_key to jingwei_system;
call protect('sign_in_delay', 'realm = (select jw_realm())', 'realm = (select jw_realm())', 'select, insert, update');
grant select, insert, update, delete on sign_in_delay to jingwei_system;
