-- By which sign-in a device was last heard of, so that revoking the device ends it. No reference: sessions that ended go
-- in time.
alter table device add column session_id uuid;
