import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import { pictureNames } from './holder.model.ts';
import { stageNames } from './stage.model.ts';

/** What is kept of a photo, twice: as large as a screen, and small for lists. */
export type PhotoSize = 'full' | 'thumb';

export const photoForm = z.strictObject({ stage: z.enum(stageNames) });

const words = z.object({ zh: z.string(), en: z.string() });
const point = z.object({ lon: z.number(), lat: z.number() });

/** What became of one file of an upload. The hash is that of the file as it was sent, so that a phone may let it go. */
export const takenView = z.object({
  index: z.number().int(),
  name: z.string(),
  sha256: z.string(),
  outcome: z.enum(['saved', 'refused']),
  photoId: idSchema.nullable(),
  problem: z.object({ code: z.string(), title: words, hint: words }).nullable(),
});
export type Taken = z.infer<typeof takenView>;

/** For staff: a reporter is never shown where and when a photo was taken. */
export const photoView = z.object({
  id: idSchema,
  casefileId: idSchema,
  reportId: idSchema.nullable(),
  stage: z.enum(stageNames),
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int(),
  takenAt: z.date().nullable().describe('By the camera’s clock'),
  point: point.nullable().describe('WGS 84, by the camera'),
  addedAt: z.date(),
  addedBy: z.string().describe('Name, or the reporter'),
});

/** Of a record that is no case. */
export const heldPhotoView = z.object({
  id: idSchema,
  recordId: idSchema,
  stage: z.enum(pictureNames),
  sha256: z.string().describe('Of the file as it was sent'),
  takenAt: z.date().nullable().describe('By the camera’s clock'),
  addedAt: z.date(),
  addedBy: z.string(),
});

export type PictureKind = 'jpeg' | 'png' | 'webp' | 'heic';

