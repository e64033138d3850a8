import type { Client } from 'pg';
import { Problem } from '../problem.ts';
import { type DatabaseAccess, functionRoles, loginRoles, roleName } from './access.ts';
import { databaseProblems } from './problems.ts';

/**
 * Creates the roles (they belong to the whole server, not to one database) and gives the login roles their passwords.
 * Runs as the owner, who needs CREATEROLE for it the first time.
 */
export async function prepareRoles(owner: Client, access: DatabaseAccess): Promise<void> {
  // Two databases of one server may be prepared at once (tests do): roles are shared between them.
  await owner.query('select pg_advisory_lock(782341)');
  try {
    for (const role of loginRoles) {
      const { user, password } = access.as[role];
      await createRole(owner, roleName(role), 'login');
      if (user === roleName(role)) await setPassword(owner, roleName(role), String(password));
      else await owner.query(`grant ${roleName(role)} to ${owner.escapeIdentifier(String(user))}`);
    }
    for (const role of functionRoles) await createRole(owner, roleName(role), 'nologin');
    // The owner hands tables and functions over to them, for which it must be a member.
    for (const role of [...functionRoles, 'jobs'] as const)
      await owner.query(`grant ${roleName(role)} to current_user`);
    await owner.query(
      `do $$ begin execute format('revoke all on database %I from public', current_database()); execute format('grant connect on database %I to ${loginRoles.map(roleName).join(', ')}', current_database()); end $$`,
    );
  } finally {
    await owner.query('select pg_advisory_unlock(782341)');
  }
}

async function createRole(owner: Client, name: string, login: 'login' | 'nologin'): Promise<void> {
  const found = await owner.query('select 1 from pg_roles where rolname = $1', [name]);
  if (found.rowCount === 0)
    await owner.query(`create role ${name} ${login} nosuperuser nobypassrls nocreatedb nocreaterole`);
}

async function setPassword(owner: Client, name: string, password: string): Promise<void> {
  await owner.query(`alter role ${name} login password ${owner.escapeLiteral(password)}`);
}

/** Row security does nothing for a superuser, a BYPASSRLS role or a table's owner: such a role never serves. */
export async function refuseMightyRole(client: Pick<Client, 'query'>): Promise<void> {
  const { rows } = await client.query<{ name: string; mighty: boolean; owns: boolean }>(`
    select current_user as name, (r.rolsuper or r.rolbypassrls) as mighty,
           exists (select 1 from pg_class c where c.relname = 'entry' and c.relowner = r.oid) as owns
    from pg_roles r where r.rolname = current_user`);
  const [role] = rows;
  if (!role || role.mighty || role.owns) {
    throw new Problem(databaseProblems['database.role_too_mighty'], { role: role?.name ?? '?' });
  }
}
