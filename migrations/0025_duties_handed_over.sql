-- When an area goes elsewhere, what posts owe on the records in it can go to other posts with it. Whoever changes the land
-- reads no record: one function counts, the other hands over. What is confidential stays with those who know of it.

create function duties_on(p_from integer[], p_last integer[]) returns table (post_id uuid, open integer, stays integer)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select o.owed_by, count(*) filter (where not o.confidential)::integer, count(*) filter (where o.confidential)::integer
  from obligation o join unnest(p_from, p_last) as r (no, last) on o.scope_no between r.no and r.last
  where o.realm = jw_realm() and o.owed_by_kind = 'post' and o.state in ('running', 'paused', 'suspended')
  group by o.owed_by
$$;

create function hand_over_duties(p_from integer[], p_last integer[], p_post uuid, p_to uuid)
  returns table (id uuid, duty text, record_kind text, record_id uuid, scope_no integer, changed_at timestamptz)
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update obligation o set owed_by = p_to, assignee_id = null
  from unnest(p_from, p_last) as r (no, last)
  where o.realm = jw_realm() and o.scope_no between r.no and r.last and o.owed_by_kind = 'post' and o.owed_by = p_post
    and not o.confidential and o.state in ('running', 'paused', 'suspended')
  returning o.id, o.duty, o.record_kind, o.record_id, o.scope_no,
    (select c.changed_at from casefile c where c.realm = o.realm and c.id = o.record_id)
$$;

revoke all on function duties_on(integer[], integer[]), hand_over_duties(integer[], integer[], uuid, uuid) from public;
grant execute on function duties_on(integer[], integer[]), hand_over_duties(integer[], integer[], uuid, uuid) to jingwei_app, jingwei_system;
grant create on schema public to jingwei_surveyor;
alter function duties_on(integer[], integer[]) owner to jingwei_surveyor;
alter function hand_over_duties(integer[], integer[], uuid, uuid) owner to jingwei_surveyor;
revoke create on schema public from jingwei_surveyor;
