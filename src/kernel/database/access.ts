import type { ClientConfig } from 'pg';
import type { Keys } from '../keys.ts';

/**
 * Who signs in to the database. One forgotten SET ROLE must not open everything, so each kind of work signs in as
 * itself: `app` serves requests and owns nothing; `jobs` owns only the job tables; `system` gives positions, sweeps due
 * times and runs reactions, one realm a transaction; `keeper` backs up and verifies; `owner` migrates and is otherwise
 * not used.
 */
export const loginRoles = ['app', 'jobs', 'system', 'keeper'] as const;
export type LoginRole = (typeof loginRoles)[number];

export interface DatabaseAccess {
  readonly as: Readonly<Record<LoginRole, ClientConfig>>;
  /** Absent when this process was not given the owner: it cannot migrate. */
  readonly owner: ClientConfig | undefined;
  /** For people: where the database is, without secrets. */
  readonly label: string;
}

/** Own functions, and cannot sign in: each sees just the tables its functions are for. */
export const functionRoles = ['gate', 'warden', 'counter', 'surveyor', 'searcher'] as const;

export const roleName = (role: LoginRole | (typeof functionRoles)[number]): string => `jingwei_${role}`;

export interface Place {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

/** Access to a database in which the roles carry passwords made from our keys. */
export function accessAt(place: Place, keys: Keys, owner: ClientConfig | undefined, label: string): DatabaseAccess {
  const as = (role: LoginRole): ClientConfig => ({
    ...place,
    user: roleName(role),
    password: keys.databasePassword(roleName(role)),
    application_name: roleName(role),
  });
  return { as: { app: as('app'), jobs: as('jobs'), system: as('system'), keeper: as('keeper') }, owner, label };
}

/** Access to a server of the deployment's own: `url` names place and, if it has a user, the plain role of requests. */
export function accessByUrl(url: string, ownerUrl: string | undefined, keys: Keys): DatabaseAccess {
  const { hostname, port, pathname, searchParams, username, password } = new URL(url);
  const place = {
    host: searchParams.get('host') ?? decodeURIComponent(hostname),
    port: Number(port || 5432),
    database: decodeURIComponent(pathname.slice(1)) || 'jingwei',
  };
  const owner = ownerUrl === undefined ? undefined : { connectionString: ownerUrl };
  const made = accessAt(place, keys, owner, `${place.host}:${place.port}/${place.database}`);
  if (!username) return made;
  const plain = { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  return { ...made, as: { ...made.as, app: { ...made.as.app, ...plain } } };
}
