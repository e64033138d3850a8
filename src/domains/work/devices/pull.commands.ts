import type { Ctx } from '../../../kernel/context.ts';
import type { ProcedureCall } from '../../../kernel/endpoint.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { lastPosition } from '../../../kernel/sequencer.ts';
import { transact } from '../../../kernel/transaction.ts';
import { me } from '../../land/accounts/index.ts';
import { campaignsNow } from '../campaigns/index.ts';
import { areaOf, requireServed } from './device.commands.ts';
import { deviceById, noteHeard } from './device.queries.ts';
import { groundFor, toldByRow } from './ground.views.ts';
import { landFollowed, told } from './held.queries.ts';
import { CASEFILE } from './held.views.ts';
import { kindOf, marksOfAll, recordKinds, rowsAfter, rowsAmong, sumsOfAll } from './held_all.views.ts';
import type { PullForm, PullView } from './sync.model.ts';

type Pull = ProcedureCall<unknown, unknown, PullForm>;

/**
 * What a device does not know yet. News come by the journal's positions, those of leaving included, and cost what there
 * is to tell. Whether it holds exactly what it should is looked at by a sum over all of it, which costs what it holds:
 * when its scope changed by something the journal tells nobody (a right ended, a grid moved), and once a day whatever
 * happened. Where the sum differs, it says what it has and is told what to take and what to let go.
 */
export const pull = (runtime: Runtime, { entrance, body }: Pull): Promise<PullView> =>
  transact(runtime, entrance, async (ctx) => {
    const actor = me(ctx);
    requireServed(await deviceById(ctx, body.deviceId), actor);
    noteHeard(ctx, body.deviceId, {
      skewMs: new Date(body.deviceAt).getTime() - ctx.now.getTime(),
      oldestUnsentAt: body.oldestUnsent === null ? null : new Date(body.oldestUnsent),
      areaId: areaOf(actor),
      sessionId: actor.sessionId,
    });
    // Before anything of what it covers is read: should it change meanwhile, the next round looks again.
    const [head, followed, campaigns] = await Promise.all([
      ...([lastPosition(ctx), landFollowed(ctx), campaignsNow(ctx)] as const),
    ]);
    const { whole, versions } = await groundNews(ctx, body, head);
    const scope = `${versions.me}${versions.area}.${followed}.${campaigns}`;
    const cases =
      body.compare === null ? await caseNews(ctx, body, head, scope) : await comparison(ctx, body, body.compare, head);
    const { cursor, checked, differing, recheck, more } = cases;
    const { rows, evict } = await withOwn(ctx, body, cases, head);
    return {
      accountId: actor.accountId,
      serverTime: ctx.now,
      upserts: rows,
      evict,
      whole,
      ...{ differing, recheck },
      cursors: { ...body.cursors, ...versions, [CASEFILE]: cursor, [SCOPE]: checked },
      more,
    };
  });

async function groundNews(ctx: Ctx, { cursors, kinds: asked }: PullForm, position: number) {
  const ground = await groundFor(ctx, me(ctx), asked);
  const kinds = Object.entries(ground);
  const news = kinds.filter(([kind, { version }]) => cursors[kind] !== version);
  return {
    versions: Object.fromEntries(kinds.map(([kind, { version }]) => [kind, version])),
    whole: news.map(([kind, { version, lines }]) => ({
      kind,
      rows: lines().map(({ id, body }) => ({ kind, id, position, mark: version, body: { ...body } })),
    })),
  };
}

interface News {
  readonly cursor: string;
  /** For which scope, and when, all that is held was last found as it should be. */
  readonly checked: string;
  readonly rows: PullView['upserts'];
  readonly evict: PullView['evict'];
  readonly differing: number[];
  readonly recheck: boolean;
  readonly more: boolean;
}

/** Further behind than this, comparing costs less than being told. */
const TOO_FAR_BEHIND = 20_000;

async function caseNews(ctx: Ctx, form: PullForm, head: number, scope: string): Promise<News> {
  const { cursors, limit } = form;
  const cursor = readCursor(cursors[CASEFILE], head);
  if (cursor.is === 'first') return firstPage(ctx, form, cursor);
  const isTooOld = head - cursor.position > TOO_FAR_BEHIND;
  const { kinds } = form;
  const { kinds: news, upTo } = isTooOld
    ? { kinds: new Map<Id, string>(), upTo: null }
    : await told(ctx, cursor.position, recordKinds(kinds), limit);
  const ids = [...news.keys()];
  const rows = await rowsAmong(ctx, kinds, ids, head);
  const here = new Set(rows.map(({ id }) => id));
  const isQuiet = ids.length === 0 && upTo === null;
  return {
    cursor: `p:${upTo ?? head}`,
    rows,
    evict: ids.filter((id) => !here.has(id)).map((id) => ({ kind: kindOf(news.get(id) ?? ''), id })),
    ...(await checkedFor(ctx, form, scope, { isQuiet, isTooOld })),
    more: upTo !== null,
  };
}

