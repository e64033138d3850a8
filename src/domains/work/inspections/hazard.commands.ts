import { defineConstraints } from '../../../kernel/constraints.ts';
import { type Ctx, isIn, postsOf, type Seat } from '../../../kernel/context.ts';
import { createDataKey } from '../../../kernel/data_key.ts';
import { seal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { record, type Subject } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { me } from '../../land/accounts/index.ts';
import { type Area, requireArea } from '../../land/areas/index.ts';
import { type Body, directoryOf } from '../../land/staff/index.ts';
import type { Limit } from '../calendars/limit.model.ts';
import { type Grant, openDuty } from '../obligations/index.ts';
import { standardsOf } from '../standards/index.ts';
import { stageOf } from '../standards/stages.model.ts';
import type { ItemNamed } from './checklist.commands.ts';
import { requireItem } from './checklist.commands.ts';
import { finders, type HazardForm, hazardProblems } from './hazard.model.ts';
import { findHazard, type HazardRow, insertHazard } from './hazard.queries.ts';
import { rectifyDuty } from './hazard.workflow.ts';
import { grades, sectors } from './sector.model.ts';

defineConstraints({ hazard_checked_by_another: 'hazard.checker_rectified', hazard_pkey: 'command.id_taken' });

/** What only those who deal with it read: it may name somebody. */
export type HazardSecret = Pick<HazardForm, 'what' | 'where' | 'quoted'>;
export const boundToHazard = (id: Id): string => `hazard ${id}`;

export const subjectOf = ({ id, scopeNo }: Pick<HazardRow, 'id' | 'scopeNo'>): Subject => ({
  ...{ kind: 'hazard', id, scopeNo, confidential: false },
});

/** In the course of which inspection, at which of its places, and who goes along. */
export interface Occasion {
  readonly hazardId?: Id | undefined;
  readonly inspectionId: Id;
  readonly targetId: Id;
  /** The post that looks again. */
  readonly postId: Id;
  readonly grants: readonly Grant[];
}

/** Puts a hazard on the register; the body owes it from this moment on. Refused by `hazard.not_here`, `hazard.no_body`. */
export async function recordHazard(ctx: Ctx, form: HazardForm): Promise<{ hazardId: Id }> {
  const area = await requireArea(ctx, form.areaId);
  const seat = postsOf(ctx.actor).find((one) => isFinder(one) && isIn(one, area.no));
  if (!seat) throw new Problem(hazardProblems['hazard.not_here']);
  return putOnRegister(ctx, form, area, seat.id, null);
}

const isFinder = ({ role }: Seat): boolean => (finders as readonly string[]).includes(role);

export async function putOnRegister(
  ctx: Ctx,
  form: HazardForm,
  area: Area,
  postId: Id,
  occasion: Occasion | null,
): Promise<{ hazardId: Id }> {
  const body = await requireBody(ctx, form.bodyId);
  const item = form.item ? await requireItem(ctx, form.item) : null;
  const id = occasion?.hazardId ?? ctx.ids.newId();
  const key = createDataKey(ctx, { kind: 'hazard', id });
  const secret: HazardSecret = { what: form.what, where: form.where, quoted: form.quoted };
  const { grade, sector, source, limit } = form;
  const listed = {
    checklistId: form.item?.checklistId ?? null,
    ...{ checklistVersion: form.item?.version ?? null, item: form.item?.code ?? null },
  };
  const during = { inspectionId: occasion?.inspectionId ?? null, targetId: occasion?.targetId ?? null };
  const place = { areaId: area.id, scopeNo: area.no };
  insertHazard(ctx, {
    ...{ id, ...place, status: 'found', grade, sector, source, bodyId: body.id },
    ...{ ...listed, ...during, postId: occasion?.postId ?? postId },
    ...{ foundBy: me(ctx).personId, foundAt: ctx.occurredAt, keyId: key.id },
    sealed: seal(key.bytes, JSON.stringify(secret), boundToHazard(id)),
  });
  const title = titleOf({ grade, sector }, item, area);
  const duty = await openRectifying(ctx, { id, scopeNo: area.no, grade }, body, limit, title, occasion?.grants ?? []);
  record(ctx, {
    kind: 'hazard.found',
    about: subjectOf({ id, scopeNo: area.no }),
    postId,
    body: {
      ...{ areaId: area.id, status: 'found', grade, sector, source, bodyId: body.id, ...listed, ...during },
      duties: [duty],
    },
    secret: { key, value: { ...secret } },
  });
  return { hazardId: id };
}

/** What it is about and where: of a line of a list, else of the kind; never the words of whoever found it. */
export function titleOf(
  { grade, sector }: Pick<HazardRow, 'grade' | 'sector'>,
  item: ItemNamed | null,
  area: Area,
): string {
  const thing = item?.text ?? `${sectors[sector].zh}隐患`;
  return [...(grade === 'major' ? [grades.major.zh] : []), thing, area.name].join(' · ');
}

/** The clock is that of the body; whom it climbs to is what the standard says of handling. */
export async function openRectifying(
  ctx: Ctx,
  { id, scopeNo, grade }: Pick<HazardRow, 'id' | 'scopeNo' | 'grade'>,
  body: Body,
  limit: Limit,
  title: string,
  alsoRead: readonly Grant[] = [],
) {
  const { stages } = (await standardsOf(ctx)).at(ctx.now);
  const { ladder } = stageOf(stages, grade === 'major', 'handle');
  const about = subjectOf({ id, scopeNo });
  const owedBy = { kind: 'body', id: body.id } as const;
  const duty = { duty: rectifyDuty, about, owedBy, limit, ladder, calendarId: body.calendarId, title, alsoRead };
  return (await openDuty(ctx, duty)).act;
}

export async function requireBody(ctx: Ctx, id: Id): Promise<Body> {
  const body = (await directoryOf(ctx)).body(id);
  if (!body) throw new Problem(hazardProblems['hazard.no_body']);
  return body;
}

export async function requireHazard(ctx: Ctx, id: Id): Promise<HazardRow> {
  const hazard = await findHazard(ctx, id);
  if (!hazard) throw new Problem(hazardProblems['hazard.not_found']);
  return hazard;
}
