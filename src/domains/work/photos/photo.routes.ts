import { z } from 'zod';
import { type Endpoint, file, idParam, procedure, read } from '../../../kernel/endpoint.ts';
import type { Words } from '../../../kernel/words.ts';
import { type Role, roleNames } from '../../land/staff/staff.model.ts';
import { hazardPictureNames } from './holder.model.ts';
import { type PhotoSize, photoForm, photoView, takenView } from './photo.model.ts';
import { findPhoto, findReleased, photoLines } from './photo.views.ts';
import { previewRoutes } from './preview.routes.ts';
import type { PhotoRoom } from './room.outside.ts';
import { photoBytes, takePhotosIn } from './take_in.outside.ts';
import { uploadedForm } from './upload.model.ts';
import { takeUploadedIn } from './upload.outside.ts';
import { voiceRoutes } from './voice.routes.ts';

const staffRoles = roleNames.filter((role) => role !== 'admin' && role !== 'auditor');
/** At once; a browser's form has room for as many. */
const MOST_PHOTOS = 6;
/** Who goes from door to door. */
const visitors = ['grid_worker', 'grid_leader', 'community_head'] as const satisfies Role[];
const taken = z.object({ photos: z.array(takenView) });
/** Who may send photos in pieces: http speaks tus with them, and asks for nothing else. */
export const uploading = { access: [{ roles: staffRoles }], lane: 'bulk' } as const;

/** Uploads are `multipart/form-data`: the fields `stage` and `commandId`, then up to six files under any name. */
export const photoRoutes = (room: PhotoRoom): readonly Endpoint[] => [
  procedure({
    name: 'photo.add',
    onPhone: true,
    method: 'POST',
    path: '/api/casefiles/:id/photos',
    summary: { zh: '上传案卷照片', en: 'Add photos to a case' },
    access: [{ roles: staffRoles }],
    lane: 'bulk',
    params: idParam,
    body: photoForm,
    files: MOST_PHOTOS,
    output: taken,
    handle: (runtime, { params, body, ...call }) =>
      takePhotosIn(runtime, room, { ...call, of: { kind: 'casefile', id: params.id }, stage: body.stage }),
  }),
  procedure({
    name: 'photo.add_uploaded',
    onPhone: true,
    method: 'POST',
    path: '/api/casefiles/:id/photos/uploaded',
    summary: { zh: '收下分段传完的照片', en: 'Take in a photo that arrived in pieces' },
    access: [{ roles: staffRoles }],
    lane: 'bulk',
    params: idParam,
    body: uploadedForm,
    output: taken,
    handle: (runtime, { params, body, ...call }) =>
      takeUploadedIn(runtime, room, { ...call, of: { kind: 'casefile', id: params.id }, ...body }),
  }),
  procedure({
    name: 'track.add_photo',
    method: 'POST',
    path: '/api/track/:code/photos',
    summary: { zh: '报事人补充照片', en: 'Whoever reported adds photos' },
    access: ['reporter'],
    lane: 'bulk',
    params: z.strictObject({ code: z.string().min(1).max(40) }),
    body: z.strictObject({ stage: z.literal('report').default('report') }),
    files: MOST_PHOTOS,
    output: taken,
    triesPerMinute: 30,
    handle: (runtime, call) => takePhotosIn(runtime, room, { ...call, of: null, stage: 'report' }),
  }),
  procedure({
    name: 'photo.add_to_hazard',
    onPhone: true,
    method: 'POST',
    path: '/api/hazards/:id/photos',
    summary: { zh: '上传隐患照片', en: 'Add photos to a hazard' },
    access: [{ roles: staffRoles }],
    lane: 'bulk',
    params: idParam,
    body: z.strictObject({ stage: z.enum(hazardPictureNames) }),
    files: MOST_PHOTOS,
    output: taken,
    handle: (runtime, { params, body, ...call }) =>
      takePhotosIn(runtime, room, { ...call, of: { kind: 'hazard', id: params.id }, stage: body.stage }),
  }),
  procedure({
    name: 'photo.add_answered',
    onPhone: true,
    method: 'POST',
    path: '/api/campaign-targets/:id/photos/uploaded',
    summary: { zh: '收下走访里答的照片', en: 'Take in a photo that a visit was answered with' },
    access: [{ roles: visitors }],
    lane: 'bulk',
    params: idParam,
    body: uploadedForm.pick({ sha256: true }),
    output: taken,
    handle: (runtime, { params, body, ...call }) =>
      takeUploadedIn(runtime, room, {
        ...{ ...call, of: { kind: 'campaign_target', id: params.id }, stage: 'answer', sha256: body.sha256 },
      }),
  }),
  photoFile(room, 'full', '/api/photos/:id', { zh: '一张照片', en: 'A photo' }),
  photoFile(room, 'thumb', '/api/photos/:id/thumb', { zh: '照片缩略图', en: 'A photo, small' }),
  publicPhoto(room, 'full', '/api/public/photos/:id', { zh: '公开的照片', en: 'A released photo' }),
  publicPhoto(room, 'thumb', '/api/public/photos/:id/thumb', { zh: '公开的照片缩略图', en: 'A released photo, small' }),
  read({
    name: 'photo.list',
    onPhone: true,
    path: '/api/casefiles/:id/photos',
    summary: { zh: '案卷的照片', en: 'Photos of a case' },
    access: [{ roles: staffRoles }],
    lane: 'read',
    params: idParam,
    output: z.array(photoView),
    handle: (ctx, { params }) => photoLines(ctx, params.id),
  }),
  ...previewRoutes(room),
  ...voiceRoutes(room),
];

function photoFile(room: PhotoRoom, size: PhotoSize, path: string, summary: Words): Endpoint {
  return file({
    name: size === 'full' ? 'photo.open' : 'photo.thumb',
    onPhone: true,
    path,
    summary,
    access: [{ roles: staffRoles }],
    lane: 'read',
    params: idParam,
    type: 'image/jpeg',
    find: async (ctx, { params }) => {
      const found = await findPhoto(ctx, params.id, size);
      return { etag: found.etag, open: () => photoBytes(room.store, found) };
    },
  });
}

/** Only what a desk has released, for as long as it is. */
function publicPhoto(room: PhotoRoom, size: PhotoSize, path: string, summary: Words): Endpoint {
  return file({
    name: size === 'full' ? 'photo.public' : 'photo.public_thumb',
    path,
    summary,
    access: ['anyone'],
    lane: 'read',
    params: idParam,
    type: 'image/jpeg',
    find: async (ctx, { params }) => {
      const found = await findReleased(ctx, params.id, size);
      return { etag: found.etag, open: () => photoBytes(room.store, found) };
    },
  });
}
