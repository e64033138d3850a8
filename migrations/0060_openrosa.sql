-- What clients of OpenRosa (ODK Collect) sent in: which submission of which form became which visit. The answers are the visit's.

create table openrosa_submission (
  realm smallint not null,
  id uuid not null,
  campaign_id uuid not null,
  -- as the client calls it; the same name is the same submission
  instance_id text not null,
  target_id uuid not null,
  visit_id uuid not null,
  -- the submission that this one corrects
  corrects uuid,
  received_at timestamptz not null,
  primary key (realm, id),
  constraint openrosa_instance_once unique (realm, campaign_id, instance_id),
  -- only what nobody corrected yet can be corrected
  constraint openrosa_corrected_once unique (realm, corrects),
  foreign key (realm, target_id) references campaign_target,
  foreign key (realm, visit_id) references visit,
  foreign key (realm, corrects) references openrosa_submission
);
create index openrosa_submission_of_target on openrosa_submission (realm, target_id);
create index openrosa_submission_of_visit on openrosa_submission (realm, visit_id);

do $$
declare
  of_target constant text := 'realm = (select jw_realm()) and exists (select 1 from campaign_target t where t.realm = openrosa_submission.realm and t.id = openrosa_submission.target_id)';
begin
  call protect('openrosa_submission', of_target, of_target, 'select, insert');
  grant select, insert, update, delete on openrosa_submission to jingwei_system;
end $$;
