-- How often an item of a notice was returned, also where it is not returned now.
alter table directive_item add column returns integer not null default 0 constraint directive_item_returns_counted check (returns >= 0);
alter table directive_item no force row level security;
alter table entry no force row level security;
update directive_item i set returns = greatest(case when i.returned then 1 else 0 end,
  (select count(*) from entry e where e.realm = i.realm and e.record_id = i.id and e.kind = 'directive_item.returned'));
alter table entry force row level security;
alter table directive_item force row level security;

-- Until when a pledge holds: before that it is not said what was kept, unless somebody says why.
alter table pledge add column due_on date;
-- The post that said last what was kept: it, or one above, may correct it.
alter table pledge_signature add column redeemed_post uuid;
alter table pledge_signature no force row level security;
alter table entry no force row level security;
update pledge_signature s set redeemed_post = (select e.post_id from entry e
  where e.realm = s.realm and e.record_id = s.id and e.kind = 'pledge_signature.redeemed' limit 1) where s.status = 'redeemed';
alter table entry force row level security;
alter table pledge_signature force row level security;

-- Whoever must put a hazard right says that it is not theirs, or asks for more time: somebody has to answer.
alter table hazard add column objected boolean not null default false;
