import { Temporal } from 'temporal-polyfill';
import { type Ctx, postsOf } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { leafOf, recordLook } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { realmOf, today } from '../../../kernel/realm.ts';
import type { Words } from '../../../kernel/words.ts';
import { me } from '../../land/accounts/index.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { callNames, directoryOf, roles } from '../../land/staff/index.ts';
import { stepNames } from '../../work/casefiles/index.ts';
import { type AuditEntry, type AuditQuery, auditProblems, kindsOf, kindWords } from './audit.model.ts';
import {
  type AuditRow,
  caseNumbered,
  entriesWanted,
  lastSeal,
  type Period,
  peopleNamed,
  SIGNED_IN,
} from './audit.queries.ts';

/** A page of the audit. Looking at it is itself noted: nobody looks over shoulders unseen. */
export async function auditPage(ctx: Ctx, query: AuditQuery) {
  const { days, entries } = await find(ctx, query, query.most + 1);
  const page = entries.slice(0, query.most);
  await noteLook(ctx, days);
  return {
    ...days,
    entries: page,
    next: entries.length > page.length ? (page.at(-1)?.position ?? null) : null,
    journal: await lastSeal(ctx),
  };
}

interface Days {
  readonly from: string;
  readonly to: string;
}

async function find(ctx: Ctx, query: AuditQuery, most: number): Promise<{ days: Days; entries: AuditEntry[] }> {
  const { days, period } = await periodOf(ctx, query);
  const personIds = query.person ? await peopleNamed(ctx, query.person) : null;
  if (personIds?.length === 0) throw new Problem(auditProblems['audit.nobody_named'], { name: query.person ?? '' });
  const recordId = query.number ? await caseNumbered(ctx, query.number) : null;
  if (query.number && recordId === null) return { days, entries: [] };
  const rows = await entriesWanted(ctx, {
    ...period,
    personIds,
    recordId,
    kinds: query.what === 'all' ? null : kindsOf[query.what],
    before: query.before ?? null,
    most,
  });
  return { days, entries: await inWords(ctx, rows) };
}

const A_WEEK = { days: 6 };

async function periodOf(ctx: Ctx, { from, to, person, number }: AuditQuery): Promise<{ days: Days; period: Period }> {
  const [{ zone }, day] = await Promise.all([realmOf(ctx), today(ctx)]);
  const last = Temporal.PlainDate.from(to ?? day);
  const first = from === undefined ? last.subtract(A_WEEK) : Temporal.PlainDate.from(from);
  if (Temporal.PlainDate.compare(first, last) > 0) throw new Problem(auditProblems['audit.turned_round']);
  const isNamed = Boolean(person || number);
  if (!isNamed && Temporal.PlainDate.compare(first.add({ years: 1 }), last) < 0)
    throw new Problem(auditProblems['audit.too_long']);
  const begin = (date: Temporal.PlainDate): Date => new Date(date.toZonedDateTime(zone).epochMilliseconds);
  return {
    days: { from: first.toString(), to: last.toString() },
    period: { from: begin(first), to: begin(last.add({ days: 1 })) },
  };
}

async function inWords(ctx: Ctx, rows: readonly AuditRow[]): Promise<AuditEntry[]> {
  const persons = rows.flatMap((row) => personOf(row) ?? []).map((id) => ({ kind: 'person', id }));
  const [names, directory] = await Promise.all([callNames(ctx, persons), directoryOf(ctx)]);
  return rows.map((row) => {
    const { position, id, kind, recordKind, recordId, number, occurredAt, recordedAt } = row;
    const role = directory.post(row.postId ?? '')?.role;
    const name = names.get(personOf(row) ?? '');
    const by = name === undefined ? (others[row.actorKind] ?? { zh: '—', en: '—' }) : { zh: name, en: name };
    return {
      ...{ position, id, kind, recordKind, recordId, number, occurredAt, recordedAt },
      kindWords: kindWords[kind] ?? stepNames[kind] ?? { zh: kind, en: kind },
      by: role ? { zh: `${roles[role].words.zh} ${by.zh}`, en: `${roles[role].words.en} ${by.en}` } : by,
      intact: leafOf(row, position).equals(row.leaf),
    };
  });
}

const personOf = ({ kind, personId, body }: AuditRow): Id | null =>
  kind === SIGNED_IN && typeof body.personId === 'string' ? body.personId : personId;

const others: Readonly<Record<string, Words>> = {
  reporter: { zh: '报事人（凭查询码）', en: 'a reporter by tracking code' },
  anyone: { zh: '没有登录的人', en: 'somebody not signed in' },
  apikey: { zh: '外部平台', en: 'another platform' },
  system: { zh: '系统', en: 'the system' },
};

async function noteLook(ctx: Ctx, days: Days): Promise<void> {
  const atlas = await atlasOf(ctx);
  const seat = postsOf(ctx.actor).find(({ role }) => role === 'auditor');
  const about = { kind: 'person', id: me(ctx).personId, scopeNo: atlas.root?.no ?? 0, confidential: false };
  recordLook(ctx, { kind: 'audit.read', about, body: { ...days }, postId: seat?.id });
}
