-- The entry of a sign-in names whose account it is: nobody is signed in yet while it is written.
create or replace function account_to_sign_in(p_realm smallint, p_login text) returns jsonb language sql stable
  security definer set search_path = pg_catalog, public, pg_temp as $$
  select jsonb_build_object('id', id, 'personId', person_id, 'passwordHash', password_hash,
                            'secondFactor', encode(second_factor, 'base64'),
                            'mustChangePassword', must_change_password, 'isDemo', is_demo)
  from account where realm = p_realm and login = p_login and closed_at is null
$$;
