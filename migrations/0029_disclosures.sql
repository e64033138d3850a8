-- What a reporter said and photographed, and a desk has released to the public. Sealed under the reporter's key: whoever
-- asks to be forgotten takes it along. Seen only while the case itself is public.
alter table casefile add column disclosed boolean not null default false;

create table disclosure (
  realm smallint not null,
  casefile_id uuid not null,
  report_id uuid not null,
  key_id uuid not null,
  sealed bytea not null,
  disclosed_at timestamptz not null,
  primary key (realm, casefile_id),
  foreign key (realm, casefile_id) references casefile,
  foreign key (realm, report_id) references report
);

-- Where the bytes of a released photo lie; the photo itself stays with the case.
create table disclosed_photo (
  realm smallint not null,
  photo_id uuid not null,
  casefile_id uuid not null,
  stage text not null,
  file text not null,
  key_id uuid not null,
  sha256 bytea not null,
  primary key (realm, photo_id),
  foreign key (realm, casefile_id) references casefile,
  foreign key (realm, photo_id) references photo
);
create index disclosed_photo_of_case on disclosed_photo (realm, casefile_id);

do $$
declare
  t text;
  -- Whoever may read the case sees what of it is released; the public, while the case is public and not confidential.
  public_now constant text := 'exists (select 1 from public_case p where p.realm = %1$s.realm and p.id = %1$s.casefile_id)';
  of_mine constant text := 'exists (select 1 from casefile c where c.realm = %1$s.realm and c.id = %1$s.casefile_id)';
  ours constant text := 'realm = (select jw_realm()) and cardinality((select jw_grantees())) > 0 and ';
begin
  foreach t in array array['disclosure', 'disclosed_photo'] loop
    call protect(t::regclass, format('realm = (select jw_realm()) and (' || public_now || ' or ' || of_mine || ')', t),
      format(ours || of_mine, t), 'select, insert');
    execute format('grant delete on %I to jingwei_app', t);
    execute format('create policy app_removes on %I for delete to jingwei_app using (%s)', t, format(ours || of_mine, t));
    execute format('grant select, insert, delete on %I to jingwei_system', t);
  end loop;
end $$;