/** By content, never by name. Null: nothing we take. HEIC is recognised only to be told apart: the build cannot open it. */
export function kindOf(bytes: Uint8Array): PictureKind | null {
  const text = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp';
  if (text(4, 8) === 'ftyp' && /^(?:hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(text(8, 12))) return 'heic';
  return null;
}

/** As a camera wrote it: local time without a zone, perhaps its offset, perhaps a point in WGS 84. */
export const cameraNotes = z.object({
  at: z.string().nullable(),
  offset: z.string().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
});
export type CameraNotes = z.infer<typeof cameraNotes>;

/** The instant, where the camera did not say its offset in the zone given. Null: not said, or no such time. */
export function takenAtOf({ at, offset }: CameraNotes, zone: string): Date | null {
  const read = /^(\d{4}):(\d\d):(\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(at ?? '');
  if (!read) return null;
  const [year, month, day, hour, minute, second] = read.slice(1).map(Number) as [number, number, number, ...number[]];
  const where = /^[+-]\d\d:\d\d$/.test(offset ?? '') ? (offset ?? zone) : zone;
  try {
    const local = Temporal.PlainDateTime.from({ year, month, day, hour, minute, second }, { overflow: 'reject' });
    return new Date(local.toZonedDateTime(where).epochMilliseconds);
  } catch {
    return null;
  }
}

/** A camera without a fix writes zeros: nobody takes photos for us in the Gulf of Guinea. */
export function pointOf({ lon, lat }: CameraNotes): { lon: number; lat: number } | null {
  if (lon === null || lat === null || (lon === 0 && lat === 0)) return null;
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? { lon, lat } : null;
}

const others = {
  zh: '这一张没有保存，同时上传的其他照片和已填的内容不受影响。',
  en: 'This one was not saved; the other photos and what was written are not affected. ',
};
const hint = (zh: string, en: string): Words => ({ zh: others.zh + zh, en: others.en + en });

export const photoProblems = defineProblems({
  'photo.not_a_picture': {
    status: 422,
    title: { zh: '这个文件不是照片', en: 'This file is not a photo' },
    hint: hint(
      '只收 JPEG、PNG、WebP 照片，改文件名没有用；请直接用相机拍，或从相册里选。',
      'JPEG, PNG and WebP are taken, whatever the name says; use the camera or choose from the album.',
    ),
  },
  'photo.heic': {
    status: 422,
    title: { zh: 'HEIC 格式的照片暂时打不开', en: 'HEIC photos cannot be opened here yet' },
    hint: hint(
      '苹果手机请在“设置-相机-格式”里选“兼容性最佳”后重拍，或先另存为 JPEG。',
      'On an iPhone choose Settings, Camera, Formats, Most Compatible and take it again, or save it as JPEG first.',
    ),
  },
  'photo.too_large': {
    status: 413,
    title: { zh: '照片超过 20 MB', en: 'The photo is larger than 20 MB' },
    hint: hint('请把相机的画质调低一档再拍，或压缩后再传。', 'Take it at a lower quality, or make it smaller.'),
  },
  'photo.too_many_pixels': {
    status: 422,
    title: { zh: '照片尺寸太大（超过 5000 万像素）', en: 'The photo has too many pixels (more than 50 million)' },
    hint: hint('请关掉相机的高像素模式再拍。', 'Switch the camera’s high-resolution mode off and take it again.'),
  },
  'photo.unreadable': {
    status: 422,
    title: { zh: '照片打不开，可能没有传完整', en: 'The photo cannot be opened, it may be incomplete' },
    hint: hint(
      '请在手机上打开看看：能打开就再传一次，打不开请重拍。',
      'Open it on the phone: if that works send it again, otherwise take it again.',
    ),
  },
  'photo.took_too_long': {
    status: 422,
    title: { zh: '处理这张照片用时太久', en: 'This photo took too long to process' },
    hint: hint('请换一张普通大小的照片。', 'Send one of ordinary size instead.'),
  },
  'photo.busy': {
    status: 503,
    title: { zh: '正在处理的照片太多', en: 'Too many photos are being processed' },
    hint: hint('请过一分钟再传这一张，不会重复。', 'Send this one again in a minute; it will not be kept twice.'),
  },
  'photo.not_stored': {
    status: 503,
    title: { zh: '服务器没能把照片写到磁盘', en: 'The server could not write the photo to its disk' },
    hint: hint(
      '请告诉管理员检查磁盘空间，稍后再传这一张。',
      'Tell the administrator to check the disk, and send it again later.',
    ),
  },
  'photo.too_many': {
    status: 422,
    title: { zh: '照片已经够多了（最多 {most} 张）', en: 'There are enough photos already (at most {most})' },
    hint: hint('已经保存的照片都还在。还有情况请用文字补充。', 'Those saved are kept. Add the rest in words.'),
  },
  'photo.from_earlier_round': {
    status: 422,
    title: { zh: '这张照片上一轮已经用过', en: 'This photo was used in an earlier round' },
    hint: hint(
      '请拍一张这次处置后的现场照片。上一轮的照片还在案卷里。',
      'Take a new one of the place as it is now. The earlier one is kept.',
    ),
  },
  'photo.not_of_this': {
    status: 422,
    title: { zh: '这里不收这一种照片', en: 'Photos of this step do not belong here' },
    hint: hint('请刷新页面，从页面上的按钮上传。', 'Reload the page and use its own form.'),
  },
  'photo.none_sent': {
    status: 422,
    title: { zh: '没有收到照片', en: 'No photo was received' },
    hint: { zh: '请选好照片再上传。没有改动任何内容。', en: 'Choose photos, then send them. Nothing was changed.' },
  },
  'photo.not_found': {
    status: 404,
    title: {
      zh: '没有这张照片，或已按要求删除，或者您无权查看',
      en: 'There is no such photo, it was erased on request, or it is not for you to see',
    },
    hint: { zh: '请刷新页面，看看现有的照片。', en: 'Reload the page to see the photos there are.' },
  },
});
