import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding } from './frame.ts';
import { type Program, verify } from './program.ts';

/** Without anything getting on: what a process that was killed had taken is free again after a minute. */
const PATIENCE_MS = 100_000;

/** What must be there after all that was done to it. */
export interface Expected {
  /** Cases whose report was acknowledged. */
  readonly kept: readonly string[];
  /** Rows of files that were taken in. */
  readonly imported: number;
}

export async function judge(program: Program, expected: Expected, tell: (finding: Finding) => void): Promise<void> {
  const { lost, twice } = await compare(program, expected.kept);
  tell({
    what: 'every acknowledged report is there, none twice',
    acknowledged: expected.kept.length,
    lost,
    twice,
    pass: expected.kept.length > 0 && lost + twice === 0,
  });
  const { left, seconds } = await untilSettled(program);
  const pending = Object.values(left).reduce((sum, n) => sum + n, 0);
  tell({ what: 'nothing without position, no job or lease left, nothing due', ...left, seconds, pass: pending === 0 });
  const told = await reactions(program);
  tell({
    what: 'every report was answered once',
    ...told,
    pass: told.reports > 0 && told.untold + told.toldTwice === 0,
  });
  const climbed = await deadlines(program);
  tell({
    what: 'every clock climbed its rung once',
    ...climbed,
    pass: climbed.clocks >= expected.kept.length && climbed.unlike === 0,
  });
  const rows = await imports(program);
  tell({
    what: 'every row of a file is one case',
    ...rows,
    pass: rows.rows === expected.imported && rows.cases === expected.imported,
  });
  const { code, says } = await verify(program);
  tell({ what: 'the journal agrees', says, pass: code === 0 });
}

async function compare(program: Program, kept: readonly string[]): Promise<{ lost: number; twice: number }> {
  return one(
    program,
    `select count(*) filter (where n = 0)::int as lost, count(*) filter (where n > 1)::int as twice from (
       select k.id, count(e.id) as n from unnest($1::uuid[]) as k (id)
       left join casefile c on c.realm = 1 and c.id = k.id
       left join entry e on e.realm = 1 and e.record_id = c.id and e.kind = 'casefile.reported' group by k.id) t`,
    [kept],
  );
}

export const lostOf = async (program: Program, kept: readonly string[]): Promise<number> =>
  (await compare(program, kept)).lost;

type Left = Readonly<Record<'pending' | 'jobs' | 'leases' | 'due', number>>;

/** What is only slow gets on; what does not is stuck. */
async function untilSettled(program: Program): Promise<{ left: Left; seconds: number }> {
  const start = performance.now();
  let [least, since] = [Number.POSITIVE_INFINITY, start];
  for (;;) {
    const left = await one<Left>(
      program,
      `select (select count(*)::int from entry_pending) as pending,
              (select count(*)::int from graphile_worker._private_jobs) as jobs,
              (select count(*)::int from graphile_worker._private_job_queues where locked_at is not null) as leases,
              (select count(*)::int from obligation where state = 'running' and next_rung_at <= now() + interval '5 seconds') as due`,
    );
    const sum = Object.values(left).reduce((all, n) => all + n, 0);
    if (sum < least) [least, since] = [sum, performance.now()];
    if (sum === 0 || performance.now() - since > PATIENCE_MS)
      return { left, seconds: Math.round((performance.now() - start) / 1000) };
    await sleep(500);
  }
}

/** What follows from a report: whoever sent it is told that it came. */
const reactions = (program: Program): Promise<Record<'reports' | 'untold' | 'toldTwice', number>> =>
  one(
    program,
    `select count(*)::int as reports, count(*) filter (where n = 0)::int as untold, count(*) filter (where n > 1)::int as "toldTwice"
     from (select e.id, count(m.id) as n from entry e
           left join message m on m.realm = e.realm and m.record_id = e.record_id and m.text_code = 'casefile.received'
           where e.realm = 1 and e.kind = 'casefile.reported' group by e.id) t`,
  );

const deadlines = (program: Program): Promise<Record<'clocks' | 'unlike', number>> =>
  one(
    program,
    `select count(*)::int as clocks, count(*) filter (where rungs <> 1 or rung <> 1)::int as unlike
     from (select o.id, o.rung, count(e.id) as rungs from obligation o
           left join entry e on e.realm = o.realm and e.record_id = o.record_id and e.kind = 'obligation.climbed'
             and e.body -> 'duties' -> 0 ->> 'id' = o.id::text
           where o.realm = 1 and jsonb_array_length(o.ladder) > 0 group by o.id, o.rung) t`,
  );

const imports = (program: Program): Promise<Record<'rows' | 'cases', number>> =>
  one(
    program,
    `select (select count(distinct key)::int from imported_row where realm = 1) as rows,
            (select count(*)::int from casefile where realm = 1 and imported) as cases`,
  );

async function one<T extends object>(program: Program, text: string, values: unknown[] = []): Promise<T> {
  const [row] = await program.sql<T>(text, values);
  if (!row) throw new Error('the database says nothing');
  return row;
}
