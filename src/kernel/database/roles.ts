import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, DatabaseError } from 'pg';
import { Problem } from '../problem.ts';
import { type DatabaseAccess, functionRoles, loginRoles, roleName } from './access.ts';
import { databaseProblems } from './problems.ts';

/**
 * Creates the roles (they belong to the whole server, not to one database) and gives the login roles their passwords.
 * Runs as the owner, who needs CREATEROLE for it the first time.
 */
export async function prepareRoles(owner: Client, access: DatabaseAccess): Promise<void> {
  const run = (statement: string) => insist(() => owner.query(statement));
  for (const role of loginRoles) {
    const { user, password } = access.as[role];
    await createRole(owner, roleName(role), 'login');
    if (user === roleName(role))
      await run(`alter role ${roleName(role)} login password ${owner.escapeLiteral(String(password))}`);
    else await run(`grant ${roleName(role)} to ${owner.escapeIdentifier(String(user))}`);
  }
  for (const role of functionRoles) await createRole(owner, roleName(role), 'nologin');
  // The owner hands tables and functions over to them, for which it must be a member.
  for (const role of [...functionRoles, 'jobs'] as const) await run(`grant ${roleName(role)} to current_user`);
  await run(
    `do $$ begin execute format('revoke all on database %I from public', current_database()); execute format('grant connect on database %I to ${loginRoles.map(roleName).join(', ')}', current_database()); end $$`,
  );
}

const createRole = (owner: Client, name: string, login: 'login' | 'nologin'): Promise<void> =>
  insist(async () => {
    const found = await owner.query('select 1 from pg_roles where rolname = $1', [name]);
    if (found.rowCount === 0)
      await owner.query(`create role ${name} ${login} nosuperuser nobypassrls nocreatedb nocreaterole`);
  });

const ATTEMPTS = 100;

/**
 * Two databases of one server may be prepared at once, and roles are shared between them. No lock reaches across (an
 * advisory one belongs to one database): whoever is beaten tries again.
 */
async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !isBeaten(error)) throw error;
      await sleep(Math.min(attempt * 5, 50));
    }
  }
}

/** Somebody else changed the same role, or made it, in between: the server says so in these three ways, in its language. */
const isBeaten = (error: unknown): boolean =>
  error instanceof DatabaseError &&
  (error.code === '42710' || error.code === '23505' || error.routine === 'simple_heap_update');

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
