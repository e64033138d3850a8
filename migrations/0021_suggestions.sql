-- What past dispatches teach: which words speak for which kind of work, which kind and place for which body. No texts.

create table dispatch_model (
  realm smallint not null references realm,
  version integer not null,
  learned_at timestamptz not null,
  -- the dispatches it was learned from
  lessons integer not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- how it did on the newest of them, which it had not seen
  tried jsonb not null,
  learned jsonb not null,
  primary key (realm, version)
);

call protect('dispatch_model', 'realm = (select jw_realm()) and (select jw_account()) is not null', 'false', 'select');
grant select, insert, delete on dispatch_model to jingwei_system;
