import { z } from 'zod';
import { idSchema } from '../../../../kernel/id.ts';
import { defineProblems } from '../../../../kernel/problem.ts';

/** Own ledgers (自建台账): what an area keeps besides those that everybody keeps, without anybody changing the program. */

/** In one area; more nobody finds again among the tabs. */
export const MOST_LEDGERS = 20;

const text = (most: number) => z.string().trim().max(most);
const worded = {
  name: text(20),
  unit: text(4).describe('What one counts them by: 个, 处, 户'),
  called: text(20).describe('Over the column that says which one it is; empty: 名称'),
  usedFor: text(200),
};
export const ownLedgerForm = z.strictObject({ areaId: idSchema, ...worded });
export const ownLedgerChange = z.strictObject(worded);
export type GivenLedger = z.output<typeof ownLedgerChange>;

export const ownLedgerView = z.object({
  id: idSchema,
  code: z.string().describe('As everything that takes a ledger takes it'),
  areaId: idSchema,
  area: z.string(),
  name: z.string(),
  unit: z.string(),
  called: z.string(),
  usedFor: z.string(),
  addedBy: z.string(),
  addedAt: z.date(),
  retiredBy: z.string().nullable(),
  retiredAt: z.date().nullable(),
  isHere: z.boolean().describe('Whether all of the area that was asked for may keep it'),
  mayChange: z.boolean().describe('Whether the viewer keeps the ledgers of its whole area'),
});

export const ownLedgerProblems = defineProblems({
  'own_ledger.not_found': {
    status: 404,
    title: { zh: '没有这本自建台账', en: 'There is no such own ledger' },
    hint: {
      zh: '可能不在您负责的地方。请回到台账。',
      en: 'It may lie outside your area. Go back to the ledgers.',
    },
  },
  'own_ledger.not_here': {
    status: 403,
    title: { zh: '只能给自己管台账的地方建台账', en: 'Only for an area whose ledgers you keep' },
    hint: {
      zh: '没有保存。请选您负责的社区或镇街；上级建的由上级改。',
      en: 'Nothing was saved. Choose an area of yours; what was added above is changed there.',
    },
  },
  'own_ledger.elsewhere': {
    status: 422,
    title: { zh: '这个地方没有“{name}”', en: 'This area does not keep “{name}”' },
    hint: {
      zh: '没有保存。请选建这本台账的地方，或它下面的。',
      en: 'Nothing was saved. Choose the area that keeps it, or one within.',
    },
  },
  'own_ledger.wrong': {
    status: 422,
    title: { zh: '有的地方填得不对', en: 'Something is not right' },
    hint: {
      zh: '没有保存。按旁边的原因改好，再提交。',
      en: 'Nothing was saved. Mend what is marked and submit again.',
    },
  },
  'own_ledger.too_many': {
    status: 409,
    title: { zh: '一个地方最多 {most} 本自建台账', en: 'At most {most} own ledgers in an area' },
    hint: { zh: '没有保存。请先停用不再用的。', en: 'Nothing was saved. Retire what is not used any more.' },
  },
  'own_ledger.retired': {
    status: 409,
    title: { zh: '“{name}”已经停用', en: '“{name}” was retired' },
    hint: {
      zh: '没有保存。里面记过的还在，照样看得到；要再记，请另建一本。',
      en: 'Nothing was saved. What stands in it stays and is shown; to go on, add another.',
    },
  },
});

export const ledgerFaults = {
  needed: { zh: '不能空着', en: 'must not be empty' },
  taken: { zh: '已经有这样一本台账', en: 'there is a ledger of this name already' },
} as const;
