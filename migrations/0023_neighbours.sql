-- Bodies that have a platform of their own: where it is reached by Open311, and what was sent to it.

create table neighbour (
  realm smallint not null,
  body_id uuid not null,
  url text not null,
  jurisdiction text,
  -- sealed by the deployment's key
  api_key bytea,
  format text not null constraint neighbour_format_known check (format in ('json', 'xml')),
  -- [{"of": a condition, type or major class of ours, or "*"; "serviceCode"; "attributes"}]
  services jsonb not null,
  -- why the reporter's contact goes along; null: it stays here
  contact_purpose text,
  enabled boolean not null,
  -- whether it speaks the updates extension; null until it was asked
  speaks_updates boolean,
  changed_at timestamptz not null,
  primary key (realm, body_id),
  foreign key (realm, body_id) references body
);

-- One dispatch to such a body, or one call to a joint handling.
create table neighbour_sending (
  realm smallint not null,
  -- follows from the entry by which the body was given the case
  id uuid not null,
  casefile_id uuid not null,
  body_id uuid not null,
  number text not null,
  round smallint not null,
  joint boolean not null,
  -- posting: on its way now; unsure: it may have arrived, although no answer came; token: taken, their number is to come;
  -- following: they have it under a number; closed: they say it is done; ended: the case is no longer with the body
  state text not null constraint neighbour_sending_state_known check (state in ('waiting', 'posting', 'unsure', 'token', 'following', 'closed', 'ended', 'withheld', 'failed')),
  request_id text,
  token text,
  -- when it first may have left the house
  left_at timestamptz,
  -- how often its turn has come, ever; faults one after another; asked without hearing anything new
  turns integer not null default 0,
  faults smallint not null default 0,
  quiet smallint not null default 0,
  next_at timestamptz,
  fault text,
  -- hashes of what was heard: of status and notes, and of each update
  heard text,
  seen text[] not null default '{}',
  made_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, casefile_id) references casefile
);
create index neighbour_sending_due on neighbour_sending (realm, next_at) where next_at is not null;
create index neighbour_sending_of_case on neighbour_sending (realm, casefile_id);
create index neighbour_sending_by_state on neighbour_sending (realm, state, changed_at desc);

-- Whoever reads the case sees what became of it; an administrator sees what failed, and nothing of the case.
call protect('neighbour', 'realm = (select jw_realm()) and (select jw_administers())', 'realm = (select jw_realm()) and (select jw_administers())', 'select, insert, update');
call protect('neighbour_sending',
  'realm = (select jw_realm()) and ((select jw_administers()) or exists (select 1 from casefile c where c.realm = neighbour_sending.realm and c.id = neighbour_sending.casefile_id))',
  'realm = (select jw_realm()) and (select jw_administers())', 'select, update');
grant select, insert, update on neighbour to jingwei_system;
grant select, insert, update on neighbour_sending to jingwei_system;
