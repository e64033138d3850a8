-- What belongs to no area (accounts, people, keys, standards, devices) is filed under number 0, which lies in nobody's
-- interval. Whoever audits the realm reads it; nobody else does.
create policy auditor_reads on entry for select to jingwei_app using (
  realm = (select jw_realm()) and scope_no = 0 and not confidential
  and (select exists (select 1 from post p where p.realm = (select jw_realm()) and p.role = 'auditor'
                      and p.id = any (coalesce((select jw_grantees()), '{}')))));
