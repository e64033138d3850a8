-- Of two who were said to be two, somebody who keeps both may say that it was a mistake.
grant delete on ledger_apart to jingwei_app;
create policy app_removes on ledger_apart for delete to jingwei_app
  using (realm = (select jw_realm()) and
    (select count(*) from ledger_record r where r.realm = ledger_apart.realm and r.id in (ledger_apart.one_id, ledger_apart.other_id)) = 2);
