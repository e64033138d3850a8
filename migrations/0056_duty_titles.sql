-- A duty on a record that is no case says in a few words what it is about, so that a list of duties needs no look at every kind
-- of record. It names a thing or a place, never a person.
alter table obligation add column title text;
