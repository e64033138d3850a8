-- A notice (文件) is cut into items, each owed by somebody until a day: 任务分解. The notice is kept as it was pasted.

create table directive (
  realm smallint not null,
  id uuid not null,
  title text not null,
  -- the number it bears and whose it is, as it says itself
  number text not null,
  issuer text not null,
  dated_on date not null,
  words text not null,
  -- the land it is for, never rewritten, and its number
  area_id uuid not null,
  scope_no integer not null,
  -- who sent its items out, and the post that says whether they are done
  person_id uuid not null,
  post_id uuid not null,
  sent_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, person_id) references person,
  foreign key (realm, post_id) references post
);
create index directive_in_scope on directive (realm, scope_no, sent_at desc);

create table directive_item (
  realm smallint not null,
  id uuid not null,
  directive_id uuid not null,
  -- its place among the items, and how the notice numbers it
  place integer not null,
  number text not null,
  content text not null,
  -- by what one sees that it is done; empty: the notice does not say
  measure text not null,
  lead_kind text not null constraint directive_item_lead_kind_known check (lead_kind in ('body', 'post')),
  lead_id uuid not null,
  -- who helps: [{"kind": "body", "id": …}]
  supports jsonb not null,
  area_id uuid not null,
  scope_no integer not null,
  -- as it was sent, and as it stands; none: for good
  first_due_on date,
  due_on date,
  status text not null constraint directive_item_status_known check (status in ('sent', 'done', 'accepted', 'withdrawn')),
  returned boolean not null default false,
  -- percent of what its measure counts, where somebody said it
  share integer constraint directive_item_share_in_percent check (share between 0 and 100),
  told_at timestamptz,
  done_by uuid,
  done_at timestamptz,
  ended_at timestamptz,
  primary key (realm, id),
  foreign key (realm, directive_id) references directive,
  foreign key (realm, area_id) references area,
  constraint directive_item_done_by_somebody check ((status = 'done') <= (done_by is not null)),
  constraint directive_item_ended_has_time check ((status in ('accepted', 'withdrawn')) = (ended_at is not null))
);
create unique index directive_item_in_order on directive_item (realm, directive_id, place);
create index directive_item_in_scope on directive_item (realm, scope_no, id);

do $$
declare
  t text;
  granted constant text := 'exists (select 1 from access_grant g where g.realm = %1$I.realm and g.record_id = %1$I.id and g.grantee = any (coalesce((select jw_grantees()), ''{}'')))';
begin
  foreach t in array array['directive', 'directive_item'] loop
    call protect(t::regclass, format('realm = (select jw_realm()) and ((select jw_ranges()) @> scope_no or ' || granted || ')', t),
      'realm = (select jw_realm()) and (select jw_account()) is not null', 'select, insert, update');
    execute format('grant select, insert, update on %I to jingwei_system', t);
  end loop;
end $$;

call follows_land('directive', 'id', 'exists (select 1 from directive_item i where i.realm = t.realm and i.directive_id = t.id and i.status in (''sent'', ''done''))', 'null::double precision', 'null::double precision');
call follows_land('directive_item', 'id', 't.status in (''sent'', ''done'')', 'null::double precision', 'null::double precision');
-- Whether a notice has anything open is asked by whoever carries it along.
grant select on directive_item to jingwei_surveyor;
