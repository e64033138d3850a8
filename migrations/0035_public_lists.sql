-- What anybody may ask for is read from an index: one grid's matters, or the county's, what moved last first.
create index public_case_of_area on public_case (realm, area_id, status, updated_at desc);
create index public_case_moved on public_case (realm, status, updated_at desc, id desc);