/** Nothing that the journal tells of can be missed; how long what it does not tell of may go unnoticed. */
const LOOKED_AT_MS = 86_400_000;
const SCOPE = 'scope';

async function checkedFor(
  ctx: Ctx,
  { cursors, check, kinds }: PullForm,
  scope: string,
  { isQuiet, isTooOld }: Readonly<Record<'isQuiet' | 'isTooOld', boolean>>,
): Promise<Pick<News, 'checked' | 'differing' | 'recheck'>> {
  const checked = cursors[SCOPE] ?? '';
  const [known, at] = checked.split(' ');
  const isDue = isTooOld || known !== scope || !(ctx.now.getTime() - Number(at) < LOOKED_AT_MS);
  if (!isDue) return { checked, differing: [], recheck: false };
  if (!isQuiet || check === null) return { checked: isTooOld ? '' : checked, differing: [], recheck: true };
  const differing = await differingFrom(ctx, kinds, check);
  const isSound = differing.length === 0;
  return { checked: isSound ? `${scope} ${ctx.now.getTime()}` : '', differing, recheck: !isSound };
}

type Cursor =
  | { readonly is: 'first'; readonly position: number; readonly after: Id | null }
  | { readonly is: 'news'; readonly position: number };

/** One that nobody can have, as after a restored backup, begins anew. */
function readCursor(text: string | undefined, head: number): Cursor {
  const [, is, digits, after] = /^([sp]):(\d{1,15})(?::([0-9a-f-]{36}))?$/.exec(text ?? '') ?? [];
  const position = Number(digits ?? Number.NaN);
  if (!(position <= head)) return { is: 'first', position: head, after: null };
  return is === 's' ? { is: 'first', position, after: after ?? null } : { is: 'news', position };
}

/** Everything by id, a page at a time; afterwards what was told since the first page. */
async function firstPage(
  ctx: Ctx,
  { kinds, limit: most }: PullForm,
  { position, after }: { position: number; after: Id | null },
): Promise<News> {
  const { rows, last } = await rowsAfter(ctx, kinds, { after, most, position });
  return {
    cursor: last === null ? `p:${position}` : `s:${position}:${last}`,
    rows,
    evict: [],
    ...{ checked: '', differing: [], recheck: true },
    more: true,
  };
}

/**
 * Besides what is told, the records that the device has changed: positions are given after the commit, and it would show
 * as open what it has done, until it asks again.
 */
async function withOwn(
  ctx: Ctx,
  { kinds, records }: PullForm,
  { rows, evict }: Pick<News, 'rows' | 'evict'>,
  head: number,
): Promise<Pick<News, 'rows' | 'evict'>> {
  const told = new Set([...rows, ...evict].map(({ id }) => id));
  const own = records.filter((id) => !told.has(id));
  const found = await rowsAmong(ctx, kinds, own, head);
  const here = new Set(found.map(({ id }) => id));
  const gone = own.filter((id) => !here.has(id));
  return { rows: [...rows, ...found], evict: [...evict, ...gone.flatMap((id) => ofAnyKind(kinds, id))] };
}

/** Which kind it is, the device knows. */
const ofAnyKind = (kinds: PullForm['kinds'], id: string) => toldByRow(kinds).map((kind) => ({ kind, id }));

const SUM = 16;
const NOTHING = '0'.repeat(SUM);

async function differingFrom(
  ctx: Ctx,
  kinds: PullForm['kinds'],
  { buckets, sums }: NonNullable<PullForm['check']>,
): Promise<number[]> {
  const ours = await sumsOfAll(ctx, kinds, buckets);
  const theirs = (i: number): string => sums.slice(i * SUM, (i + 1) * SUM).padStart(SUM, '0');
  return Array.from({ length: buckets }, (_, i) => i).filter((i) => theirs(i) !== (ours.get(i) ?? NOTHING));
}

async function comparison(
  ctx: Ctx,
  { cursors, limit, kinds }: PullForm,
  { buckets, numbers, rows }: NonNullable<PullForm['compare']>,
  head: number,
): Promise<News> {
  const ours = await marksOfAll(ctx, kinds, buckets, numbers);
  const visible = new Set(ours.map(({ id }) => id));
  const theirs = new Map(rows);
  const wanted = ours.filter(({ id, mark }) => theirs.get(id) !== mark).map(({ id }) => id);
  return {
    cursor: cursors[CASEFILE] ?? '',
    rows: await rowsAmong(ctx, kinds, wanted.slice(0, limit), head),
    evict: rows.filter(([id]) => !visible.has(id)).flatMap(([id]) => ofAnyKind(kinds, id)),
    ...{ checked: '', differing: [], recheck: true },
    more: wanted.length > limit,
  };
}
