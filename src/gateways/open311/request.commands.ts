import canonicalize from 'canonicalize';
import { atlasOf, locate } from '../../domains/land/areas/index.ts';
import { announce } from '../../domains/telling/publication/index.ts';
import { isPublicAtOnce } from '../../domains/telling/publication/publication.model.ts';
import type { ReportForm } from '../../domains/work/casefiles/casefile.model.ts';
import { reportCasefile } from '../../domains/work/casefiles/index.ts';
import type { CaseType } from '../../domains/work/standards/standard.model.ts';
import type { Ctx } from '../../kernel/context.ts';
import { recordKey } from '../../kernel/data_key.ts';
import { keyedHash, seal } from '../../kernel/envelope.ts';
import type { Id } from '../../kernel/id.ts';
import type { Keys } from '../../kernel/keys.ts';
import { Problem } from '../../kernel/problem.ts';
import { granteeOfCode } from '../../kernel/tracking.ts';
import { attributesOf, type Chosen, conditionIn, readAttributes } from './attribute.model.ts';
import { requireJurisdiction, requireService } from './offer.views.ts';
import { open311Problems, REPEATED_WITHIN_MS, type RequestForm } from './open311.model.ts';
import { insertSent, queueUp, sentAlready } from './request.queries.ts';

/** Ids only: this is stored as the answer. A token stands in for the number until a desk has looked at the matter. */
export interface Taken {
  readonly casefileId: Id;
  readonly reportId: Id;
  readonly number: string;
  readonly sentId: Id;
  readonly byToken: boolean;
}

/** A program reports for somebody: the same report as at our own counter, by the channel of programs. */
export async function takeRequest(
  ctx: Ctx,
  form: RequestForm,
): Promise<Taken & Readonly<Record<string, string | boolean>>> {
  await requireJurisdiction(ctx, form.jurisdiction_id);
  const type = await requireService(ctx, form.service_code);
  const chosen = readAttributes(attributesOf(type), form.attributes);
  const place = await placeOf(ctx, form);
  const fingerprint = keyedHash(ctx.keys.tracking, `open311 ${keyIdOf(ctx)} ${canonicalize(form)}`);
  await refuseRepeated(ctx, fingerprint);
  const report = reportOf(ctx, form, type, chosen, place);
  const { casefileId, reportId, number } = await reportCasefile(ctx, report);
  const atOnce = isPublicAtOnce(type);
  const sentId = await keepSent(ctx, form, { casefileId, reportId, number, fingerprint, byToken: !atOnce });
  if (atOnce) await announceAt(ctx, report, { casefileId, number });
  return { casefileId, reportId, number, sentId, byToken: !atOnce };
}

const keyIdOf = ({ actor }: Ctx): Id => (actor.kind === 'apikey' ? actor.id : '');

type Place = ReportForm['place'];

/** A point decides. Without one, an area by its code; without that, what is said of it, for a desk to find. */
async function placeOf(
  ctx: Ctx,
  { lat, long, address_string: words = '', address_id: code }: RequestForm,
): Promise<Place> {
  if ((lat === undefined) !== (long === undefined)) throw new Problem(open311Problems['open311.half_a_point']);
  if (lat !== undefined && long !== undefined) return { lon: long, lat, datum: 'wgs84', words };
  const area = code === undefined ? undefined : (await atlasOf(ctx)).areas.find((one) => one.code === code);
  if (area === undefined && words === '') throw new Problem(open311Problems['open311.no_place']);
  return { datum: 'wgs84', words, ...(area && { areaId: area.id }) };
}

function reportOf(ctx: Ctx, form: RequestForm, type: CaseType, chosen: Chosen, place: Place): ReportForm {
  const condition = conditionIn(type, chosen);
  const contact = contactOf(form);
  return {
    casefileId: ctx.ids.newId(),
    reportId: ctx.ids.newId(),
    words: wordsOf(form, type, condition?.when.zh),
    place,
    channel: 'api',
    typeCode: type.code,
    urgent: condition?.urgent === true,
    confidential: false,
    language: 'zh',
    ...(contact && { contact }),
  };
}

