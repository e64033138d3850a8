-- A passage that was written down wrongly is taken back, with a reason: it counts no more, and stays to be seen.
alter table checkpoint_passage
  add column taken_back_at timestamptz,
  add column taken_back_by uuid,
  add column taken_back_why text,
  add foreign key (realm, taken_back_by) references person,
  add constraint checkpoint_taken_back_by_somebody
    check ((taken_back_at is null) = (taken_back_by is null) and (taken_back_at is null) = (taken_back_why is null));

-- Nothing else of what was written down can be changed.
grant update (taken_back_at, taken_back_by, taken_back_why) on checkpoint_passage to jingwei_app;
create policy app_changes on checkpoint_passage for update to jingwei_app
  using (realm = (select jw_realm()) and exists (
    select 1 from checkpoint c where c.realm = checkpoint_passage.realm and c.id = checkpoint_passage.checkpoint_id))
  with check (realm = (select jw_realm()) and exists (
    select 1 from checkpoint c where c.realm = checkpoint_passage.realm and c.id = checkpoint_passage.checkpoint_id));
