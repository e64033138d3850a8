-- Finding cases by what was said, and by a box on the map.

create extension if not exists btree_gin;

-- Every two characters that stand side by side: Chinese is written without spaces, and whoever searches knows a piece of
-- a word. Small letters, full and half width alike. Written as a loop: it runs with every change of a row, and must not
-- be planned each time.
create function jw_grams(t text) returns text[] language plpgsql immutable parallel safe as $$
declare
  plain constant text := lower(normalize(t, nfkc));
  grams text[] := '{}';
begin
  for i in 1 .. coalesce(length(plain), 0) - 1 loop
    grams := grams || substr(plain, i, 2);
  end loop;
  return grams;
end $$;
-- Of a case itself, few: its place, its number and the end of it, its type. What was said stands in the reports.
create function jw_case_grams(number text, place_words text, type_code text) returns text[] language plpgsql immutable parallel safe as $$
begin
  return public.jw_grams(place_words) || array['n:' || number, 's:' || split_part(number, '-', 2), 't:' || coalesce(type_code, '')];
end $$;

-- New rows wait in a list that every search reads through, and are sorted in when it is full: kept short.
-- Of the columns themselves, so that what is sealed, moved or forgotten is out of the index with the row's own change.
create index casefile_words on casefile using gin (realm, jw_case_grams(number, place_words, type_code)) with (gin_pending_list_limit = 512);
create index report_words on report using gin (realm, jw_grams(words)) with (gin_pending_list_limit = 512);

-- For the map: all that its squares count, and that the policies ask, so that rows need not be opened for it.
create index casefile_on_map on casefile (realm, cell, scope_no) include (id, confidential, status)
  where merged_into is null;

-- Row security lets no index by words be used: their operators might tell of rows on the way. This function may, for its
-- owner sees all rows, and gives back only ids of what the caller reads anyhow: by the areas and grants of the
-- transaction, never of an argument. No area and no grant, no rows.
grant select (realm, id, number, place_words, type_code, scope_no, confidential, changed_at, cell, status, merged_into) on casefile to jingwei_searcher;
create policy searcher_reads on casefile for select to jingwei_searcher using (true);
grant select (realm, casefile_id, words) on report to jingwei_searcher;
create policy searcher_reads on report for select to jingwei_searcher using (true);
grant select (realm, record_id, grantee, record_kind) on access_grant to jingwei_searcher;
create policy searcher_reads on access_grant for select to jingwei_searcher using (realm = (select jw_realm()));

-- terms: all of them in one text; tokens: any of them. The newest change first, after (p_before, p_before_id) if given.
create function search_casefiles(p_terms text[], p_tokens text[], p_before timestamptz, p_before_id uuid, p_most integer)
returns table (id uuid, changed_at timestamptz) language sql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
  with asked as materialized (
    select array(select lower(normalize(t, nfkc)) from unnest(p_terms) t) as terms,
           array(select distinct g from unnest(p_terms) t, unnest(jw_grams(t)) g) as grams),
  found as materialized (
    select c.id from casefile c
    where c.realm = (select jw_realm()) and cardinality((select grams from asked)) > 0
      and jw_case_grams(c.number, c.place_words, c.type_code) @> (select grams from asked)
      and not exists (select 1 from unnest((select terms from asked)) t
        where strpos(lower(normalize(c.place_words, nfkc)), t) = 0)
    union
    select r.casefile_id from report r
    where r.realm = (select jw_realm()) and cardinality((select grams from asked)) > 0
      and jw_grams(r.words) @> (select grams from asked)
      and not exists (select 1 from unnest((select terms from asked)) t where strpos(lower(normalize(r.words, nfkc)), t) = 0)
    union
    select c.id from casefile c
    where c.realm = (select jw_realm()) and cardinality(p_tokens) > 0
      and jw_case_grams(c.number, c.place_words, c.type_code) && p_tokens)
  select c.id, c.changed_at from found f join casefile c on c.realm = (select jw_realm()) and c.id = f.id
  where ((not c.confidential and (select jw_ranges()) @> c.scope_no)
      or exists (select 1 from access_grant g where g.realm = c.realm and g.record_id = c.id
        and g.grantee = any (coalesce((select jw_grantees()), '{}'))))
    and (p_before is null or (c.changed_at, c.id) < (p_before, p_before_id))
  order by c.changed_at desc, c.id desc limit p_most
$$;
-- How many cases lie in squares of so many cells a side. Planned once for a session instead of once for a question, which
-- is most of the work for a box of a few hundred cases. Scope as above: what lies in my areas, and what was granted to
-- me and does not.
create function count_in_cells(p_cells integer[], p_side integer, p_open boolean)
returns table (square_row integer, square_column integer, cases integer, waiting integer) language plpgsql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  r constant smallint := jw_realm();
  mine constant int4multirange := jw_ranges();
  me constant uuid[] := jw_grantees();
begin
  return query
  select c.cell / 36000 / p_side, c.cell % 36000 / p_side, count(*)::integer,
    (count(*) filter (where c.status not in ('closed', 'evaluated', 'declined')))::integer
  from (
    select a.cell, a.status from casefile a
    where a.realm = r and a.cell = any (p_cells) and a.merged_into is null and not a.confidential and mine @> a.scope_no
    union all
    select b.cell, b.status from (select distinct g.record_id from access_grant g
      where g.realm = r and g.grantee = any (me) and g.record_kind = 'casefile') g
    join casefile b on b.realm = r and b.id = g.record_id
    where b.cell = any (p_cells) and b.merged_into is null and (b.confidential or not mine @> b.scope_no)) c
  where not p_open or c.status not in ('evaluated', 'declined')
  group by 1, 2 order by 1, 2;
end $$;
revoke all on function count_in_cells(integer[], integer, boolean) from public;
grant execute on function count_in_cells(integer[], integer, boolean) to jingwei_app;
revoke all on function search_casefiles(text[], text[], timestamptz, uuid, integer) from public;
grant execute on function search_casefiles(text[], text[], timestamptz, uuid, integer) to jingwei_app;
grant create on schema public to jingwei_searcher;
alter function search_casefiles(text[], text[], timestamptz, uuid, integer) owner to jingwei_searcher;
alter function count_in_cells(integer[], integer, boolean) owner to jingwei_searcher;
revoke create on schema public from jingwei_searcher;
