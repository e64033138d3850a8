import { z } from 'zod';
import { boundarySchema, datums } from '../../../kernel/geo.ts';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';

/** The levels of the tree, from the widest to the smallest. Below the community nothing is published: it is ours to number. */
export const areaLevels = ['province', 'city', 'county', 'town', 'community', 'grid', 'micro_grid'] as const;
export type AreaLevel = (typeof areaLevels)[number];

export const levelWords: Readonly<Record<AreaLevel, Words>> = {
  province: { zh: '省', en: 'province' },
  city: { zh: '市', en: 'city' },
  county: { zh: '县（区）', en: 'county' },
  town: { zh: '乡镇（街道）', en: 'town' },
  community: { zh: '社区（村）', en: 'community' },
  grid: { zh: '网格', en: 'grid' },
  micro_grid: { zh: '微网格', en: 'micro-grid' },
};

/** Official codes down to the community (12 digits), ours below: three digits more per level. */
export const areaCode = z.string().regex(/^\d{2,24}$/, 'digits');

export const areaForm = z.strictObject({
  id: idSchema,
  parentId: idSchema.nullable(),
  level: z.enum(areaLevels),
  code: areaCode,
  name: z.string().trim().min(1).max(60),
  boundary: boundarySchema.nullable(),
});
export type AreaForm = z.infer<typeof areaForm>;

export const areaView = z.object({
  id: idSchema,
  parentId: idSchema.nullable(),
  level: z.enum(areaLevels),
  code: z.string(),
  name: z.string(),
  path: z.array(z.string()).describe('Names from the top down to this area'),
  hasBoundary: z.boolean(),
});

/** A point as a device or a map gave it. */
export const placePoint = z.strictObject({
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  datum: z.enum(datums).default('wgs84'),
  accuracyM: z.number().min(0).max(100_000).optional().describe('Radius of uncertainty in metres, as the device says'),
});
export type PlacePoint = z.infer<typeof placePoint>;

export const areaProblems = defineProblems({
  'area.not_found': {
    status: 404,
    title: { zh: '没有这个区域', en: 'There is no such area' },
    hint: { zh: '请从列表里重新选择。', en: 'Choose again from the list.' },
  },
  'area.no_tile': {
    status: 404,
    title: { zh: '没有这块地图', en: 'There is no such square of the map' },
    hint: {
      zh: '地图上的方块写成“层级-列-行”，例如 12-3332-1690。',
      en: 'A square of the map is written zoom-column-row, such as 12-3332-1690.',
    },
  },
  'area.point_outside': {
    status: 422,
    title: { zh: '这个位置不在本县范围内', en: 'This place lies outside our county' },
    hint: {
      zh: '请检查位置，或者不带位置、只选所在的社区和网格提交。您填写的其他内容都还在。',
      en: 'Check the place, or leave it out and choose the community and grid. Everything else you entered is kept.',
    },
  },
  'area.point_swapped': {
    status: 422,
    title: { zh: '经度和纬度好像写反了', en: 'Longitude and latitude seem to be swapped' },
    hint: {
      zh: '经度在前（约 {lon}），纬度在后（约 {lat}）。请对调后再提交。',
      en: 'Longitude first (about {lon}), then latitude (about {lat}). Swap them and submit again.',
    },
  },
  'area.no_room': {
    status: 409,
    title: { zh: '“{parent}”下面的编号用完了', en: 'There are no numbers left below “{parent}”' },
    hint: { zh: '请联系管理员给这一层重新编号。', en: 'Ask the administrator to renumber this level.' },
  },
  'area.wrong_parent': {
    status: 422,
    title: { zh: '上级区域的层级不对', en: 'The area above has the wrong level' },
    hint: { zh: '上级必须比它高一层或几层。', en: 'The parent must stand higher in the tree.' },
  },
  'area.root_exists': {
    status: 409,
    title: { zh: '最上面的区域已经有了，只能有一个', en: 'There is a topmost area already, and only one' },
    hint: { zh: '请选择新区域的上级。', en: 'Choose the area above the new one.' },
  },
  'area.code_taken': {
    status: 409,
    title: { zh: '这个编码已经有区域在用', en: 'This code is already in use' },
    hint: {
      zh: '同一天里一个编码只能属于一个区域，请核对编码。',
      en: 'On one day a code belongs to one area. Check the code.',
    },
  },
});
