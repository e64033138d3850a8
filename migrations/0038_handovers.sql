-- Duties go from one person or body to another. Whoever appoints people reads no record: one function tells what is open,
-- one passes it on, one counts what stays. The receipt of it waits until whoever took over has confirmed it.

create table handover (
  realm smallint not null,
  id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  -- who did it; none: the operator's shell
  by_id uuid,
  at timestamptz not null,
  post_ids uuid[] not null,
  -- the responsibilities as they were the giver's
  charge_ids uuid[] not null,
  obligation_ids uuid[] not null,
  confirmed_at timestamptz,
  primary key (realm, id),
  foreign key (realm, from_id) references person (realm, id),
  foreign key (realm, to_id) references person (realm, id),
  constraint handover_to_another check (from_id <> to_id)
);
create index handover_to_confirm on handover (realm, to_id) where confirmed_at is null;
create index handover_newest on handover (realm, at desc, id desc);

call protect('handover',
  'realm = (select jw_realm()) and (from_id = (select jw_person()) or to_id = (select jw_person()) or (select jw_administers()))',
  'realm = (select jw_realm()) and (to_id = (select jw_person()) or (select jw_administers()))', 'select, insert, update');
grant select, insert, update on handover to jingwei_system;

-- Open duties owed by any of these, or given to the person by name.
create function duties_to_pass(p_owners uuid[], p_person uuid)
  returns table (id uuid, duty text, record_id uuid, owed_by_kind text, owed_by uuid, assignee_id uuid, confidential boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select o.id, o.duty, o.record_id, o.owed_by_kind, o.owed_by, o.assignee_id, o.confidential
  from obligation o
  where o.realm = jw_realm() and o.state in ('running', 'paused', 'suspended') and (o.owed_by = any (p_owners) or o.assignee_id = p_person)
  order by o.due_at nulls last, o.id
$$;

-- To a person: given to them by name, and what somebody owed themselves is theirs from now on. To a body: owed by it, and a
-- case that the former body handled is handled by it. None that has ended meanwhile.
create function pass_duty(p_id uuid, p_kind text, p_to uuid, p_at timestamptz)
  returns table (duty text, record_kind text, record_id uuid, scope_no integer, confidential boolean, was_owed_by uuid,
                 by_name boolean, moved boolean, changed_at timestamptz)
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with held as (
    select o.*, p_kind = 'person' and o.owed_by_kind <> 'person' as by_name from obligation o
    where o.realm = jw_realm() and o.id = p_id and o.state in ('running', 'paused', 'suspended') for update),
  given as (
    update obligation o set
      owed_by_kind = case when h.by_name then o.owed_by_kind else p_kind end,
      owed_by = case when h.by_name then o.owed_by else p_to end,
      assignee_id = case when h.by_name then p_to end
    from held h where o.realm = h.realm and o.id = h.id returning o.id),
  moved as (
    update casefile c set body_id = p_to, changed_at = p_at
    from held h where p_kind = 'body' and h.record_kind = 'casefile' and c.realm = h.realm and c.id = h.record_id and c.body_id = h.owed_by
    returning c.id)
  select h.duty, h.record_kind, h.record_id, h.scope_no, h.confidential, h.owed_by, h.by_name, exists (select from moved),
    case when exists (select from moved) then p_at
         else (select c.changed_at from casefile c where c.realm = h.realm and c.id = h.record_id) end
  from held h join given g on g.id = h.id
$$;

-- In how many circles of confidential cases that are not over somebody stands by name: those are not handed over.
grant select on access_grant to jingwei_surveyor;
create policy surveyor_counts on access_grant for select to jingwei_surveyor
  using (ground = 'named' and realm = (select jw_realm()) and ((select jw_administers()) or session_user = 'jingwei_system'));
create function circles_of(p_person uuid) returns integer
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select count(*)::integer from access_grant g join casefile c on c.realm = g.realm and c.id = g.record_id
  where g.realm = jw_realm() and g.grantee = p_person and g.ground = 'named' and c.status not in ('evaluated', 'declined')
$$;

revoke all on function duties_to_pass(uuid[], uuid), pass_duty(uuid, text, uuid, timestamptz), circles_of(uuid) from public;
grant execute on function duties_to_pass(uuid[], uuid), pass_duty(uuid, text, uuid, timestamptz), circles_of(uuid) to jingwei_app, jingwei_system;
grant create on schema public to jingwei_surveyor;
alter function duties_to_pass(uuid[], uuid) owner to jingwei_surveyor;
alter function pass_duty(uuid, text, uuid, timestamptz) owner to jingwei_surveyor;
alter function circles_of(uuid) owner to jingwei_surveyor;
revoke create on schema public from jingwei_surveyor;
