import { idOf } from '../seeds/small/plan.ts';
import { readCampaign } from '../src/domains/work/campaigns/index.ts';
import { machineClock } from '../src/kernel/clock.ts';
import { bySession } from '../src/kernel/entrance.ts';
import { transact } from '../src/kernel/transaction.ts';
import { type Bench, type BenchRoom, median } from './frame.ts';

const TARGETS = 100_000;
const ROUNDS = 7;
const campaignId = '0197f3a2-5c1e-7b44-9d2a-000000000001';

/** The page of a campaign that reaches a whole county, against the bare sum over the same rows without rights. */
export const coverage: Bench = {
  name: 'coverage',
  claim: `the coverage of ${TARGETS} people by grid, with what was asked, takes at most four times the bare sums`,
  async run(room) {
    await fill(room);
    const token = await room.tokenOf('hejing');
    const seen = async (): Promise<void> => {
      const now = machineClock.now();
      const { counts } = await transact(room.runtime, bySession(1, token, now), (ctx) => readCampaign(ctx, campaignId));
      if (counts.targets !== TARGETS || counts.left !== TARGETS / 2) throw new Error(JSON.stringify(counts));
    };
    const [product, ceiling]: [number[], number[]] = [[], []];
    await seen();
    await room.asSuperuser(async (client) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        product.push(await timed(seen));
        ceiling.push(
          await timed(async () => {
            await client.query(`select scope_no, count(*), count(*) filter (where done_round >= 1) from campaign_target
              where campaign_id = '${campaignId}' group by scope_no`);
            await client.query(`select sum(v.asked), sum(v.known) from campaign_target t
              join visit v on v.realm = t.realm and v.target_id = t.id where t.campaign_id = '${campaignId}'`);
          }),
        );
      }
    });
    const [ours, bare] = [median(product), median(ceiling)];
    return [
      {
        ...{ name: 'coverage of a county', ratio: bare / ours, goal: '≥ 0.25', pass: bare / ours >= 0.25 },
        product: `${ours.toFixed(0)} ms (bar 1,000 ms)`,
        ceiling: `the bare sums ${bare.toFixed(0)} ms`,
      },
    ];
  },
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Half of them visited. Nothing of a person is read for the counts. */
async function fill(room: BenchRoom): Promise<void> {
  room.say(`filling ${TARGETS.toLocaleString('en')} targets …`);
  const [person, area] = [idOf(1, 'person', 'hejing'), idOf(1, 'area', 'station')];
  await room.asSuperuser(async (client) => {
    await client.query(
      `insert into form (realm, id, version, title, questions, person_id, made_at) values (1, $1, 1, '入户', '[{"name":"q1","ask":"健康状况","widget":"text","required":false}]', $2, now())`,
      [campaignId, person],
    );
    await client.query(
      `insert into campaign (realm, id, title, purpose, area_id, scope_no, ledger, choice, form_id, form_version, rounds, round_since, due_on, stage, person_id, opened_at)
       select 1, $1, '入户', '入户', id, no, 'residents', '[]', $1, 1, 1, now(), '2030-01-01', 'open', $3, now() from area where realm = 1 and id = $2`,
      [campaignId, area, person],
    );
    await client.query(
      `with grids as (select id, no, row_number() over (order by no) - 1 as i, count(*) over () as n from area where realm = 1 and level = 'grid' and no between
           (select no from area where id = $3) and (select last_no from area where id = $3))
       insert into campaign_target (realm, id, campaign_id, record_id, area_id, scope_no, done_round, result, changed_at)
       select 1, gen_random_uuid(), $1, gen_random_uuid(), g.id, g.no, x % 2, case when x % 2 = 1 then 'done' end, now()
       from generate_series(1, $2::int) x join grids g on g.i = (x / 2) % g.n`,
      [campaignId, TARGETS, area],
    );
    await client.query(
      `insert into visit (realm, id, target_id, round, result, person_id, visited_at, recorded_at, late, form_version, asked, known)
       select 1, gen_random_uuid(), id, 1, 'done', $1, now(), now(), false, 1, 2, 3 from campaign_target where done_round = 1`,
      [person],
    );
    await client.query('vacuum analyze');
  });
}
