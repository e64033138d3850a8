-- A sticker's number that was typed clearly somewhere else is kept, and does not count.
alter table patrol_tick drop constraint patrol_verdict_known;
alter table patrol_tick add constraint patrol_verdict_known
  check (verdict in ('counted', 'outside', 'vague', 'leap', 'wrong_code', 'elsewhere', 'by_word', 'not_then', 'too_late'));

-- Within how many metres one was there before, and until when, oldest first: a place stays what it is when that changes.
alter table patrol_place add column earlier jsonb not null default '[]';
