-- What filling in costs people: how many cells of a superior's workbook were filled, and the visits of one person over time.

-- null: a ledger was taken out, or a file from before this was counted
alter table ledger_export add column cells integer;
create index visit_of_person on visit (realm, person_id, visited_at, id);
create index ledger_export_of_person on ledger_export (realm, person_id, made_at, id);
