import { beforeAll, describe, expect, it } from 'vitest';
import { placed, scoped } from '../src/kernel/scoped.ts';
import { type TableEntry, tables } from '../src/kernel/tables.ts';
import { asApp, DENIED, insertText, type Settings, strewRows, TANGLED } from './architecture/made_up.ts';
import { openCounty } from './harness.ts';

/** The migrated database against the register of tables: keys for Citus, locks for everybody, doors by name. */
const county = await openCounty();
const register: Readonly<Record<string, TableEntry>> = tables;

/** What anybody may read who is in the realm at all, signed in or not, and why. */
const realmWide = {
  area: 'land is no secret',
  area_version: 'names and borders are no secret',
  area_former_number: 'which numbers areas bore is no secret',
  area_heir: 'what became of an area is no secret',
  area_cut: 'which land went from one area to another is no secret',
  figure_node: 'for which numbers there are sums: numbers only',
  body: 'which offices there are is no secret',
  post: 'which seats there are is no secret; who sits on them is',
  calendar: 'working days are no secret',
  standard: 'what is a case and how long it may take is public',
  case_type: 'belongs to the standard',
  filing_condition: 'belongs to the standard',
  responsibility_rule: 'which office answers for what is public',
  public_case: 'what the public may know of a case, and nothing else, stands in it',
  realm: 'name and time zone of the county',
  cache_version: 'numbers only',
  entry_position: 'anyone may check the journal: positions and hashes, no content',
  seal: 'anyone may check the journal',
  journal_head: 'anyone may check the journal',
  turned_confidential: 'ids only: entries of what is not here are read by area',
  data_key: 'keys are wrapped by the deployment’s key, which is not in the database',
  sign_in_delay: 'is asked before anybody is signed in: hashes and counts',
} as const;

/** What a transaction of nobody in particular may write, because a resident reports without signing in. */
const anyoneAdds = [
  ...['casefile', 'report', 'obligation', 'data_key', 'command', 'entry', 'entry_pending'],
  // writing to the people of a grid
  'area_message',
  // signing in
  ...['session', 'sign_in_delay'],
];
const anyoneChanges = ['sign_in_delay'];
const anyoneRemoves: string[] = [];

/** What the database itself says; an empty list is what most rules want. */
const names = async (query: string, values: unknown[] = []): Promise<string[]> =>
  (await county.sql<{ name: string }>(query, values)).map((row) => row.name);

const ours = `(select c.oid, c.relname, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'kysely_migration%')`;
const realmOf = (table: string): string =>
  `(select attnum from pg_attribute where attrelid = ${table} and attname = 'realm')`;
const logins = `('jingwei_app', 'jingwei_system', 'jingwei_jobs', 'jingwei_keeper')`;

describe('登记册', () => {
  it('每张表都在登记册里，登记册里没有多余的', async () => {
    expect(await names(`select relname::text as name from ${ours} t order by 1`)).toEqual(Object.keys(tables).sort());
  });

  it('每一条都写明保存多久', () => {
    expect(Object.entries(register).filter(([, { keep }]) => keep.length < 8)).toEqual([]);
  });
});

describe('跟着区域走的表', () => {
  it('每张带 scope_no 的表都登记在 kernel/scoped.ts，流水除外：它写下就不改', async () => {
    const carrying =
      await names(`select t.relname::text as name from ${ours} t join pg_attribute a on a.attrelid = t.oid
      where a.attname = 'scope_no' order by 1`);
    expect(carrying.filter((table) => table !== 'entry')).toEqual([...scoped].sort());
  });
});

