import { z } from 'zod';
import { type Endpoint, file, idParam, procedure, read } from '../../../kernel/endpoint.ts';
import { roleNames } from '../../land/staff/staff.model.ts';
import type { PhotoRoom } from './room.outside.ts';
import { uploadedVoiceForm, voiceTaken, voiceView } from './voice.model.ts';
import { takeVoiceIn, voiceBytes } from './voice.outside.ts';
import { findVoice, voiceLines } from './voice.views.ts';

const staff = [{ roles: roleNames.filter((role) => role !== 'admin' && role !== 'auditor') }];

/** Recordings come over the same resumable uploads as photos, with `kind voice` in their metadata. */
export const voiceRoutes = (room: PhotoRoom): readonly Endpoint[] => [
  procedure({
    name: 'voice.add_uploaded',
    method: 'POST',
    path: '/api/casefiles/:id/voices/uploaded',
    summary: { zh: '收下分段传完的录音', en: 'Take in a recording that arrived in pieces' },
    access: staff,
    onPhone: true,
    lane: 'bulk',
    params: idParam,
    body: uploadedVoiceForm,
    output: voiceTaken,
    handle: (runtime, { params, body, ...call }) =>
      takeVoiceIn(runtime, room, { ...call, ...body, casefileId: params.id }),
  }),
  read({
    name: 'voice.list',
    path: '/api/casefiles/:id/voices',
    summary: { zh: '案卷的录音', en: 'Recordings of a case' },
    access: staff,
    onPhone: true,
    lane: 'read',
    params: idParam,
    output: z.array(voiceView),
    handle: (ctx, { params }) => voiceLines(ctx, params.id),
  }),
  file({
    name: 'voice.open',
    path: '/api/voices/:id',
    summary: { zh: '一段录音', en: 'A recording' },
    access: staff,
    onPhone: true,
    lane: 'read',
    params: idParam,
    type: 'audio/*',
    find: async (ctx, { params }) => {
      const found = await findVoice(ctx, params.id);
      return {
        etag: found.etag,
        name: `voice-${params.id.slice(0, 8)}.${found.kind}`,
        open: () => voiceBytes(room.store, found),
      };
    },
  }),
];
