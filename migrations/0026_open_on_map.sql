-- Tiles and lists of the map tell what is open: of years of cases a few, found without going through the others.
create index casefile_open_on_map on casefile (realm, cell, scope_no) include (id, confidential, status)
  where merged_into is null and status not in ('evaluated', 'declined');
