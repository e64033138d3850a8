-- Staff from a table: what a body and a person are known by when the table comes again, and slips with which somebody
-- sets their own first password.

alter table body add column code text;
alter table body add constraint body_code_taken unique (realm, code);

-- Made from the phone with a key, so that the same person is found again without reading anybody's number.
alter table person add column phone_mark bytea;
create unique index person_known_already on person (realm, phone_mark, name) where phone_mark is not null;

-- One slip: who holds its token sets the password of the account, once, before it expires. Only a hash is kept.
create table activation (
  realm smallint not null,
  id uuid not null,
  account_id uuid not null,
  token_hash bytea not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  -- another slip was issued in its place
  voided_at timestamptz,
  primary key (realm, id),
  foreign key (realm, account_id) references account,
  constraint activation_token_taken unique (realm, token_hash),
  constraint activation_ends_once check (num_nonnulls(used_at, voided_at) <= 1)
);
create index activation_of_account on activation (realm, account_id);
create unique index activation_one_open on activation (realm, account_id) where used_at is null and voided_at is null;

call protect('activation', 'realm = (select jw_realm()) and (select jw_administers())', 'false', 'select');
grant select, insert, update, delete on activation to jingwei_system;

-- Whoever holds a token is nobody yet: the gate looks for them, and lets them set the one password.
grant select, update (used_at) on activation to jingwei_gate;
grant update (password_hash, must_change_password) on account to jingwei_gate;
create policy gate_reads on activation for select to jingwei_gate using (true);
create policy gate_uses on activation for update to jingwei_gate using (true) with check (true);

create function activation_by_token(p_realm smallint, p_token bytea) returns jsonb language sql stable
  security definer set search_path = pg_catalog, public, pg_temp as $$
  select jsonb_build_object('accountId', a.id, 'login', a.login, 'name', p.name, 'expiresAt', v.expires_at,
                            'used', v.used_at is not null, 'voided', v.voided_at is not null or a.closed_at is not null)
  from activation v
  join account a on a.realm = v.realm and a.id = v.account_id
  join person p on p.realm = a.realm and p.id = a.person_id
  where v.realm = p_realm and v.token_hash = p_token
$$;

-- The account whose password is set now; null: the token is unknown, used, void or too old. Of two at once one wins.
create function use_activation(p_realm smallint, p_token bytea, p_password text, p_at timestamptz) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine uuid;
begin
  update activation v set used_at = p_at
    where v.realm = p_realm and v.token_hash = p_token and v.used_at is null and v.voided_at is null and v.expires_at > p_at
      and exists (select from account a where a.realm = v.realm and a.id = v.account_id and a.closed_at is null)
    returning v.account_id into mine;
  update account set password_hash = p_password, must_change_password = false where realm = p_realm and id = mine;
  return mine;
end $$;

grant create on schema public to jingwei_gate;
do $$
declare f text;
begin
  foreach f in array array['activation_by_token(smallint, bytea)', 'use_activation(smallint, bytea, text, timestamptz)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jingwei_app', f);
    execute format('alter function %s owner to jingwei_gate', f);
  end loop;
end $$;
revoke create on schema public from jingwei_gate;
