-- A gate of an area is stood at by people of the areas below: they read it, its shifts and its log, and write down what happens there.
-- What it is and which rule holds is changed from where it lies and above, as before.
do $$
declare
  theirs constant text := 'realm = (select jw_realm()) and ((select jw_ranges()) @> scope_no or scope_no in (
    select a.no from area a
    where a.realm = (select jw_realm()) and a.closed_on is null and (select jw_homes()) && int4range(a.no, a.last_no, ''[]'')))';
begin
  execute format('alter policy app_reads on checkpoint using (%s)', theirs);
  -- Locking one row while a shift is taken up goes by this, too.
  execute format('alter policy app_changes on checkpoint using (%s)', theirs);
end $$;
