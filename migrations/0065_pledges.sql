-- A pledge (承诺书) has articles; bodies, villages and people who work here sign it, and somebody else says later what was kept.

create table pledge (
  realm smallint not null,
  id uuid not null,
  title text not null,
  -- one text each, as everybody signs them
  articles jsonb not null,
  area_id uuid not null,
  scope_no integer not null,
  sign_by date,
  person_id uuid not null,
  post_id uuid not null,
  opened_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, area_id) references area,
  foreign key (realm, person_id) references person,
  foreign key (realm, post_id) references post
);
create index pledge_in_scope on pledge (realm, scope_no, opened_at desc);

create table pledge_signature (
  realm smallint not null,
  id uuid not null,
  pledge_id uuid not null,
  signer_kind text not null constraint pledge_signature_signer_kind_known check (signer_kind in ('body', 'post', 'person')),
  signer_id uuid not null,
  area_id uuid not null,
  scope_no integer not null,
  status text not null constraint pledge_signature_status_known check (status in ('asked', 'signed', 'redeemed')),
  -- who signed with their own name; or who wrote down that a paper was signed, and the day on the paper
  signed_by uuid,
  paper_on date,
  signed_at timestamptz,
  -- article by article: true where it was kept
  kept jsonb,
  redeemed_by uuid,
  redeemed_at timestamptz,
  primary key (realm, id),
  foreign key (realm, pledge_id) references pledge,
  foreign key (realm, area_id) references area,
  constraint pledge_signature_once unique (realm, pledge_id, signer_kind, signer_id),
  constraint pledge_signature_signed_by_somebody check ((status = 'asked') = (signed_by is null)),
  constraint pledge_signature_redeemed_by_another check ((status = 'redeemed') = (redeemed_by is not null) and redeemed_by is distinct from signer_id)
);
create index pledge_signature_in_scope on pledge_signature (realm, scope_no, id);

do $$
declare
  t text;
  granted constant text := 'exists (select 1 from access_grant g where g.realm = %1$I.realm and g.record_id = %1$I.id and g.grantee = any (coalesce((select jw_grantees()), ''{}'')))';
begin
  foreach t in array array['pledge', 'pledge_signature'] loop
    call protect(t::regclass, format('realm = (select jw_realm()) and ((select jw_ranges()) @> scope_no or ' || granted || ')', t),
      'realm = (select jw_realm()) and (select jw_account()) is not null', 'select, insert, update');
    execute format('grant select, insert, update on %I to jingwei_system', t);
  end loop;
end $$;

call follows_land('pledge', 'id', 'true', 'null::double precision', 'null::double precision');
call follows_land('pledge_signature', 'id', 't.status <> ''redeemed''', 'null::double precision', 'null::double precision');
