import { z } from 'zod';
import { type Endpoint, read } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { areaLevels } from '../../land/areas/area.model.ts';
import { type Role, roleNames, roles } from '../../land/staff/staff.model.ts';
import { courseQuery, courseView } from './course.model.ts';
import { courseOf } from './course.views.ts';
import type { PackGiven } from './definition.model.ts';
import { figureQuery, figuresView, recordsQuery, recordsView } from './figure.model.ts';
import { areasToCount, figuresOf } from './figure.views.ts';
import { readPacks } from './pack.model.ts';
import { openFigure } from './record.views.ts';

/** Whoever reads all that lies in an area may count it. */
const readers: readonly Role[] = roleNames.filter((role) => roles[role].readsArea);

export function figureRoutes(given: readonly PackGiven[]): readonly Endpoint[] {
  const packs = readPacks(given);
  return [
    read({
      name: 'figure.casefiles',
      path: '/api/figures/casefiles',
      summary: { zh: '案卷指标', en: 'Figures over casefiles' },
      access: [{ roles: readers }],
      lane: 'bulk',
      query: figureQuery,
      output: figuresView,
      handle: (ctx, { query }) => figuresOf(ctx, packs, query),
    }),
    read({
      name: 'figure.course',
      path: '/api/figures/casefiles/course',
      summary: { zh: '案卷指标随时间的变化', en: 'Figures over casefiles in the course of time' },
      access: [{ roles: readers }],
      lane: 'bulk',
      query: courseQuery,
      output: courseView,
      handle: (ctx, { query }) => courseOf(ctx, packs, query),
    }),
    read({
      name: 'figure.areas',
      path: '/api/figures/areas',
      summary: { zh: '我可以统计的区域', en: 'Areas that I may count' },
      access: [{ roles: readers }],
      lane: 'read',
      output: z.array(z.object({ id: idSchema, name: z.string(), level: z.enum(areaLevels) })),
      handle: areasToCount,
    }),
    read({
      name: 'figure.records',
      path: '/api/figures/casefiles/:figure/records',
      summary: { zh: '一个指标由哪些案卷算出', en: 'The records behind a figure' },
      access: [{ roles: readers.filter((role) => role !== 'auditor') }],
      lane: 'read',
      params: z.strictObject({ figure: z.string().max(40) }),
      query: recordsQuery,
      output: recordsView,
      handle: (ctx, { params, query }) => openFigure(ctx, packs, params.figure, query),
    }),
  ];
}
