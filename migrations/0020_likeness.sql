-- Most residents choose a grid and give no point: what else of that area may be the same matter is looked up by area.
create index casefile_in_area on casefile (realm, area_id, reported_at desc);

-- Whoever reported said that it is the same matter as an earlier one, and wants to hear of that.
alter table casefile add column joined boolean not null default false;
