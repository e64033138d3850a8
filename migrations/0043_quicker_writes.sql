-- What every request and every report passes, made quicker; what it answers is the same.

-- The door asks twice instead of four times: whose session it is, and the seats; and only where an area ever moved are
-- its runs of numbers put together by a question.
create or replace function enter_session(p_realm smallint, p_token bytea, p_at timestamptz) returns jsonb language plpgsql volatile
  security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  who record;
  seat record;
  numbers int4multirange;
  runs jsonb;
  seats jsonb[] := '{}';
  ranges int4multirange := '{}';
  homes int4multirange := '{}';
  grantees uuid[] := '{}';
  bodies uuid[] := '{}';
  torn int4multirange;
  administers boolean := false;
begin
  select s.id, s.account_id, s.seen_at, a.person_id, a.must_change_password, a.is_demo, p.name,
         exists (select 1 from area_former_number f where f.realm = p_realm) as moved
    into who
    from session s
    cross join lateral (select * from account a where a.realm = s.realm and a.id = s.account_id limit 1) a
    cross join lateral (select * from person p where p.realm = a.realm and p.id = a.person_id limit 1) p
    where s.realm = p_realm and s.token_hash = p_token and s.ended_at is null and s.expires_at > p_at
      and s.seen_at > p_at - s.idle_hours * interval '1 hour' and a.closed_at is null;
  if not found then
    perform set_config('jw.realm', p_realm::text, true);
    return null;
  end if;

  for seat in
    select t.id, t.role, t.area_id, t.body_id, t.reads_area, r.no, r.last_no
    from holding h
    cross join lateral (select * from post t where t.realm = h.realm and t.id = h.post_id and t.mode = 'normal' and t.closed_on is null limit 1) t
    left join lateral (select * from area r where r.realm = t.realm and r.id = t.area_id limit 1) r on true
    where h.realm = p_realm and h.person_id = who.person_id and h.held @> p_at
    order by t.role, t.id
  loop
    -- A post in a body has no area.
    if seat.no is null then
      numbers := null;
      runs := null;
    elsif who.moved then
      numbers := numbers_read(p_realm, seat.no, seat.last_no);
      runs := (select jsonb_agg(jsonb_build_array(lower(n), upper(n) - 1)) from unnest(numbers) n);
    else
      numbers := int4multirange(int4range(seat.no, seat.last_no, '[]'));
      runs := jsonb_build_array(jsonb_build_array(seat.no, seat.last_no));
    end if;
    if seat.reads_area and seat.no is not null then
      ranges := ranges + numbers;
      homes := homes + int4multirange(int4range(seat.no, seat.no, '[]'));
    end if;
    grantees := grantees || seat.id;
    if seat.body_id <> all (bodies) then bodies := bodies || seat.body_id; end if;
    administers := administers or seat.role = 'admin';
    seats := seats || jsonb_build_object('id', seat.id, 'role', seat.role, 'areaId', seat.area_id, 'bodyId', seat.body_id,
      'readsArea', seat.reads_area, 'from', seat.no, 'to', seat.last_no, 'numbers', runs);
  end loop;
  if who.moved then
    select range_agg(int4range(f.from_no, f.last_no, '[]')) into torn
    from area_former_number f where f.realm = p_realm and f.torn_id is not null;
  end if;

  perform set_config('jw.realm', p_realm::text, true),
          set_config('jw.account', who.account_id::text, true),
          set_config('jw.person', who.person_id::text, true),
          set_config('jw.ranges', ranges::text, true),
          set_config('jw.homes', homes::text, true),
          set_config('jw.torn', coalesce(torn::text, ''), true),
          set_config('jw.grantees', (grantees || bodies || who.person_id)::text, true),
          set_config('jw.administers', administers::text, true);
  if who.seen_at < p_at - interval '1 minute' then
    update session set seen_at = p_at where realm = p_realm and id = who.id;
  end if;
  return jsonb_build_object('sessionId', who.id, 'accountId', who.account_id, 'personId', who.person_id, 'name', who.name,
    'mustChangePassword', who.must_change_password, 'isDemo', who.is_demo, 'posts', to_jsonb(seats));
end $$;

-- An area is closed by a date and never removed; which one a case stands in was read from the land itself. The question
-- locked one row of the area for all who report in it at the same time.
alter table casefile drop constraint casefile_realm_area_id_fkey;
