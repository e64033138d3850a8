-- Most residents choose a grid and give no point: what else of that area may be the same matter is looked up by area.
create index casefile_in_area on casefile (realm, area_id, reported_at desc);
