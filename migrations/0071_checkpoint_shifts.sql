-- Who stands at a checkpoint and when, and what happens there: who passed, what was disinfected, what goods wait.

create table checkpoint_shift (
  realm smallint not null,
  id uuid not null,
  checkpoint_id uuid not null,
  -- without: somebody who has no account here, a guard of a property company
  person_id uuid,
  name text not null,
  side text not null constraint checkpoint_side_known check (side in ('community', 'village', 'property', 'body')),
  unit text,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  made_by uuid not null,
  -- signed by whoever comes, or for somebody without an account by whoever wrote it down
  taken_at timestamptz,
  taken_by uuid,
  open_words text,
  called_off_at timestamptz,
  primary key (realm, id),
  foreign key (realm, checkpoint_id) references checkpoint,
  foreign key (realm, person_id) references person,
  foreign key (realm, made_by) references person,
  foreign key (realm, taken_by) references person,
  constraint checkpoint_shift_ends_later check (ends_at > starts_at),
  constraint checkpoint_shift_taken_by_somebody check ((taken_at is null) = (taken_by is null))
);
create index checkpoint_shift_of on checkpoint_shift (realm, checkpoint_id, ends_at);

-- How many passed or were turned back; nothing of who they were.
create table checkpoint_passage (
  realm smallint not null,
  id uuid not null,
  checkpoint_id uuid not null,
  shift_id uuid not null,
  person_id uuid not null,
  mode text not null constraint checkpoint_passage_mode_known check (mode in ('normal', 'emergency')),
  traveller text not null constraint checkpoint_traveller_known check (traveller in ('people', 'vehicle', 'delivery')),
  passed boolean not null,
  count integer not null constraint checkpoint_passage_counts check (count between 1 and 999),
  reason text,
  made_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, checkpoint_id) references checkpoint,
  foreign key (realm, shift_id) references checkpoint_shift,
  foreign key (realm, person_id) references person,
  constraint checkpoint_refusal_has_reason check (passed or reason is not null)
);
create index checkpoint_passage_of on checkpoint_passage (realm, checkpoint_id, made_at);

-- What the rule asked of them, sealed, until the day that the rule said. The key goes with the last of a day.
create table checkpoint_written (
  realm smallint not null,
  id uuid not null,
  checkpoint_id uuid not null,
  sealed bytea not null,
  key_id uuid not null,
  keep_until date not null,
  primary key (realm, id),
  foreign key (realm, id) references checkpoint_passage,
  foreign key (realm, checkpoint_id) references checkpoint
);
create index checkpoint_written_kept on checkpoint_written (realm, keep_until);

create table checkpoint_cleaning (
  realm smallint not null,
  id uuid not null,
  checkpoint_id uuid not null,
  person_id uuid not null,
  made_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, checkpoint_id) references checkpoint,
  foreign key (realm, person_id) references person
);
create index checkpoint_cleaning_of on checkpoint_cleaning (realm, checkpoint_id, made_at);

-- Goods that wait at the gate (物资交接点): from whom and for which door is sealed, and forgotten some days after they are collected.
create table checkpoint_goods (
  realm smallint not null,
  id uuid not null,
  checkpoint_id uuid not null,
  sealed bytea,
  key_id uuid not null,
  taken_in_at timestamptz not null,
  taken_in_by uuid not null,
  handed_sealed bytea,
  handed_at timestamptz,
  handed_by uuid,
  keep_until date,
  primary key (realm, id),
  foreign key (realm, checkpoint_id) references checkpoint,
  foreign key (realm, taken_in_by) references person,
  foreign key (realm, handed_by) references person,
  constraint checkpoint_goods_handed_by_somebody
    check ((handed_at is null) = (handed_by is null) and (handed_at is null) = (keep_until is null))
);
create index checkpoint_goods_of on checkpoint_goods (realm, checkpoint_id, taken_in_at);
create index checkpoint_goods_kept on checkpoint_goods (realm, keep_until);

do $$
declare
  t text;
  of_it constant text := 'realm = (select jw_realm()) and exists (select 1 from checkpoint c where c.realm = %1$s.realm and c.id = %1$s.checkpoint_id)';
begin
  foreach t in array array['checkpoint_shift', 'checkpoint_goods'] loop
    call protect(t::regclass, format(of_it, t), format(of_it, t), 'select, insert, update');
  end loop;
  foreach t in array array['checkpoint_passage', 'checkpoint_written', 'checkpoint_cleaning'] loop
    call protect(t::regclass, format(of_it, t), format(of_it, t), 'select, insert');
  end loop;
  foreach t in array array['checkpoint_shift', 'checkpoint_passage', 'checkpoint_written', 'checkpoint_cleaning', 'checkpoint_goods'] loop
    execute format('grant select, insert, update, delete on %I to jingwei_system', t);
  end loop;
end $$;