/** All that a desk reads: what was said, the condition that was chosen, where a picture is to be had. */
function wordsOf(
  { description = '', media_url: picture }: RequestForm,
  type: CaseType,
  condition: string | undefined,
): string {
  const said = description.trim() === '' ? `${type.name.zh}（没有文字说明）` : description.trim();
  const lines = [said, ...(condition ? [`情形：${condition}`] : []), ...(picture ? [`图片网址：${picture}`] : [])];
  return lines.join('\n');
}

function contactOf({ first_name: first = '', last_name: last = '', phone, email }: RequestForm): ReportForm['contact'] {
  const isHan = /\p{Script=Han}/u.test(`${first}${last}`);
  const name = (isHan ? `${last}${first}` : `${first} ${last}`).trim();
  const known = { ...(name !== '' && { name }), ...(phone && { phone }), ...(email && { email }) };
  return Object.keys(known).length === 0 ? undefined : known;
}

/** What the key's holder is shown again: their own words, for nobody else. */
export interface OwnWords {
  readonly description: string;
  readonly address: string;
  readonly lat: number | null;
  readonly long: number | null;
  readonly media_url: string | null;
}

/** What the holder of a token is known by to the database: with the key only, so that nobody enters as somebody else's id. */
export const granteeOfToken = (keys: Keys, token: string): Id => granteeOfCode(keys, `open311 ${token}`);

export const boundToSent = (id: Id): string => `open311 ${id}`;

async function keepSent(
  ctx: Ctx,
  form: RequestForm,
  sent: Pick<Taken, 'casefileId' | 'reportId' | 'number' | 'byToken'> & { fingerprint: Buffer },
): Promise<Id> {
  const id = ctx.ids.newId();
  const { description = '', address_string: address = '', lat = null, long = null, media_url = null } = form;
  const own: OwnWords = { description, address, lat, long, media_url };
  // The reporter's key: to forget the reporter is to forget this.
  const key = await recordKey(ctx, { kind: 'report', id: sent.reportId });
  const sealed = seal(key.bytes, JSON.stringify(own), boundToSent(id));
  insertSent(ctx, {
    ...sent,
    id,
    grantee: granteeOfToken(ctx.keys, id),
    keyId: keyIdOf(ctx),
    dataKeyId: key.id,
    sealed,
    receivedAt: ctx.now,
  });
  return id;
}

async function refuseRepeated(ctx: Ctx, fingerprint: Buffer): Promise<void> {
  await queueUp(ctx, fingerprint);
  const since = new Date(ctx.now.getTime() - REPEATED_WITHIN_MS);
  const earlier = await sentAlready(ctx, { keyId: keyIdOf(ctx), fingerprint, since });
  if (!earlier) return;
  throw duplicateOf({ number: earlier.number, sentId: earlier.id, byToken: earlier.byToken });
}

export const duplicateOf = ({ number, sentId, byToken }: Pick<Taken, 'number' | 'sentId' | 'byToken'>): Problem =>
  new Problem(open311Problems['open311.duplicate'], { id: byToken ? sentId : number });

async function announceAt(
  ctx: Ctx,
  { place, typeCode = '' }: ReportForm,
  { casefileId, number }: { casefileId: Id; number: string },
): Promise<void> {
  const { lon = null, lat = null } = place;
  const area =
    lon === null || lat === null
      ? ((await atlasOf(ctx)).get(place.areaId ?? '') ?? (await atlasOf(ctx)).root)
      : (await locate(ctx, { lon, lat, datum: 'wgs84' })).area;
  announce(ctx, { id: casefileId, number, typeCode, areaId: area?.id ?? '', lon, lat });
}
