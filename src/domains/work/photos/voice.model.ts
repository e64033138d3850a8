import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import { sha256Schema } from './upload.model.ts';

/** A phone stops by itself; its counter may be a little late. */
const seconds = z.coerce.number().int().min(0).max(130);
export const uploadedVoiceForm = z.strictObject({ sha256: sha256Schema, seconds });

export const voiceTaken = z.object({ voiceId: idSchema, sha256: z.string() });

export const voiceView = z.object({
  id: idSchema,
  casefileId: idSchema,
  kind: z.enum(['webm', 'ogg', 'mp4']),
  bytes: z.number().int(),
  seconds: z.number().int().describe('As the phone counted them'),
  addedAt: z.date(),
  addedBy: z.string(),
});

const kept: Words = {
  zh: '报事的文字和照片不受影响。',
  en: 'The words and photos of the report are not affected. ',
};
const hint = (zh: string, en: string): Words => ({ zh: kept.zh + zh, en: kept.en + en });

export const voiceProblems = defineProblems({
  'voice.not_a_voice': {
    status: 422,
    title: { zh: '这个文件不是录音', en: 'This file is not a voice recording' },
    hint: hint(
      '只收手机浏览器录下的 WebM、Ogg、MP4 声音，带画面的不收。请重新录一段。',
      'Sound as a phone’s browser records it (WebM, Ogg, MP4) is taken, none with pictures. Record it again.',
    ),
  },
  'voice.too_large': {
    status: 413,
    title: { zh: '录音超过 4 MB', en: 'The recording is larger than 4 MB' },
    hint: hint('请分成短一些的几段再录。', 'Record it again in shorter parts.'),
  },
  'voice.not_stored': {
    status: 503,
    title: { zh: '服务器没能把录音写到磁盘', en: 'The server could not write the recording to its disk' },
    hint: hint(
      '录音还在手机里，稍后会再传。请告诉管理员检查磁盘空间。',
      'It is still on the phone and is sent again later. Tell the administrator to check the disk.',
    ),
  },
  'voice.too_many': {
    status: 422,
    title: { zh: '录音已经够多了（最多 {most} 段）', en: 'There are enough recordings already (at most {most})' },
    hint: hint('已经保存的录音都还在。', 'Those saved are kept.'),
  },
  'voice.report_forgotten': {
    status: 410,
    title: { zh: '这次报事的内容已按要求删除', en: 'What was reported was erased on request' },
    hint: {
      zh: '录音没有保存，案卷照常办理。手机里的这一段可以删掉。',
      en: 'The recording was not saved, the case goes on. What is left of it on the phone may be dropped.',
    },
  },
  'voice.not_found': {
    status: 404,
    title: {
      zh: '没有这段录音，或已按要求删除，或者您无权听',
      en: 'There is no such recording, it was erased on request, or it is not for you to hear',
    },
    hint: { zh: '请刷新案卷，看看现有的录音。', en: 'Reload the case to see the recordings it has.' },
  },
});
