-- What somebody has typed of a notice before its items are sent: theirs alone, until it is sent or thrown away.
create table directive_draft (
  realm smallint not null,
  id uuid not null,
  person_id uuid not null,
  title text not null,
  -- the form as it was typed, by field
  typed jsonb not null,
  -- counts up with every saving: who started from an older one is told
  version integer not null,
  begun_at timestamptz not null,
  saved_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, person_id) references person
);
create index directive_draft_of_person on directive_draft (realm, person_id, saved_at desc);

do $$
declare
  own constant text := 'realm = (select jw_realm()) and person_id = (select jw_person())';
begin
  call protect('directive_draft', own, own, 'select, insert, update, delete');
  grant select, insert, update, delete on directive_draft to jingwei_system;
end $$;
