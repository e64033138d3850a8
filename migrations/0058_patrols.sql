-- Patrols (巡查): places that are gone round at set times, the walks people start, and each place they ticked.

create table patrol_plan (
  realm smallint not null,
  id uuid not null,
  title text not null,
  kind text not null constraint patrol_kind_known check (kind in ('grid', 'forest', 'water', 'closed_off', 'special')),
  -- the area where its walkers work, never rewritten, and its number
  area_id uuid not null,
  scope_no integer not null,
  -- the day on which the place put its name to a pledge
  pledged_on date,
  -- for how many days a walker's positions are kept
  position_days integer not null,
  stage text not null constraint patrol_stage_known check (stage in ('open', 'closed')),
  person_id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, person_id) references person,
  constraint patrol_positions_end check (position_days between 1 and 180)
);
create index patrol_plan_in_scope on patrol_plan (realm, scope_no, opened_at desc);

-- When it is due: what holds for a time. A change ends one and begins the next, and what was counted stays as it was.
create table patrol_rule (
  realm smallint not null,
  id uuid not null,
  plan_id uuid not null,
  rule jsonb not null,
  since timestamptz not null,
  until timestamptz,
  primary key (realm, id),
  foreign key (realm, plan_id) references patrol_plan
);
create index patrol_rule_of_plan on patrol_rule (realm, plan_id, since);

create table patrol_place (
  realm smallint not null,
  id uuid not null,
  plan_id uuid not null,
  ord integer not null,
  name text not null,
  lon double precision,
  lat double precision,
  radius_m integer not null,
  since timestamptz not null,
  until timestamptz,
  primary key (realm, id),
  foreign key (realm, plan_id) references patrol_plan,
  constraint patrol_place_has_both check ((lon is null) = (lat is null))
);
create index patrol_place_of_plan on patrol_place (realm, plan_id, ord);

-- Who walks it; nobody named: whoever walks where it lies.
create table patrol_walker (
  realm smallint not null,
  id uuid not null,
  plan_id uuid not null,
  person_id uuid not null,
  contract text,
  since timestamptz not null,
  until timestamptz,
  primary key (realm, id),
  foreign key (realm, plan_id) references patrol_plan,
  foreign key (realm, person_id) references person
);
create index patrol_walker_of_plan on patrol_walker (realm, plan_id);

create table patrol (
  realm smallint not null,
  id uuid not null,
  plan_id uuid not null,
  person_id uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  recorded_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, plan_id) references patrol_plan,
  foreign key (realm, person_id) references person,
  constraint patrol_ends_later check (ended_at >= started_at)
);
create index patrol_of_plan on patrol (realm, plan_id, started_at);

-- A place somebody was at, or says so. What does not count is kept with why not.
create table patrol_tick (
  realm smallint not null,
  id uuid not null,
  patrol_id uuid not null,
  plan_id uuid not null,
  place_id uuid not null,
  person_id uuid not null,
  made_at timestamptz not null,
  recorded_at timestamptz not null,
  how text not null constraint patrol_tick_how_known check (how in ('here', 'code', 'word')),
  verdict text not null constraint patrol_verdict_known
    check (verdict in ('counted', 'outside', 'vague', 'leap', 'wrong_code', 'by_word', 'not_then', 'too_late')),
  -- from the place, by the position of this tick; how exact that was
  distance_m integer,
  accuracy_m integer,
  reason text,
  primary key (realm, id),
  foreign key (realm, patrol_id) references patrol,
  foreign key (realm, plan_id) references patrol_plan,
  foreign key (realm, place_id) references patrol_place,
  foreign key (realm, person_id) references person
);
create index patrol_tick_of_plan on patrol_tick (realm, plan_id, made_at);
create index patrol_tick_of_patrol on patrol_tick (realm, patrol_id, made_at);

-- Where somebody stood when they ticked: for themselves alone, until a day that was said before.
create table patrol_position (
  realm smallint not null,
  id uuid not null,
  patrol_id uuid not null,
  person_id uuid not null,
  lon double precision not null,
  lat double precision not null,
  made_at timestamptz not null,
  keep_until date not null,
  primary key (realm, id),
  foreign key (realm, id) references patrol_tick,
  foreign key (realm, patrol_id) references patrol,
  foreign key (realm, person_id) references person
);
create index patrol_position_of_patrol on patrol_position (realm, patrol_id, made_at);
create index patrol_position_kept on patrol_position (realm, keep_until);

do $$
declare
  t text;
  ours constant text := 'realm = (select jw_realm()) and (select jw_ranges()) @> scope_no';
  of_plan constant text := 'realm = (select jw_realm()) and exists (select 1 from patrol_plan p where p.realm = %1$s.realm and p.id = %1$s.plan_id)';
  own constant text := 'realm = (select jw_realm()) and person_id = (select jw_person())';
begin
  call protect('patrol_plan', ours, ours, 'select, insert, update');
  foreach t in array array['patrol_rule', 'patrol_place', 'patrol_walker', 'patrol'] loop
    call protect(t::regclass, format(of_plan, t), format(of_plan, t), 'select, insert, update');
  end loop;
  call protect('patrol_tick', format(of_plan, 'patrol_tick'), format(of_plan, 'patrol_tick') || ' and person_id = (select jw_person())', 'select, insert');
  call protect('patrol_position', own, own, 'select, insert');
  foreach t in array array['patrol_plan', 'patrol_rule', 'patrol_place', 'patrol_walker', 'patrol', 'patrol_tick', 'patrol_position'] loop
    execute format('grant select, insert, update, delete on %I to jingwei_system', t);
  end loop;
end $$;

call follows_land('patrol_plan', 'id', 't.stage <> ''closed''', 'null::double precision', 'null::double precision');
