-- A photo belongs to a record of any kind that takes photos, not to cases alone. Whoever reads the record sees its photo
-- and nobody else: the policy asks the record, and the policy of the record answers.
alter table photo drop constraint photo_realm_casefile_id_fkey;
alter table photo rename column casefile_id to record_id;
alter table photo add column record_kind text not null default 'casefile'
  constraint photo_of_what_takes_photos check (record_kind in ('casefile', 'hazard', 'campaign_target'));
alter table photo alter column record_kind drop default;
alter table photo drop constraint photo_stage_known;
alter table photo add constraint photo_stage_known
  check (stage in ('report', 'measure', 'visit', 'before', 'after', 'check', 'answer'));
alter table photo add constraint photo_of_a_report_is_of_a_case check (report_id is null or record_kind = 'casefile');

do $$
declare
  of_record constant text := 'realm = (select jw_realm()) and case record_kind
    when ''casefile'' then exists (select 1 from casefile r where r.realm = photo.realm and r.id = photo.record_id)
    when ''hazard'' then exists (select 1 from hazard r where r.realm = photo.realm and r.id = photo.record_id)
    when ''campaign_target'' then exists (select 1 from campaign_target r where r.realm = photo.realm and r.id = photo.record_id)
    else false end';
begin
  execute format('alter policy app_reads on photo using (%s)', of_record);
  execute format('alter policy app_changes on photo using (%s)', of_record);
  -- Of a record that whoever adds it cannot read, they add no photo either.
  execute format('alter policy app_adds on photo with check (%s)', of_record);
end $$;
