import { deliveryFaults } from '../../domains/work/casefiles/heard.model.ts';
import { asSystem } from '../../kernel/entrance.ts';
import type { Id } from '../../kernel/id.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Runtime } from '../../kernel/runtime.ts';
import { transact } from '../../kernel/transaction.ts';
import type { Words } from '../../kernel/words.ts';
import { askServices } from './georeport.outside.ts';
import { doorOf } from './neighbour.commands.ts';
import { neighbourProblems } from './neighbour.model.ts';
import { neighboursAmong } from './neighbour.queries.ts';

interface Checked {
  readonly services: number;
  /** Codes that were set and that they do not offer. */
  readonly missing: readonly string[];
  readonly fault: string | null;
  readonly says: readonly Words[];
}

/** Whether a neighbour can be reached as it was set, before the first case is sent to it. */
export async function checkNeighbour(runtime: Runtime, realm: number, bodyId: Id): Promise<Checked> {
  const { door, set } = await transact(runtime, asSystem(realm, 'operator'), async (ctx) => {
    const [neighbour] = await neighboursAmong(ctx, [bodyId]);
    if (!neighbour) throw new Problem(neighbourProblems['neighbour.no_such_body']);
    return { door: doorOf(ctx, neighbour), set: neighbour.services.map(({ serviceCode }) => serviceCode) };
  });
  const reply = await askServices(runtime.outside, door);
  if (reply.kind !== 'rows')
    return { services: 0, missing: [], fault: reply.fault, says: [deliveryFaults[reply.fault]] };
  const offered = new Set(reply.rows.map((row) => row.service_code));
  const missing = [...new Set(set)].filter((code) => !offered.has(code));
  const says = missing.map((code) => ({ zh: `对方没有服务代码 ${code}`, en: `They do not offer the service ${code}` }));
  const all = {
    zh: `对方有 ${offered.size} 种服务，写明的代码都在。`,
    en: `They offer ${offered.size} services; all codes are there.`,
  };
  return { services: offered.size, missing, fault: null, says: missing.length === 0 ? [all] : says };
}
