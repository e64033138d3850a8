import { z } from 'zod';
import { type Endpoint, file, idParam, procedure, read } from '../../../kernel/endpoint.ts';
import { roleNames } from '../../land/staff/staff.model.ts';
import { previewForm, previewTaken, previewView } from './preview.model.ts';
import { takePreviewIn } from './preview.outside.ts';
import { openPreview, previewLines } from './preview.views.ts';
import type { PhotoRoom } from './room.outside.ts';

const staff = [{ roles: roleNames.filter((role) => role !== 'admin' && role !== 'auditor') }];

/** Over a thin link the desk sees what a photo shows before its large file has come. For staff alone. */
export const previewRoutes = (room: PhotoRoom): readonly Endpoint[] => [
  procedure({
    name: 'photo.add_preview',
    onPhone: true,
    method: 'POST',
    path: '/api/casefiles/:id/photos/previews',
    summary: { zh: '先传一张小图，原图随后', en: 'A small picture ahead of the photo' },
    access: staff,
    lane: 'bulk',
    params: idParam,
    body: previewForm,
    files: 1,
    output: previewTaken,
    handle: (runtime, { params, body, ...call }) =>
      takePreviewIn(runtime, room, { ...call, ...body, casefileId: params.id }),
  }),
  read({
    name: 'photo.previews',
    path: '/api/casefiles/:id/photos/previews',
    summary: { zh: '还在路上的照片（小图）', en: 'Photos on their way, small' },
    access: staff,
    lane: 'read',
    params: idParam,
    output: z.array(previewView),
    handle: (ctx, { params }) => previewLines(ctx, params.id),
  }),
  file({
    name: 'photo.preview',
    path: '/api/previews/:id',
    summary: { zh: '一张小图', en: 'One small picture' },
    access: staff,
    lane: 'read',
    params: idParam,
    type: 'image/jpeg',
    find: async (ctx, { params }) => {
      const bytes = await openPreview(ctx, params.id);
      return { etag: `"${params.id}"`, open: async () => ({ bytes, type: 'image/jpeg' }) };
    },
  }),
];
