-- Whether a list leaves out those of whom all that is asked is known and fresh already.
alter table campaign add column only_lacking boolean not null default false;
