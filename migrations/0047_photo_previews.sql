-- What shows a photo before the photo itself has come over a thin link: small, sealed under the key the photo will be
-- sealed under, and gone in the transaction that takes the photo in. Never public.
create table photo_preview (
  realm smallint not null,
  id uuid not null,
  casefile_id uuid not null,
  stage text not null constraint photo_preview_stage_known check (stage in ('report', 'measure', 'visit', 'before', 'after', 'check')),
  -- of the photo that is on its way
  sha256 bytea not null,
  key_id uuid not null,
  sealed bytea not null,
  added_by uuid,
  added_at timestamptz not null,
  primary key (realm, id),
  foreign key (realm, casefile_id) references casefile,
  constraint photo_preview_same_once unique (realm, casefile_id, stage, sha256)
);
create index photo_preview_by_age on photo_preview (realm, added_at);

call protect('photo_preview', 'realm = (select jw_realm()) and exists (select 1 from casefile c where c.realm = photo_preview.realm and c.id = photo_preview.casefile_id)',
  'realm = (select jw_realm()) and (select jw_account()) is not null', 'select, insert, delete');
grant select, insert, delete on photo_preview to jingwei_system;
