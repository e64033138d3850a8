import type { FastifyInstance } from 'fastify';
import { ledgerReaders } from '../../src/domains/land/registry/ledger.model.ts';
import type { County } from '../harness.ts';
import { type Ask, ask, changes, type Finding, finding, inTurn, matrixOf, type Told } from './asking.ts';
import { leaksIn } from './leaks.ts';
import { readsAt } from './oracle.ts';
import { differences } from './reading.ts';
import type { World } from './world.ts';

/** Tries every writing endpoint for every viewer and relation. */
export interface Writing {
  readonly asked: number;
  readonly findings: readonly Finding[];
  /** By endpoint, what those were told whom the endpoint names. */
  readonly statuses: ReadonlyMap<string, ReadonlySet<number>>;
}

export const mustBeRefused = ({ refusal, target }: Ask): boolean => refusal !== 0 || !target.readable;

/** `which` of them: those that must be refused run in earnest, the others where everything is undone. */
export async function writeEverything(
  world: World,
  app: FastifyInstance,
  which: (one: Ask) => boolean,
): Promise<Writing> {
  const asks = matrixOf(world, changes).filter(which);
  const answers = await inTurn(asks, (one) => ask(app, world, one));
  const all = asks.map((one, i) => [one, answers[i] as Told] as const);
  const statuses = new Map<string, Set<number>>();
  for (const [{ endpoint, refusal }, { status }] of all)
    if (refusal === 0) statuses.set(endpoint.name, (statuses.get(endpoint.name) ?? new Set()).add(status));
  const findings = [...all.flatMap(([one, told]) => judge(world, one, told)), ...differences(all)];
  return { asked: asks.length, findings, statuses };
}

function judge(world: World, one: Ask, { status, text, json }: Told): Finding[] {
  const { endpoint, target, viewer, refusal } = one;
  // Whoever just reported is given the code and the number of it.
  const sent = `${target.value} ${JSON.stringify((json as { number?: unknown })?.number ?? '')}`;
  const leaks = leaksIn(world, target.as, endpoint.name, text, sent).map((leak) => finding('泄露', one, leak));
  const says = (rule: string): Finding[] => [...leaks, finding(rule, one, `${status} ${text.slice(0, 300)}`)];
  if (status >= 500) return says('程序出错');
  if (refusal !== 0) return status === refusal ? leaks : says('岗位没挡住');
  if (!target.readable) return isRefusal(status, json) ? leaks : says('不该办的没有拒绝');
  if (isOwnWorld(one) && [401, 403, 404].includes(status) && !isExcused(world, one, json)) return says('该办的被拒绝');
  return viewer.realm === 1 || leaks.length > 0 ? leaks : [];
}

/** To note something twice is no fault, so noting answers how much it changed; nothing, for whatever is not there. */
const isRefusal = (status: number, json: unknown): boolean =>
  [401, 403, 404].includes(status) || ['{"read":0}', '{"ended":0}'].includes(JSON.stringify(json));

/** Forms name bodies, posts and people of the first county; to somebody of another they do not exist. */
const isOwnWorld = ({ viewer, target }: Ask): boolean => viewer.realm === 1 || target.value !== '';

/** Where reading is not enough: another's area, a wrong password or code. */
function isExcused(world: World, { endpoint, viewer, target }: Ask, json: unknown): boolean {
  // What the key has not sent is nothing to it.
  if (/^open311\.update_/.test(endpoint.name)) return true;
  // Whom a submission is about stands in it, not in the address; its own tests send it.
  if (endpoint.name === 'openrosa.submit') return true;
  const { code } = (json ?? {}) as { code?: string };
  if (
    code !== undefined &&
    ['account.wrong', 'account.wait', 'account.code_wrong', 'activation.unknown', 'track.unknown_code'].includes(code)
  )
    return true;
  // Who reads of an inspection notes nothing in it unless they go along, and draws from no ledger that they do not read.
  const inspection = world.hazards.inspections.find(({ id, target: place }) => [id, place].includes(target.value));
  if (code === 'inspection.not_yours') return !inspection?.members.some((id) => viewer.names.has(id));
  if (code === 'inspection.no_ledger')
    return !viewer.seats.some(([role]) => (ledgerReaders as readonly string[]).includes(role));
  const thing = world.things.get(target.value);
  const isMine = thing?.places.some((place) => readsAt(viewer, thing.realm, place)) ?? false;
  return endpoint.name === 'notice.withdraw' && code === 'notice.not_your_area' && !isMine;
}

/** Everything the database holds, table by table, but for what reading and signing in leave behind. */
export async function fingerprints(county: County): Promise<Map<string, string>> {
  const left = ['command', 'session', 'sign_in_delay'];
  const tables = await county.sql<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname = 'public' order by 1`,
  );
  const named = tables.map(({ name }) => name).filter((name) => !left.includes(name));
  const look = (name: string): string => {
    const notes = `from entry e where e.kind = 'casefile.read'`;
    const rows =
      name === 'entry'
        ? `(select * from entry where kind <> 'casefile.read')`
        : name === 'entry_pending'
          ? `(select p.* from entry_pending p where not exists (select 1 ${notes} and e.id = p.entry_id))`
          : name;
    return `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as rows from ${rows} t`;
  };
  const rows = await county.sql<{ name: string; rows: string }>(named.map(look).join(' union all '));
  return new Map(rows.map((row) => [row.name, row.rows]));
}
