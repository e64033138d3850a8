-- Temporary organisations: a body that was raised for a purpose and a term, perhaps under another such, and stood down.
alter table body add column purpose text;
alter table body add column temporary_until date;
alter table body add column above_id uuid;
alter table body add foreign key (realm, above_id) references body;
alter table body add constraint body_temporary_says_why check ((purpose is null) = (temporary_until is null));
