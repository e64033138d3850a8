import { idOf } from '../seeds/small/plan.ts';
import { searchCasefiles } from '../src/domains/work/finding/index.ts';
import { machineClock } from '../src/kernel/clock.ts';
import type { Ctx } from '../src/kernel/context.ts';
import { bySession } from '../src/kernel/entrance.ts';
import type { Runtime } from '../src/kernel/runtime.ts';
import { transact } from '../src/kernel/transaction.ts';
import { communityNo, fill, seat } from './crowd.ts';
import {
  type Bench,
  type BenchRoom,
  inTurns,
  type Line,
  manyCasefiles,
  median,
  ratePerSecond,
  spread,
} from './frame.ts';

/**
 * Two-character search over a million cases. The product asks the function as somebody signed in, whom row security
 * binds; the ceiling asks the same index in plain SQL as the superuser, with the interval written into the statement.
 * Both in the same kind of transaction.
 */
const CASEFILES = manyCasefiles(1_000_000);
const AT_ONCE = 2;
const SECONDS = 2;
const ROUNDS = 7;
/** Each stands in about a thousand cases, of which the viewer reads a quarter. */
const PIECES = CASEFILES / 1000;

export const search: Bench = {
  name: 'search',
  claim: 'search under row-level security reaches 0.50 of the plain index without it',
  async run(room) {
    room.say(`filling ${CASEFILES.toLocaleString('en')} casefiles …`);
    await fill(room, CASEFILES, [idOf(1, 'body', 'works')]);
    await giveWords(room);
    await seat(room, { login: 'one.town', areas: [[communityNo(3), communityNo(13) - 1]], bodyId: null });
    return [await compare(room)];
  },
};

/** A report for every case, with other words in each: the same in all would be found in all. The index is made last, which is quicker. */
async function giveWords(room: BenchRoom): Promise<void> {
  await room.asSuperuser(async (client) => {
    const { rows } = await client.query<{ made: string }>(
      `select indexdef as made from pg_indexes where indexname = 'report_words'`,
    );
    await client.query('drop index report_words');
    await client.query(
      `insert into report (realm, id, casefile_id, channel, grantee, words, occurred_at, recorded_at)
       select 1, gen_random_uuid(), b.id, 'portal', gen_random_uuid(),
              chr(20000 + n / 40 % ${PIECES}) || chr(21500 + n / 40 % ${PIECES}) || '，' || chr(30000 + n % 7) || '路面有坑' || n, now(), now()
       from (select id, substr(number, 2)::int as n from casefile where number like 'B%') b`,
    );
    await client.query(rows[0]?.made ?? '');
    await client.query('vacuum analyze report');
  });
}

const piece = (no: number): string => String.fromCharCode(20000 + (no % PIECES), 21500 + (no % PIECES));

async function compare(room: BenchRoom): Promise<Line> {
  const token = await room.tokenOf('one.town');
  const one = (runtime: Runtime, find: (ctx: Ctx, term: string) => Promise<number>) => {
    let no = 0;
    return (): Promise<unknown> =>
      transact(runtime, bySession(1, token, machineClock.now()), async (ctx) => {
        no += 1;
        if ((await find(ctx, piece(no))) !== 50) throw new Error('not fifty');
      });
  };
  const guarded = one(
    room.runtime,
    async (ctx, term) => (await searchCasefiles(ctx, { terms: [term], tokens: [] }, null, 50)).length,
  );
  const plain = one(room.unguarded(), async (ctx, term) => (await plainly(ctx, term)).length);
  const rates = await inTurns(ROUNDS, {
    product: () => ratePerSecond(SECONDS, AT_ONCE, guarded),
    ceiling: () => ratePerSecond(SECONDS, AT_ONCE, plain),
  });
  const ratio = median(rates.product.map((rate, i) => rate / (rates.ceiling[i] ?? 1)));
  return {
    name: `search of two characters among ${CASEFILES.toLocaleString('en')} cases`,
    ratio,
    goal: '≥ 0.50',
    pass: ratio >= 0.5,
    product: spread(rates.product),
    ceiling: `${spread(rates.ceiling)} the plain index without row security`,
  };
}

async function plainly(ctx: Ctx, term: string): Promise<readonly { id: string }[]> {
  const sql = `
    with found as materialized (
      select c.id from casefile c where c.realm = 1
        and jw_case_grams(c.number, c.place_words, c.type_code) @> jw_grams($1)
        and strpos(lower(normalize(c.place_words, nfkc)), $1) > 0
      union
      select r.casefile_id from report r where r.realm = 1 and jw_grams(r.words) @> jw_grams($1)
        and strpos(lower(normalize(r.words, nfkc)), $1) > 0)
    select c.id from found f join casefile c on c.realm = 1 and c.id = f.id
    where not c.confidential and c.scope_no between $2 and $3
    order by c.changed_at desc, c.id desc limit 50`;
  return (await ctx.ask({ sql, parameters: [term, communityNo(3), communityNo(13) - 1] })) as { id: string }[];
}
