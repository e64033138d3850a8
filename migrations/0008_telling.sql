-- What was told to whom: messages about a case, their deliveries, notices to an area.

create table message (
  realm smallint not null,
  id uuid not null,
  ord bigint not null default nextval('entry_ord'),
  record_kind text not null,
  record_id uuid not null,
  scope_no integer not null,
  confidential boolean not null,
  -- a reporter (by what their code stands for), a post, body or person of ours; `desk`: whoever handles the record
  to_kind text not null constraint message_to_kind_known check (to_kind in ('reporter', 'post', 'body', 'person', 'desk')),
  to_id uuid not null,
  text_code text not null,
  params jsonb not null,
  -- free words, sealed under the key named
  sealed bytea,
  key_id uuid,
  told_at timestamptz not null,
  read_at timestamptz,
  primary key (realm, id)
);
create index message_of_record on message (realm, record_id, ord);
create index message_to on message (realm, to_id, ord desc);

create table delivery (
  realm smallint not null,
  id uuid not null,
  message_id uuid not null,
  channel text not null,
  state text not null constraint delivery_state_known check (state in ('waiting', 'handed_over', 'failed')),
  attempts smallint not null default 0,
  next_at timestamptz,
  handed_at timestamptz,
  last_fault text,
  primary key (realm, id),
  foreign key (realm, message_id) references message,
  constraint delivery_once_per_channel unique (realm, message_id, channel)
);
create index delivery_waiting on delivery (realm, next_at) where state = 'waiting';

-- Where messages go besides the tracking page; only administrators write here.
create table channel (
  realm smallint not null,
  id uuid not null,
  kind text not null constraint channel_kind_known check (kind in ('webhook', 'recorder')),
  address text not null,
  secret bytea,
  enabled boolean not null default false,
  primary key (realm, id)
);

create table notice (
  realm smallint not null,
  id uuid not null,
  casefile_id uuid,
  public boolean not null,
  words text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  issued_by uuid not null,
  withdrawn_at timestamptz,
  primary key (realm, id),
  constraint notice_period_forward check (from_at < until_at)
);
create table notice_area (
  realm smallint not null,
  notice_id uuid not null,
  area_id uuid not null,
  scope_no integer not null,
  last_no integer not null,
  -- as the notice is
  public boolean not null,
  primary key (realm, notice_id, area_id),
  foreign key (realm, notice_id) references notice,
  foreign key (realm, area_id) references area
);
create table notice_told (
  realm smallint not null,
  notice_id uuid not null,
  person_id uuid not null,
  area_id uuid not null,
  told_at timestamptz not null,
  read_at timestamptz,
  primary key (realm, notice_id, person_id, area_id),
  foreign key (realm, notice_id) references notice
);

do $$
declare
  seen constant text := 'realm = (select jw_realm()) and ((not confidential and (select jw_ranges()) @> scope_no) or to_id = any (coalesce((select jw_grantees()), ''{}'')) or exists (select 1 from access_grant g where g.realm = message.realm and g.record_id = message.record_id and g.grantee = any (coalesce((select jw_grantees()), ''{}''))))';
begin
  call protect('message', seen, 'realm = (select jw_realm())', 'select, update');
  call protect('delivery', 'realm = (select jw_realm()) and exists (select 1 from message m where m.realm = delivery.realm and m.id = delivery.message_id)', 'false', 'select');
  call protect('channel', 'realm = (select jw_realm()) and (select jw_administers())', 'realm = (select jw_realm()) and (select jw_administers())', 'select, insert, update');
  call protect('notice', 'realm = (select jw_realm()) and (public or exists (select 1 from notice_area a where a.realm = notice.realm and a.notice_id = notice.id))', 'realm = (select jw_realm()) and (select jw_account()) is not null', 'select, insert, update');
  -- A notice that is not public is for whoever reads an area it touches and for those who were told.
  call protect('notice_area', 'realm = (select jw_realm()) and (public or (select jw_ranges()) && int4range(scope_no, last_no, ''[]'') or exists (select 1 from notice_told t where t.realm = notice_area.realm and t.notice_id = notice_area.notice_id and t.person_id = (select jw_person())))', 'realm = (select jw_realm()) and (select jw_account()) is not null', 'select, insert');
  call protect('notice_told', 'realm = (select jw_realm()) and (person_id = (select jw_person()) or exists (select 1 from area r where r.realm = notice_told.realm and r.id = notice_told.area_id and (select jw_ranges()) @> r.no))', 'realm = (select jw_realm()) and (select jw_account()) is not null', 'select, insert, update');
end $$;
grant select, insert, update on message, delivery, notice_told to jingwei_system;
grant select, insert on notice, notice_area to jingwei_system;
grant select on channel to jingwei_system;

-- A case whose place is corrected may come to lie where whoever corrects it reads nothing. An update asks that its writer
-- can see the row as it will be; this function asks, by the policy of its owner, that the caller sees it as it was. The
-- duties on it and what was told of it come along.
do $$
declare t text;
begin
  foreach t in array array['casefile', 'obligation', 'message'] loop
    execute format('create policy warden_finds on %I for select to jingwei_warden using (realm = (select jw_realm()))', t);
    execute format('grant update (scope_no) on %I to jingwei_warden', t);
  end loop;
  foreach t in array array['obligation', 'message'] loop
    execute format('grant select (realm, record_id) on %I to jingwei_warden', t);
    execute format('create policy warden_moves on %I for update to jingwei_warden using (realm = (select jw_realm())) with check (realm = (select jw_realm()))', t);
  end loop;
end $$;
grant select (realm, id, scope_no, confidential) on casefile to jingwei_warden;
create policy warden_moves on casefile for update to jingwei_warden
  using (realm = (select jw_realm()) and ((not confidential and (select jw_ranges()) @> scope_no) or exists (select 1 from access_grant g where g.realm = casefile.realm and g.record_id = casefile.id and g.grantee = any (coalesce((select jw_grantees()), '{}')))))
  with check (realm = (select jw_realm()));
create function move_record(p_record uuid, p_scope integer) returns void language sql volatile
  security definer set search_path = pg_catalog, public, pg_temp as $$
  with moved as (update casefile set scope_no = p_scope where realm = jw_realm() and id = p_record returning realm, id),
    owed as (update obligation o set scope_no = p_scope from moved where o.realm = moved.realm and o.record_id = moved.id)
  update message m set scope_no = p_scope from moved where m.realm = moved.realm and m.record_id = moved.id
$$;
revoke all on function move_record(uuid, integer) from public;
grant execute on function move_record(uuid, integer) to jingwei_app;
grant create on schema public to jingwei_warden;
alter function move_record(uuid, integer) owner to jingwei_warden;
revoke create on schema public from jingwei_warden;
