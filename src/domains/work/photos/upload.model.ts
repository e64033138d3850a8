import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems, Problem } from '../../../kernel/problem.ts';
import { holderKinds, pictureNames } from './holder.model.ts';
import { limits } from './limits.model.ts';
import { stageNames } from './stage.model.ts';

/** A photo that comes in pieces: of which case and step it is, and by which hash it is known when it is whole. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits');

const whole = z.strictObject({
  recordKind: z.enum(holderKinds).default('casefile'),
  recordId: idSchema,
  stage: z.enum(pictureNames),
  sha256: sha256Schema,
  size: z.coerce.number().int().min(1).max(limits.fileBytes),
  /** A recording belongs to the report, whatever its stage says. */
  kind: z.enum(['photo', 'voice']).default('photo'),
});
/** A phone of before there were other records says `casefileId`. */
const saidOfACase = (said: unknown): unknown => {
  const { casefileId, ...rest } = Object(said) as { casefileId?: unknown };
  return casefileId === undefined ? said : { recordId: casefileId, ...rest };
};
export const uploadForm = z.preprocess(saidOfACase, whole);
export type UploadForm = z.infer<typeof whole>;
/** As it is noted beside what has arrived, with the key it lies under. */
export const arrivingForm = z.preprocess(saidOfACase, whole.extend({ keyId: idSchema }));

export const uploadedForm = z.strictObject({ stage: z.enum(stageNames), sha256: sha256Schema });

/** `sha256 nLB+…=`, as tus says it: what the bytes of one piece must hash to, and by which algorithm. */
export const checksumKinds = ['sha256', 'sha1'] as const;
export interface Checksum {
  readonly kind: (typeof checksumKinds)[number];
  readonly digest: string;
}

/** Null: none was sent. */
export function checksumIn(header: string | undefined): Checksum | null {
  if (header === undefined) return null;
  const [name, digest] = header.split(' ');
  const kind = checksumKinds.find((one) => one === name);
  if (!kind || !digest) throw new Problem(uploadProblems['upload.checksum_unknown']);
  return { kind, digest };
}

export const uploadProblems = defineProblems({
  'upload.not_found': {
    status: 404,
    title: { zh: '没有这次分段上传，或者已过期', en: 'There is no such upload, or it has expired' },
    hint: {
      zh: '文件还在手机里，会从头再传；已经保存的不受影响。',
      en: 'The file is still on the phone and is sent from its beginning; what is saved is not affected.',
    },
  },
  'upload.out_of_step': {
    status: 409,
    title: { zh: '这一段接不上', en: 'This piece does not follow what is there' },
    hint: {
      zh: '请先问服务器收到了多少（HEAD），再从那里接着传。已收到的都还在。',
      en: 'Ask how much has arrived (HEAD) and go on from there. What has arrived is kept.',
    },
  },
  'upload.not_whole': {
    status: 409,
    title: { zh: '还没有传完整', en: 'It has not arrived whole' },
    hint: {
      zh: '请接着传剩下的部分；已收到的都还在，不用从头传。',
      en: 'Send the rest; what has arrived is kept, nothing is sent twice.',
    },
  },
  'upload.too_many': {
    status: 429,
    title: { zh: '没传完的照片和录音太多了（最多 {most} 个）', en: 'Too many unfinished uploads (at most {most})' },
    hint: {
      zh: '请先把已经开始的传完；两天没有动静的会自动清理。',
      en: 'Finish those begun; what lies still for two days is cleared.',
    },
  },
  'upload.checksum_unknown': {
    status: 400,
    title: { zh: '看不懂这一段的校验值', en: 'The checksum of this piece cannot be read' },
    hint: {
      zh: 'Upload-Checksum 里写 sha256 或 sha1，空格，再写 Base64 的值。这一段没有收，已收到的都还在。',
      en: 'Upload-Checksum is sha256 or sha1, a space and the digest in base 64. This piece was not taken; what has arrived is kept.',
    },
  },
  'upload.mismatch': {
    status: 460,
    title: { zh: '这一段在路上变了样', en: 'This piece changed on its way' },
    hint: {
      zh: '这一段没有收，请再传一次；之前收到的都还在。',
      en: 'It was not taken: send it again. What arrived before is kept.',
    },
  },
  'upload.unreadable': {
    status: 412,
    title: { zh: '分段上传只认 tus 1.0.0', en: 'Uploads in pieces speak tus 1.0.0' },
    hint: {
      zh: '请带上 Tus-Resumable: 1.0.0，并在 Upload-Metadata 里写明案卷、环节和 SHA-256。没有保存任何内容。',
      en: 'Send Tus-Resumable: 1.0.0, and the case, step and SHA-256 in Upload-Metadata. Nothing was kept.',
    },
  },
});
