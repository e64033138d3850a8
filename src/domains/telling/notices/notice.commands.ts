import type { z } from 'zod';
import { defineConstraints } from '../../../kernel/constraints.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { isIn, postsOf } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { me } from '../../land/accounts/index.ts';
import { type Area, atlasOf, requireArea } from '../../land/areas/index.ts';
import { type noticeForm, noticeProblems } from './notice.model.ts';
import {
  type CoveringRow,
  insertNotice,
  markNoticeRead,
  type NoticeRow,
  noticeById,
  tellResponsible,
  withdrawNoticeRow,
  wouldTell,
} from './notice.queries.ts';

defineConstraints({ notice_pkey: 'command.id_taken' });

/** Issues a notice and tells everybody responsible there, in the same transaction: who was told stands beside it. */
export async function issueNotice(ctx: Ctx, form: z.infer<typeof noticeForm>): Promise<{ noticeId: Id; told: number }> {
  const untilAt = new Date(form.untilAt);
  if (untilAt <= ctx.now) throw new Problem(noticeProblems['notice.over_already']);
  const areas = await ownAreas(ctx, form.areaIds);
  const { id, words, casefileId } = form;
  await insertNotice(
    ctx,
    {
      id,
      casefileId: casefileId ?? null,
      public: form.public,
      words,
      fromAt: ctx.now,
      untilAt,
      issuedBy: me(ctx).personId,
    },
    areas,
  );
  const told = await tellResponsible(ctx, id);
  record(ctx, {
    kind: 'notice.issued',
    about: { kind: 'notice', id, scopeNo: areas[0]?.no ?? 0, confidential: false },
    body: {
      areaIds: areas.map((area) => area.id),
      public: form.public,
      untilAt: form.untilAt,
      casefileId: casefileId ?? null,
      told,
    },
  });
  return { noticeId: id, told };
}

/** What issuing it to these areas would do, before it is done. */
export async function previewNotice(ctx: Ctx, areaIds: readonly Id[]) {
  const [areas, atlas] = [await ownAreas(ctx, areaIds), await atlasOf(ctx)];
  const isCovered = ({ no }: Area): boolean => areas.some((area) => area.no <= no && no <= area.lastNo);
  const grids = atlas.areas.filter((area) => area.level === 'grid' && isCovered(area)).length;
  return { areas: areas.length, grids, people: await wouldTell(ctx, areas) };
}

async function ownAreas(ctx: Ctx, areaIds: readonly Id[]): Promise<Area[]> {
  const areas = await Promise.all([...new Set(areaIds)].map((id) => requireArea(ctx, id)));
  requireOwn(ctx, areas);
  return areas;
}

/** A notice reaches only where its issuer has a post that reads the area. */
function requireOwn(ctx: Ctx, areas: readonly Area[]): void {
  if (!areOwn(ctx, areas)) throw new Problem(noticeProblems['notice.not_your_area']);
}

function areOwn(ctx: Ctx, areas: readonly Area[]): boolean {
  const seats = postsOf(ctx.actor).filter((seat) => seat.readsArea);
  return areas.every((area) => seats.some((seat) => isIn(seat, area.no)));
}

/** In force, and all of its areas are the viewer's. */
export const mayWithdraw = (ctx: Ctx, notice: CoveringRow, areas: readonly Area[]): boolean =>
  notice.withdrawnAt === null && notice.untilAt > ctx.now && areOwn(ctx, areas);

export async function requireNotice(ctx: Ctx, id: Id): Promise<NoticeRow> {
  const notice = await noticeById(ctx, id);
  if (!notice) throw new Problem(noticeProblems['notice.not_found']);
  return notice;
}

export async function withdrawNotice(ctx: Ctx, id: Id): Promise<{ withdrawn: number }> {
  const notice = await requireNotice(ctx, id);
  const atlas = await atlasOf(ctx);
  const areas = notice.areaIds.flatMap((areaId) => atlas.get(areaId) ?? []);
  requireOwn(ctx, areas);
  const withdrawn = await withdrawNoticeRow(ctx, id);
  record(ctx, {
    kind: 'notice.withdrawn',
    about: { kind: 'notice', id, scopeNo: areas[0]?.no ?? 0, confidential: false },
    body: {},
  });
  return { withdrawn };
}

export async function readNotice(ctx: Ctx, id: Id): Promise<{ read: number }> {
  const read = await markNoticeRead(ctx, id, me(ctx).personId);
  if (read > 0)
    record(ctx, {
      kind: 'notice.read',
      about: { kind: 'notice', id, scopeNo: 0, confidential: false },
      body: {},
    });
  return { read };
}
