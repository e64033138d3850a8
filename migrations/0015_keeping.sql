-- A backup holds where the sequences stand. Those made later are readable too.
grant select on all sequences in schema public to jingwei_keeper;
alter default privileges in schema public grant select on sequences to jingwei_keeper;
