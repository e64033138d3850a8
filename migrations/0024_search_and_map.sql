-- Finding cases by what was said, and by a box on the map.

create extension if not exists btree_gin;

-- Every two characters that stand side by side: Chinese is written without spaces, and whoever searches knows a piece of
-- a word. Small letters, full and half width alike.
create function jw_grams(t text) returns text[] language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct g), '{}')
  from (select c || lead(c) over (order by o) as g from unnest(string_to_array(lower(normalize(t, nfkc)), null)) with ordinality as u (c, o)) s
  where g is not null
$$;
-- Of a case itself: its place, the beginning of what was said, its number and the end of it, its type.
create function jw_case_grams(number text, place_words text, summary text, type_code text) returns text[] language sql immutable parallel safe as $$
  select public.jw_grams(concat(place_words, e'\n', summary)) || array['n:' || number, 's:' || split_part(number, '-', 2), 't:' || coalesce(type_code, '')]
$$;

-- Of the columns themselves, so that what is sealed, moved or forgotten is out of the index with the row's own change.
create index casefile_words on casefile using gin (realm, jw_case_grams(number, place_words, summary, type_code));
create index report_words on report using gin (realm, jw_grams(words));

-- What is not yet over, for the map.
create index casefile_open_in_cell on casefile (realm, cell, scope_no)
  where status not in ('evaluated', 'declined') and merged_into is null;

-- Row security lets no index by words be used: their operators might tell of rows on the way. This function may, for its
-- owner sees all rows, and gives back only ids of what the caller reads anyhow: by the areas and grants of the
-- transaction, never of an argument. No area and no grant, no rows.
grant select (realm, id, number, place_words, summary, type_code, scope_no, confidential, changed_at) on casefile to jingwei_searcher;
create policy searcher_reads on casefile for select to jingwei_searcher using (true);
grant select (realm, casefile_id, words) on report to jingwei_searcher;
create policy searcher_reads on report for select to jingwei_searcher using (true);
grant select (realm, record_id, grantee) on access_grant to jingwei_searcher;
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
      and jw_case_grams(c.number, c.place_words, c.summary, c.type_code) @> (select grams from asked)
      and not exists (select 1 from unnest((select terms from asked)) t
        where strpos(lower(normalize(concat(c.place_words, e'\n', c.summary), nfkc)), t) = 0)
    union
    select r.casefile_id from report r
    where r.realm = (select jw_realm()) and cardinality((select grams from asked)) > 0
      and jw_grams(r.words) @> (select grams from asked)
      and not exists (select 1 from unnest((select terms from asked)) t where strpos(lower(normalize(r.words, nfkc)), t) = 0)
    union
    select c.id from casefile c
    where c.realm = (select jw_realm()) and cardinality(p_tokens) > 0
      and jw_case_grams(c.number, c.place_words, c.summary, c.type_code) && p_tokens)
  select c.id, c.changed_at from found f join casefile c on c.realm = (select jw_realm()) and c.id = f.id
  where ((not c.confidential and (select jw_ranges()) @> c.scope_no)
      or exists (select 1 from access_grant g where g.realm = c.realm and g.record_id = c.id
        and g.grantee = any (coalesce((select jw_grantees()), '{}'))))
    and (p_before is null or (c.changed_at, c.id) < (p_before, p_before_id))
  order by c.changed_at desc, c.id desc limit p_most
$$;
revoke all on function search_casefiles(text[], text[], timestamptz, uuid, integer) from public;
grant execute on function search_casefiles(text[], text[], timestamptz, uuid, integer) to jingwei_app;
grant create on schema public to jingwei_searcher;
alter function search_casefiles(text[], text[], timestamptz, uuid, integer) owner to jingwei_searcher;
revoke create on schema public from jingwei_searcher;
