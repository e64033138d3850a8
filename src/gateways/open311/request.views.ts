import type { z } from 'zod';
import { atlasOf } from '../../domains/land/areas/index.ts';
import { directoryOf } from '../../domains/land/staff/index.ts';
import { type PublicCaseRow, publicCaseById, publicCases } from '../../domains/telling/publication/index.ts';
import { declineOutcomes, outcomes } from '../../domains/work/casefiles/casefile.model.ts';
import { type Released, releasedOf } from '../../domains/work/casefiles/index.ts';
import { standardsOf } from '../../domains/work/standards/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { openDataKeys } from '../../kernel/data_key.ts';
import { unseal } from '../../kernel/envelope.ts';
import type { Id } from '../../kernel/id.ts';
import { Problem } from '../../kernel/problem.ts';
import { realmOf } from '../../kernel/realm.ts';
import { trackingCodeOf } from '../../kernel/tracking.ts';
import type { Words } from '../../kernel/words.ts';
import { requireJurisdiction } from './offer.views.ts';
import {
  type createdView,
  open311Problems,
  type RequestQuery,
  type RequestView,
  type tokenView,
} from './open311.model.ts';
import { boundToSent, type OwnWords, type Taken } from './request.commands.ts';
import { sentAmong, sentByToken } from './request.queries.ts';
import { spanOf, w3cTime } from './times.ts';

/** What the public sees; besides, a key is shown the words of its own requests. Nobody else's words are in reach here. */
export async function requests(ctx: Ctx, query: RequestQuery, publicUrl: string): Promise<RequestView[]> {
  await requireJurisdiction(ctx, query.jurisdiction_id);
  const { page, page_size: most, service_request_id: numbers } = query;
  const filters = numbers
    ? { numbers }
    : { ...spanOf(query, ctx.now), typeCodes: query.service_code, statuses: query.status };
  return viewsOf(ctx, await publicCases(ctx, { ...filters, most, skip: (page - 1) * most }), publicUrl);
}

export async function request(
  ctx: Ctx,
  number: string,
  jurisdiction: string | undefined,
  publicUrl: string,
): Promise<RequestView[]> {
  await requireJurisdiction(ctx, jurisdiction);
  const found = await publicCases(ctx, { numbers: [number], most: 1, skip: 0 });
  if (found.length === 0) throw new Problem(open311Problems['open311.no_such_request']);
  return viewsOf(ctx, found, publicUrl);
}

async function viewsOf(ctx: Ctx, rows: readonly PublicCaseRow[], publicUrl: string): Promise<RequestView[]> {
  const ids = rows.map(({ id }) => id);
  const [own, released] = await Promise.all([ownWords(ctx, rows), releasedOf(ctx, ids)]);
  const views = await Promise.all(rows.map((row) => viewOf(ctx, row, released.get(row.id), publicUrl)));
  return views.map((view, i) => ({ ...view, ...own.get(rows[i]?.id ?? '') }));
}

/** `released`: what a desk let the public know of the reporter's words and photos. */
async function viewOf(
  ctx: Ctx,
  row: PublicCaseRow,
  released: Released | undefined,
  publicUrl: string,
): Promise<RequestView> {
  const [atlas, directory, standards, { zone }] = await Promise.all([
    atlasOf(ctx),
    directoryOf(ctx),
    standardsOf(ctx),
    realmOf(ctx),
  ]);
  const standard =
    row.standardVersion === null ? standards.at(row.requestedAt) : standards.version(row.standardVersion);
  const name = standard.type(row.typeCode)?.name.zh ?? row.typeCode;
  const condition = standard.condition(row.conditionCode ?? '')?.condition.when.zh;
  return {
    service_request_id: row.number,
    status: row.status,
    status_notes: notesOf(row),
    service_name: name,
    service_code: row.typeCode,
    description: [condition === undefined ? name : `${name}：${condition}`, released?.words ?? '']
      .filter((part) => part !== '')
      .join('\n'),
    agency_responsible: directory.body(row.bodyId ?? '')?.name ?? null,
    service_notice: null,
    requested_datetime: w3cTime(row.requestedAt, zone),
    updated_datetime: w3cTime(row.updatedAt, zone),
    expected_datetime: row.dueAt === null ? null : w3cTime(row.dueAt, zone),
    address: atlas.path(row.areaId).join(''),
    address_id: atlas.get(row.areaId)?.code ?? null,
    zipcode: null,
    lat: row.lat,
    long: row.lon,
    media_url: released?.photoIds[0] === undefined ? null : `${publicUrl}/api/public/photos/${released.photoIds[0]}`,
  };
}

/** How it ended, in the words that were written for the public. */
export function notesOf({ outcome, publicText }: { outcome: string | null; publicText: string | null }): string | null {
  const all: Readonly<Record<string, Words>> = { ...outcomes, ...declineOutcomes };
  const parts = [all[outcome ?? '']?.zh, publicText ?? undefined].filter((part) => part !== undefined);
  return parts.length === 0 ? null : parts.join('：');
}

/** By casefile. A reporter who was forgotten took the key along: then there is only what the public sees. */
async function ownWords(ctx: Ctx, rows: readonly PublicCaseRow[]): Promise<Map<Id, Partial<RequestView>>> {
  if (ctx.actor.kind !== 'apikey' || rows.length === 0) return new Map();
  const sent = await sentAmong(
    ctx,
    ctx.actor.id,
    rows.map(({ id }) => id),
  );
  const keys = await openDataKeys(
    ctx,
    sent.map(({ dataKeyId }) => dataKeyId),
  );
  return new Map(
    sent.flatMap(({ id, casefileId, dataKeyId, sealed }) => {
      const key = keys.get(dataKeyId);
      if (!key) return [];
      const own = JSON.parse(unseal(key.bytes, sealed, boundToSent(id)).toString()) as OwnWords;
      return [[casefileId, shownOf(own)] as const];
    }),
  );
}

function shownOf({ description, address, lat, long, media_url }: OwnWords): Partial<RequestView> {
  return {
    ...(description !== '' && { description }),
    ...(address !== '' && { address }),
    ...(lat !== null && { lat, long }),
    media_url,
  };
}

/** The number, once the public sees the case. Until then, and if never, only that the token is good. */
export async function tokenOf(ctx: Ctx, token: Id): Promise<z.infer<typeof tokenView>> {
  const sent = await sentByToken(ctx, token);
  if (!sent?.byToken) throw new Problem(open311Problems['open311.no_such_token']);
  const found = await publicCaseById(ctx, sent.casefileId);
  return { service_request_id: found?.number ?? null, token };
}

/** The reporter's own code goes along: with it they say themselves, on our pages, whether it is solved. */
export function created(ctx: Ctx, { reportId, number, sentId, byToken }: Taken): z.infer<typeof createdView> {
  const code = trackingCodeOf(ctx.keys, ctx.realm, reportId);
  return {
    ...(byToken ? { token: sentId } : { service_request_id: number }),
    service_notice: `查询码 ${code}：在本站首页输入，可以看进展、评价，没有解决可以提出。`,
    account_id: null,
  };
}
