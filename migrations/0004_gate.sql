-- The gate: the only way from a session token to a scope. The functions belong to a role that cannot sign in and that
-- sees just the tables named here; the app may call them, nobody else.

do $$
declare t text;
begin
  foreach t in array array['session', 'account', 'person', 'holding', 'post', 'area', 'api_key', 'cache_version'] loop
    execute format('grant select on %I to jingwei_gate', t);
    execute format('create policy gate_reads on %I for select to jingwei_gate using (true)', t);
  end loop;
end $$;
grant update (seen_at) on session to jingwei_gate;
create policy gate_marks_seen on session for update to jingwei_gate using (true) with check (true);

create function cache_versions(p_realm smallint) returns jsonb language sql stable
  security definer set search_path = pg_catalog, public, pg_temp
  as $$ select coalesce(jsonb_object_agg(name, version), '{}') from cache_version where realm = p_realm $$;

-- Opens a transaction for whoever holds the token: sets realm, areas, grantees and account, and says who it is and what
-- posts they hold. A token that is unknown, ended, expired or unused for too long gives null and a transaction that
-- sees nothing of anybody. Every request passes here, also in a county that was filled a minute ago and of which the
-- planner knows nothing yet: `lateral … limit 1` leaves it no other way than from the one to its parts by key.
create function enter_session(p_realm smallint, p_token bytea, p_at timestamptz) returns jsonb language plpgsql volatile
  security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  who record;
  seats jsonb;
  ranges int4multirange;
  grantees uuid[];
  administers boolean;
begin
  perform set_config('jw.realm', p_realm::text, true);
  select s.id, s.account_id, s.seen_at, a.person_id, a.must_change_password, a.is_demo, p.name
    into who
    from session s
    cross join lateral (select * from account a where a.realm = s.realm and a.id = s.account_id limit 1) a
    cross join lateral (select * from person p where p.realm = a.realm and p.id = a.person_id limit 1) p
    where s.realm = p_realm and s.token_hash = p_token and s.ended_at is null and s.expires_at > p_at
      and s.seen_at > p_at - s.idle_hours * interval '1 hour' and a.closed_at is null;
  if not found then return null; end if;

  select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'role', t.role, 'areaId', t.area_id, 'bodyId', t.body_id, 'readsArea', t.reads_area,
                                               'from', r.no, 'to', r.last_no) order by t.role, t.id), '[]'),
         coalesce(range_agg(int4range(r.no, r.last_no, '[]')) filter (where t.reads_area and r.no is not null), '{}'),
         coalesce(array_agg(t.id), '{}') || coalesce(array_agg(distinct t.body_id) filter (where t.body_id is not null), '{}'),
         coalesce(bool_or(t.role = 'admin'), false)
    into seats, ranges, grantees, administers
    from holding h
    cross join lateral (select * from post t where t.realm = h.realm and t.id = h.post_id and t.mode = 'normal' and t.closed_on is null limit 1) t
    left join lateral (select * from area r where r.realm = t.realm and r.id = t.area_id limit 1) r on true
    where h.realm = p_realm and h.person_id = who.person_id and h.held @> p_at;

  perform set_config('jw.account', who.account_id::text, true),
          set_config('jw.person', who.person_id::text, true),
          set_config('jw.ranges', ranges::text, true),
          set_config('jw.grantees', (grantees || who.person_id)::text, true),
          set_config('jw.administers', administers::text, true);
  if who.seen_at < p_at - interval '1 minute' then
    update session set seen_at = p_at where realm = p_realm and id = who.id;
  end if;
  return jsonb_build_object('sessionId', who.id, 'accountId', who.account_id, 'personId', who.person_id, 'name', who.name,
    'mustChangePassword', who.must_change_password, 'isDemo', who.is_demo, 'posts', seats);
end $$;

create function enter_api_key(p_realm smallint, p_key bytea) returns jsonb language plpgsql volatile
  security definer set search_path = pg_catalog, public, pg_temp as $$
declare who record;
begin
  perform set_config('jw.realm', p_realm::text, true);
  select id, name, scopes into who from api_key where realm = p_realm and key_hash = p_key and ended_at is null;
  if not found then return null; end if;
  perform set_config('jw.grantees', array[who.id]::text, true);
  return jsonb_build_object('id', who.id, 'name', who.name, 'scopes', who.scopes);
end $$;

-- What signing in has to know before anybody is signed in.
create function account_to_sign_in(p_realm smallint, p_login text) returns jsonb language sql stable
  security definer set search_path = pg_catalog, public, pg_temp as $$
  select jsonb_build_object('id', id, 'passwordHash', password_hash, 'secondFactor', encode(second_factor, 'base64'),
                            'mustChangePassword', must_change_password, 'isDemo', is_demo)
  from account where realm = p_realm and login = p_login and closed_at is null
$$;

-- A code of the second factor counts once: the step it belongs to is noted.
grant update (second_factor_step) on account to jingwei_gate;
create policy gate_notes_step on account for update to jingwei_gate using (true) with check (true);
create function use_second_factor_step(p_realm smallint, p_account uuid, p_step bigint) returns boolean language plpgsql volatile
  security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update account set second_factor_step = p_step where realm = p_realm and id = p_account and second_factor_step < p_step;
  return found;
end $$;

-- Taking a function over asks for CREATE on the schema, for that moment.
grant create on schema public to jingwei_gate;
do $$
declare f text;
begin
  foreach f in array array['cache_versions(smallint)', 'enter_session(smallint, bytea, timestamptz)', 'enter_api_key(smallint, bytea)',
                           'account_to_sign_in(smallint, text)', 'use_second_factor_step(smallint, uuid, bigint)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jingwei_app', f);
    execute format('alter function %s owner to jingwei_gate', f);
  end loop;
end $$;
revoke create on schema public from jingwei_gate;
grant execute on function cache_versions(smallint) to jingwei_system, jingwei_keeper;
