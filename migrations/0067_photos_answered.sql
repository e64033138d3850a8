-- By which hashes the photos are known that a visit answered with: the visit comes first, its photos follow, and meanwhile
-- it says how many are still on their way.
alter table visit add column photos text[] not null default '{}';
alter table visit alter column photos drop default;
