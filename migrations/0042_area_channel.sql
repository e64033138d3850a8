-- The channel of an area: what a resident writes to the people of a grid or community. Words and phone lie sealed under the
-- writer's key. Made a report, the row of the report bears the same id, so that the writer's code goes on with the case.

create table area_message (
  realm smallint not null,
  id uuid not null,
  -- the area it was written to, never rewritten, and its number
  area_id uuid not null,
  scope_no integer not null,
  -- what the writer may be known by: made from the tracking code, which is stored nowhere
  grantee uuid not null,
  status text not null constraint area_message_status_known check (status in ('waiting', 'answered', 'reported', 'set_aside')),
  -- came above the share of its address; kept, and looked at apart
  unverified boolean not null default false,
  sealed bytea not null,
  key_id uuid not null,
  language text not null default 'zh',
  casefile_id uuid,
  reason text,
  sent_at timestamptz not null,
  -- who of the desk noted it first
  seen_at timestamptz,
  seen_by uuid,
  settled_at timestamptz,
  settled_by uuid,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, casefile_id) references casefile,
  constraint area_message_code_taken unique (realm, grantee),
  constraint area_message_case_when_reported check ((status = 'reported') = (casefile_id is not null)),
  constraint area_message_seen_by_somebody check ((seen_at is null) = (seen_by is null))
);
create index area_message_in_scope on area_message (realm, scope_no, sent_at desc);
create index area_message_unverified on area_message (realm, id) where unverified;

call protect('area_message',
  'realm = (select jw_realm()) and ((select jw_ranges()) @> scope_no or grantee = any (coalesce((select jw_grantees()), ''{}'')) or exists (select 1 from access_grant g where g.realm = area_message.realm and g.record_id = area_message.id and g.grantee = any (coalesce((select jw_grantees()), ''{}''))))',
  'realm = (select jw_realm())', 'select, insert, update');
grant select, insert, update on area_message to jingwei_system;

-- It follows its area when the tree is changed.
call follows_land('area_message', 'id', 't.status = ''waiting''', 'null::double precision', 'null::double precision');

-- A report that began as a message of the channel.
alter table report drop constraint report_channel_known;
alter table report add constraint report_channel_known check (channel in ('portal', 'qr', 'field', 'hotline', 'visit', 'letter', 'chat', 'api', 'area'));

-- The robot of a chat group, one for an area: its whole address is a secret, in clear stands only whose server it is. What
-- became of the last line that was sent there stands beside it.
alter table channel drop constraint channel_kind_known;
alter table channel add constraint channel_kind_known check (kind in ('webhook', 'recorder', 'robot'));
alter table channel add column area_id uuid, add column shape text, add column verdict text, add column verdict_at timestamptz,
  add foreign key (realm, area_id) references area,
  add constraint channel_robot_has_area check ((kind = 'robot') = (area_id is not null and shape is not null and secret is not null));
create unique index channel_one_robot on channel (realm, area_id) where kind = 'robot';
grant update (verdict, verdict_at) on channel to jingwei_system;
do $$
declare
  own constant text := 'realm = (select jw_realm()) and ((select jw_administers()) or (kind = ''robot'' and exists (select 1 from area r where r.realm = channel.realm and r.id = channel.area_id and (select jw_ranges()) @> r.no)))';
begin
  execute format('alter policy app_reads on channel using (%s)', own);
  execute format('alter policy app_adds on channel with check (%s)', own);
  execute format('alter policy app_changes on channel using (%s) with check (%s)', own, own);
end $$;

-- A line to a group is told to its robot.
alter table message drop constraint message_to_kind_known;
alter table message add constraint message_to_kind_known check (to_kind in ('reporter', 'post', 'body', 'person', 'desk', 'group'));
