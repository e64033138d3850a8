-- An address that sends more than its share is not refused: what comes above it is kept, marked, and waits apart until a
-- desk has looked at it.
alter table casefile add column unverified boolean not null default false;
-- Few at any time; an inbox asks which of its duties are on one of them.
create index casefile_unverified on casefile (realm, id) where unverified;