describe('按 realm 分布', () => {
  it('每张表都有 realm smallint not null', async () => {
    const lacking = await names(`select relname as name from ${ours} t where not exists (select from pg_attribute a
      where a.attrelid = t.oid and a.attname = 'realm' and a.atttypid = 'smallint'::regtype and a.attnotnull)`);
    expect(lacking).toEqual([]);
  });

  it('主键、唯一约束、排他约束和每个索引都以 realm 开头', async () => {
    const wrong =
      await names(`select i.indexrelid::regclass::text as name from pg_index i join ${ours} t on t.oid = i.indrelid
      where i.indkey[0] is distinct from ${realmOf('t.oid')}`);
    expect(wrong).toEqual([]);
  });

  it('排他约束对 realm 用等号', async () => {
    const wrong = await names(`select k.conname as name from pg_constraint k join ${ours} t on t.oid = k.conrelid
      where k.contype = 'x' and k.conexclop[1] is distinct from '=(int2,int2)'::regoperator`);
    expect(wrong).toEqual([]);
  });

  it('外键两边都以 realm 开头', async () => {
    const wrong = await names(`select k.conname as name from pg_constraint k join ${ours} t on t.oid = k.conrelid
      where k.contype = 'f' and (k.conkey[1] <> ${realmOf('k.conrelid')} or k.confkey[1] <> ${realmOf('k.confrelid')})`);
    expect(wrong).toEqual([]);
  });

  it('引用表的外键只指向引用表：Citus 不接受别的', async () => {
    const links = await county.sql<{ name: string; here: string; there: string }>(`
      select k.conname as name, k.conrelid::regclass::text as here, k.confrelid::regclass::text as there
      from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace`);
    const classOf = (table: string): string | undefined => register[table]?.class;
    const wrong = links.filter(({ here, there }) => classOf(here) === 'reference' && classOf(there) !== 'reference');
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('没有触发器、规则和继承：Citus 的分布表不认', async () => {
    const triggers = `select tgname as name from pg_trigger g join ${ours} t on t.oid = g.tgrelid where not tgisinternal`;
    const rewrites = `select rulename as name from pg_rewrite r join ${ours} t on t.oid = r.ev_class`;
    const children = `select inhrelid::regclass::text as name from pg_inherits`;
    expect(await names(`${triggers} union all ${rewrites} union all ${children}`)).toEqual([]);
  });
});

describe('行级权限', () => {
  it('每张表都启用并强制行级权限', async () => {
    const open = `select relname as name from ${ours} t where not (relrowsecurity and relforcerowsecurity)`;
    expect(await names(open)).toEqual([]);
  });

  it('每张表都有给 jingwei_app 的规则，每条都限定 realm', async () => {
    const policies = await county.sql<{ name: string; says: string }>(`
      select tablename as name, concat(qual, ' ', with_check) as says from pg_policies
      where schemaname = 'public' and 'jingwei_app' = any (roles)`);
    const bound = /realm = \( SELECT jw_realm\(\)/;
    expect(policies.filter(({ says }) => says.trim() !== 'false' && !bound.test(says))).toEqual([]);
    expect(Object.keys(tables).filter((table) => !policies.some(({ name }) => name === table))).toEqual([]);
  });

  it('没有给所有人的规则；不限 realm 的只有点名的几条', async () => {
    const wide =
      await names(`select concat_ws(' ', tablename, policyname, array_to_string(roles, ',')) as name from pg_policies
      where schemaname = 'public' and (qual = 'true' or with_check = 'true' or 'public' = any (roles)) order by 1`);
    const keeper = Object.keys(tables).map((table) => `${table} keeper_reads jingwei_keeper`);
    const gate = [
      'account',
      'activation',
      'api_key',
      'area',
      'area_former_number',
      'cache_version',
      'holding',
      'person',
      'post',
      'session',
    ];
    expect(wide).toEqual(
      [
        ...keeper,
        ...gate.map((table) => `${table} gate_reads jingwei_gate`),
        'account gate_notes_step jingwei_gate',
        'activation gate_uses jingwei_gate',
        'realm system_lists jingwei_system',
        'session gate_marks_seen jingwei_gate',
        ...['casefile', 'report'].map((table) => `${table} searcher_reads jingwei_searcher`),
        'access_grant warden_dates jingwei_warden',
        'access_grant warden_sees jingwei_warden',
      ].sort(),
    );
  });
});

describe('角色', () => {
  it('登录角色不是超级用户，不绕过行级权限，不能建角色和库', async () => {
    const mighty = `select rolname as name from pg_roles where rolname in ${logins}
      and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`;
    expect(await names(`select rolname as name from pg_roles where rolname in ${logins}`)).toHaveLength(4);
    expect(await names(mighty)).toEqual([]);
  });

  it('登录角色不是任何别的角色的成员', async () => {
    const member = `select roleid::regrole::text as name from pg_auth_members where member::regrole::text in ${logins}`;
    expect(await names(member)).toEqual([]);
  });

  it('登录角色不拥有任何表;jobs 只拥有 graphile_worker 的', async () => {
    const owned = `select c.relowner::regrole || ' ' || c.relnamespace::regnamespace as name from pg_class c
      where c.relowner::regrole::text in ${logins} and c.relnamespace <> 'pg_toast'::regnamespace group by 1`;
    expect(await names(owned)).toEqual(['jingwei_jobs graphile_worker']);
  });

  it('登录角色和 gate 不能在任何模式里建东西，也不能在库里建模式', async () => {
    const roles = `pg_roles r where r.rolname in ${logins} or r.rolname = 'jingwei_gate'`;
    const schemas = `select r.rolname || ' ' || n.nspname as name from pg_namespace n, ${roles}`;
    const create = `select * from (${schemas}) s where has_schema_privilege(split_part(name, ' ', 1), split_part(name, ' ', 2), 'create')`;
    expect(await names(`${create} and name <> 'jingwei_jobs graphile_worker'`)).toEqual([]);
    const inDatabase = `select rolname as name from ${roles}`;
    const may = `select * from (${inDatabase}) r where has_database_privilege(name, current_database(), 'create')`;
    expect(await names(may)).toEqual([]);
  });

  it('流水、位置、封印谁也不能改、不能删', async () => {
    const may = await names(`select r.rolname || ' ' || t.relname as name from ${ours} t, pg_roles r
      where t.relname in ('entry', 'entry_position', 'seal') and (r.rolname in ${logins} or r.rolname = 'jingwei_gate')
        and (has_table_privilege(r.oid, t.oid, 'delete') or has_any_column_privilege(r.oid, t.oid, 'update'))`);
    expect(may).toEqual([]);
  });

  it('除了所有者，谁也不能清空表、加触发器、建外键', async () => {
    const may = await names(`select t.relname || ' ' || a.grantee::regrole || ' ' || a.privilege_type as name
      from ${ours} t, aclexplode(t.relacl) a
      where a.grantee <> t.relowner and a.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')`);
    expect(may).toEqual([]);
  });

  it('PUBLIC 在任何表上都没有权限', async () => {
    const may = `select t.relname || ' ' || a.privilege_type as name from ${ours} t, aclexplode(t.relacl) a where a.grantee = 0`;
    expect(await names(may)).toEqual([]);
  });
});

describe('SECURITY DEFINER 函数', () => {
  const definers = {
    account_to_sign_in: 'jingwei_gate',
    activation_by_token: 'jingwei_gate',
    cache_versions: 'jingwei_gate',
    drop_grant: 'jingwei_warden',
    date_grants: 'jingwei_warden',
    has_copies: 'jingwei_warden',
    move_record: 'jingwei_warden',
    figure_case_rows: 'jingwei_counter',
    figure_cells: 'jingwei_counter',
    figure_duty_rows: 'jingwei_counter',
    figure_filed_mine: 'jingwei_counter',
    figure_fold: 'jingwei_counter',
    figure_forget: 'jingwei_counter',
    figure_let_go: 'jingwei_counter',
    figure_past_cases: 'jingwei_counter',
    figure_past_duties: 'jingwei_counter',
    figure_portions: 'jingwei_counter',
    figure_recount: 'jingwei_counter',
    enter_api_key: 'jingwei_gate',
    enter_session: 'jingwei_gate',
    jobs_failed: 'jingwei_jobs',
    jobs_settle: 'jingwei_jobs',
    jobs_waiting: 'jingwei_jobs',
    queue_jobs: 'jingwei_jobs',
    use_activation: 'jingwei_gate',
    search_casefiles: 'jingwei_searcher',
    count_by_standard: 'jingwei_searcher',
    count_in_cells: 'jingwei_searcher',
    use_second_factor_step: 'jingwei_gate',
    clocks_on: 'jingwei_surveyor',
    duties_on: 'jingwei_surveyor',
    hand_over_duties: 'jingwei_surveyor',
    duties_to_pass: 'jingwei_surveyor',
    pass_duty: 'jingwei_surveyor',
    circles_of: 'jingwei_surveyor',
    ...Object.fromEntries(
      scoped.flatMap((table) => [`follow_${table}`, `weigh_${table}`].map((name) => [name, 'jingwei_surveyor'])),
    ),
    ...Object.fromEntries(placed.map((table) => [`share_${table}`, 'jingwei_surveyor'])),
  };
  const functions = (): Promise<
    { name: string; owner: string; logs_in: boolean; path: string | null; body: string }[]
  > =>
    county.sql(`select p.proname as name, r.rolname as owner, r.rolcanlogin as logs_in, p.prosrc as body,
        (select option_value from pg_options_to_table(p.proconfig) where option_name = 'search_path') as path
      from pg_proc p join pg_roles r on r.oid = p.proowner where p.prosecdef order by 1`);

  it('只有点名的这些，各归各的所有者', async () => {
    const found = await functions();
    expect(Object.fromEntries(found.map(({ name, owner }) => [name, owner]))).toEqual(definers);
    expect(found).toHaveLength(Object.keys(definers).length);
  });

  it('所有者不能登录（后台任务的几个除外：队列的表归 jobs）', async () => {
    const found = (await functions()).filter(({ logs_in, owner }) => logs_in && owner !== 'jingwei_jobs');
    expect(found.map(({ name }) => name)).toEqual([]);
  });

  it('搜索路径是钉死的,pg_temp 在最后', async () => {
    const found = (await functions()).filter(({ path }) => !/^pg_catalog, (public, )?pg_temp$/.test(path ?? ''));
    expect(found.map(({ name }) => name)).toEqual([]);
  });

  it('没有拼出来的 SQL', async () => {
    const found = (await functions()).filter(({ body }) => /\bexecute\b/i.test(body));
    expect(found.map(({ name }) => name)).toEqual([]);
  });

  it('PUBLIC 不能调用；能调用的只有点名的角色', async () => {
    const grants =
      await names(`select p.proname || ' ' || case a.grantee when 0 then 'public' else a.grantee::regrole::text end as name
      from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      where p.prosecdef and a.grantee <> p.proowner order by 1`);
    // Sums are kept by sweeps and the operator alone.
    const notByApp = [
      'queue_jobs',
      'figure_fold',
      'figure_forget',
      'figure_let_go',
      'figure_portions',
      'figure_recount',
    ];
    const byApp = Object.keys(definers).filter((name) => !notByApp.includes(name));
    const others = [
      'date_grants jingwei_system',
      'has_copies jingwei_system',
      'move_record jingwei_system',
      'cache_versions jingwei_system',
      'duties_on jingwei_system',
      'hand_over_duties jingwei_system',
      'duties_to_pass jingwei_system',
      'pass_duty jingwei_system',
      'circles_of jingwei_system',
      'figure_case_rows jingwei_system',
      'figure_cells jingwei_system',
      'figure_duty_rows jingwei_system',
      'figure_filed_mine jingwei_system',
      'figure_fold jingwei_system',
      'figure_forget jingwei_system',
      'figure_let_go jingwei_system',
      'figure_past_cases jingwei_system',
      'figure_past_duties jingwei_system',
      'figure_portions jingwei_system',
      'figure_recount jingwei_system',
      'cache_versions jingwei_keeper',
      'queue_jobs jingwei_system',
      ...scoped.flatMap((table) => [`follow_${table} jingwei_system`, `weigh_${table} jingwei_system`]),
      ...placed.map((table) => `share_${table} jingwei_system`),
    ];
    expect(grants).toEqual([...byApp.map((name) => `${name} jingwei_app`), ...others].sort());
  });
});

describe('以 jingwei_app 登录看得见、写得进什么', () => {
  const all = Object.keys(tables);
  beforeAll(() => strewRows(county));

  /** Tables of which somebody with these settings sees rows for which `condition` holds. */
  const seen = (settings: Settings, condition = 'true'): Promise<string[]> =>
    asApp(county, settings, async (attempt) => {
      const found: string[] = [];
      for (const table of all) {
        const outcome = await attempt(`select from ${table} where ${condition} limit 1`);
        if (outcome !== 0 && outcome !== DENIED) found.push(table);
      }
      return found.sort();
    });

  it('每张表里两个 realm 都有行可看', async () => {
    for (const table of all)
      expect(await county.sql(`select distinct realm from ${table} where realm in (1, 2)`), table).toHaveLength(2);
  });

  it('什么都没有设定：一行也看不见', async () => {
    expect(await seen({})).toEqual([]);
  });

  it('只设定 realm:只看得见点名的几张表', async () => {
    expect(await seen({ realm: '1' })).toEqual(Object.keys(realmWide).sort());
  });

  it('只设定 realm:公开的公告看得见，不公开的看不见', async () => {
    await county.sql(`update notice set public = true where realm = 1`);
    expect(await seen({ realm: '1' })).toContain('notice');
    await county.sql(`update notice set public = false where realm = 1`);
  });

  it('在自己的 realm 里什么都可以：别的 realm 一行也看不见', async () => {
    expect(await seen(await everythingIn(1), 'realm <> 1')).toEqual([]);
  });

  it('在自己的 realm 里什么都可以：别的 realm 一行也写不进', async () => {
    const rows = await Promise.all(all.map((table) => insertText(county, table, 2)));
    const outcomes = await asApp(county, await everythingIn(1), async (attempt) => {
      const written: string[] = [];
      for (const text of rows) if ((await attempt(text)) !== DENIED) written.push(text);
      return written;
    });
    expect(outcomes).toEqual([]);
  });

  it('自己 realm 的行挪不到别的 realm，别的 realm 的行改不动、删不掉', async () => {
    const wrong = await asApp(county, await everythingIn(1), async (attempt) => {
      const done: string[] = [];
      for (const table of all)
        for (const text of [`update ${table} set realm = 2`, `delete from ${table} where realm <> 1`]) {
          const outcome = await attempt(text);
          if (outcome !== 0 && outcome !== DENIED && outcome !== TANGLED) done.push(text);
        }
      return done;
    });
    expect(wrong).toEqual([]);
  });

  it('规则不自相缠绕：每张表上每种语句都有个说法', async () => {
    const tangled = await asApp(county, { realm: '1' }, async (attempt) => {
      const statements = all.flatMap((table) => [
        `select from ${table} limit 1`,
        `update ${table} set realm = realm where false`,
        `delete from ${table} where false`,
      ]);
      const found: string[] = [];
      for (const text of statements) if ((await attempt(text)) === TANGLED) found.push(text);
      return found;
    });
    expect(tangled).toEqual([]);
  });

  it('只设定 realm:写得进、改得动、删得掉的也只有点名的几张表', async () => {
    const rows = await Promise.all(all.map((table) => insertText(county, table, 1)));
    const touched = (statement: (table: string, index: number) => string): Promise<string[]> =>
      asApp(county, { realm: '1' }, async (attempt) => {
        const found: string[] = [];
        for (const [index, table] of all.entries()) {
          // Refused by another rule, such as a foreign key, is let through by the policy.
          const outcome = await attempt(statement(table, index));
          if (outcome !== 0 && outcome !== DENIED && outcome !== TANGLED) found.push(table);
        }
        return found.sort();
      });
    expect(await touched((_, index) => rows[index] ?? '')).toEqual([...anyoneAdds].sort());
    expect(await touched((table) => `update ${table} set realm = realm`)).toEqual([...anyoneChanges].sort());
    expect(await touched((table) => `delete from ${table}`)).toEqual([...anyoneRemoves].sort());
  });

  /** Every area, every administrator's right, and whatever anybody of any realm was granted. */
  async function everythingIn(realm: number): Promise<Settings> {
    const [granted] = await county.sql<{ ids: string; account: string }>(`
      select array(select grantee from access_grant union select grantee from report union select owed_by from obligation
                   union select to_id from message)::text as ids,
             (select id from account where realm <> ${realm} limit 1)::text as account`);
    return {
      realm: String(realm),
      ranges: '{(,)}',
      grantees: granted?.ids ?? '{}',
      account: granted?.account ?? '',
      administers: 'on',
    };
  }
});
