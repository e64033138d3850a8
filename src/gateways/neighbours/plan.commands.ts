import { atlasOf } from '../../domains/land/areas/index.ts';
import {
  type CasefileRow,
  contactsOf,
  findCasefile,
  lineOf,
  reportsBehind,
  secretOfReport,
  summonsOf,
} from '../../domains/work/casefiles/index.ts';
import { standardsOf } from '../../domains/work/standards/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Door } from './georeport.outside.ts';
import { doorOf } from './neighbour.commands.ts';
import { serviceFor } from './neighbour.model.ts';
import { type NeighbourRow, neighboursAmong, type SendingRow, sendingsOf } from './neighbour.queries.ts';
import { markOf, requestForm, type Told } from './request.model.ts';

/** What is to be done now about one sending: decided on the case as it stands, before anything leaves the house. */
export type Plan =
  | { readonly do: 'nothing' }
  | { readonly do: 'stop'; readonly state: 'ended' | 'withheld' }
  | { readonly do: 'give up' }
  | ({ readonly do: 'post' | 'look' } & Posting)
  | { readonly do: 'ask token'; readonly door: Door; readonly token: string }
  | { readonly do: 'follow'; readonly door: Door; readonly requestId: string; readonly asksUpdates: boolean };

export interface Posting {
  readonly door: Door;
  readonly form: readonly (readonly [string, string])[];
  readonly mark: string;
  readonly serviceCode: string;
  readonly since: Date;
  /** Why the reporter's contact goes along; null: it does not. */
  readonly purpose: string | null;
}

export async function planFor(ctx: Ctx, sending: SendingRow): Promise<Plan> {
  const [[neighbour], file] = await Promise.all([
    neighboursAmong(ctx, [sending.bodyId]),
    findCasefile(ctx, sending.casefileId),
  ]);
  if (!neighbour || !file) return { do: 'nothing' };
  if (file.confidential)
    return { do: 'stop', state: sending.leftAt === null || sending.state === 'posting' ? 'withheld' : 'ended' };
  if (!(await isTheirs(ctx, file, sending))) return { do: 'stop', state: 'ended' };
  const door = doorOf(ctx, neighbour);
  const { requestId, token, state } = sending;
  if (requestId !== null) return { do: 'follow', door, requestId, asksUpdates: neighbour.speaksUpdates !== false };
  if (token !== null) return { do: 'ask token', door, token };
  const posting = await postingFor(ctx, neighbour, file, sending);
  return posting === null ? { do: 'give up' } : { do: state === 'unsure' ? 'look' : 'post', door, ...posting };
}

const inHand: ReadonlySet<string> = new Set(['dispatched', 'handling']);
const unfinished: ReadonlySet<string> = new Set(['registered', 'dispatched', 'handling']);

/** The body still has the case, or is still called to it, and was not given it anew since. */
async function isTheirs(ctx: Ctx, file: CasefileRow, { id, bodyId, joint, casefileId }: SendingRow): Promise<boolean> {
  if (file.mergedInto !== null) return false;
  const [latest] = (await sendingsOf(ctx, casefileId)).filter((one) => one.bodyId === bodyId && one.joint === joint);
  if (latest?.id !== id) return false;
  if (!joint) return file.bodyId === bodyId && inHand.has(file.status);
  const called = (await summonsOf(ctx, casefileId)).some(
    (row) => row.bodyId === bodyId && (row.status === 'called' || row.status === 'arrived'),
  );
  return called && unfinished.has(file.status);
}

async function postingFor(
  ctx: Ctx,
  { services, contactPurpose }: NeighbourRow,
  file: CasefileRow,
  sending: SendingRow,
): Promise<Omit<Posting, 'door'> | null> {
  const standard = (await standardsOf(ctx)).version(file.standardVersion ?? 0);
  const major = standard.type(file.typeCode ?? '')?.major ?? null;
  const service = serviceFor(services, { conditionCode: file.conditionCode, typeCode: file.typeCode, major });
  if (!service) return null;
  const told = await toldOf(ctx, file, sending, contactPurpose !== null);
  return {
    form: requestForm(told, service),
    mark: markOf(told),
    serviceCode: service.serviceCode,
    since: new Date((sending.leftAt ?? sending.madeAt).getTime() - DAY_MS),
    purpose: told.contact === null ? null : contactPurpose,
  };
}

/** Clocks of others go wrong by hours, seldom by a day. */
const DAY_MS = 86_400_000;

async function toldOf(ctx: Ctx, file: CasefileRow, sending: SendingRow, withContact: boolean): Promise<Told> {
  const [line, atlas, reports, earlier] = await Promise.all([
    lineOf(ctx, file),
    atlasOf(ctx),
    reportsBehind(ctx, file.id),
    sendingsOf(ctx, file.id),
  ]);
  const words = await Promise.all(reports.map(async (it) => it.words ?? (await secretOfReport(ctx, it))?.words ?? ''));
  const { lon, lat, number, placeWords, areaId } = file;
  const before = earlier.find(
    (one) => one.bodyId === sending.bodyId && one.round < sending.round && one.requestId !== null,
  );
  return {
    ...{ number, sendingId: sending.id, county: atlas.root?.name ?? '', round: sending.round, lon, lat },
    earlier: before?.requestId ?? null,
    title: line.title.zh,
    words: words.filter((text) => text !== ''),
    place: [...atlas.path(areaId).slice(1), placeWords].filter((part) => part !== '').join(' '),
    contact: withContact ? await contactFor(ctx, file) : null,
  };
}

async function contactFor(ctx: Ctx, file: CasefileRow): Promise<Told['contact']> {
  try {
    return (await contactsOf(ctx, file.id))[0] ?? null;
  } catch (error) {
    // Nobody left one, or it was erased on request.
    if (error instanceof Problem) return null;
    throw error;
  }
}
