import type { Ctx } from '../../../kernel/context.ts';
import type { Boundary } from '../../../kernel/geo.ts';
import { type PartSpec, placed, share, weigh } from '../../../kernel/scoped.ts';
import { areaM2Of } from '../areas/border.model.ts';
import { without } from '../areas/land.model.ts';
import type { Prepared } from './act.commands.ts';
import type { Preview } from './act.model.ts';
import { phonesAt } from './standing.queries.ts';
import { shapesOf } from './torn.views.ts';

type Shares = Preview['shares'];

/** Of what lies at a point: from which area to which it goes, and how much of it. */
export async function sharesOf(ctx: Ctx, { plan, survey }: Prepared): Promise<Shares> {
  const found: Shares = [];
  const idOf = (no: number): string => [...plan.opened, ...survey.atlas.areas].find((one) => one.no === no)?.id ?? '';
  for (const table of placed) {
    for (const { area, parts } of partedLand({ plan })) {
      const shared = await share(ctx, table, area.no, parts);
      for (const { no, open, done } of shared)
        found.push({ table, fromId: area.id, toId: idOf(no), open, closed: done });
    }
    if (plan.kind !== 'area.merged') continue;
    for (const { area, heirId } of plan.heirs) {
      const { open, done } = await weigh(ctx, table, { from: area.no, last: area.no });
      if (open + done > 0) found.push({ table, fromId: area.id, toId: heirId, open, closed: done });
    }
  }
  return found;
}

/** Areas of which one record goes here and another there, with where. */
function partedLand({ plan }: Pick<Prepared, 'plan'>) {
  const specOf = (no: number, boundary: Boundary | null, rest = false): PartSpec => ({
    ...{ no, rest },
    polygons: boundary === null ? [] : shapesOf(boundary),
  });
  if (plan.kind === 'area.split')
    return plan.closed.map((area) => ({
      area,
      parts: plan.opened.flatMap((part) => {
        const rest = plan.heirs.some(({ heirId, rest }) => rest && heirId === part.id);
        return [specOf(part.no, part.boundary), ...(rest ? [specOf(part.no, null, true)] : [])];
      }),
    }));
  return plan.torn.map((area) => ({
    area,
    parts: plan.passes.filter(({ from }) => from === area).map(({ to, land }) => specOf(to.no, land)),
  }));
}

/** Which phones will hold other cases: those of who holds a post at an area that gives or gets some. */
export async function phonesTold(ctx: Ctx, prepared: Prepared, shares: Shares): Promise<Preview['phones']> {
  const { survey, plan, fates } = prepared;
  const cases = shares.filter(({ table, open }) => table === 'casefile' && open > 0);
  const standing = [...new Set(cases.flatMap(({ fromId, toId }) => [fromId, toId]))].filter((id) =>
    survey.atlas.get(id),
  );
  const phones = await phonesAt(ctx, standing);
  return standing.flatMap((areaId) => {
    const goesTo = plan.closed.some(({ id }) => id === areaId)
      ? fates.find(({ post }) => post.areaId === areaId)?.toAreaId
      : areaId;
    const sum = (of: (one: Shares[number]) => boolean): number =>
      cases.filter(of).reduce((total, { open }) => total + open, 0);
    const told = {
      phones: phones.find((row) => row.areaId === areaId)?.phones ?? 0,
      gains: sum(({ fromId, toId }) => fromId !== areaId && toId === goesTo),
      loses: sum(({ fromId, toId }) => fromId === areaId && toId !== goesTo),
    };
    return told.phones > 0 ? [{ areaId, name: survey.atlas.get(areaId)?.name ?? '', ...told }] : [];
  });
}

/** Which land a corrected border gains and loses, and to whom it goes. */
export function landOf({ plan }: Prepared): Preview['land'] {
  const [own] = plan.changed;
  if (plan.kind !== 'area.corrected' || !own?.boundary) return null;
  const { boundary: stood } = own.area;
  const m2 = (land: Boundary | null): number => (land ? Math.round(areaM2Of(land)) : 0);
  return {
    gainedM2: m2(stood ? without(own.boundary, stood) : own.boundary),
    lostM2: m2(stood && without(stood, own.boundary)),
    gapM2: m2(plan.gap),
    gap: plan.gap,
    passes: plan.passes.map(({ from, to, land }) => ({
      ...{ fromId: from.id, fromName: from.name, toId: to.id, toName: to.name },
      m2: m2(land),
    })),
  };
}

/** Borders that an act draws. */
export const bordersOf = ({ plan }: Prepared): Preview['borders'] => [
  ...plan.opened.flatMap(({ id, name, boundary }) => (boundary ? { areaId: id, name, boundary } : [])),
  ...plan.changed.flatMap(({ area, boundary }) => (boundary ? { areaId: area.id, name: area.name, boundary } : [])),
];
