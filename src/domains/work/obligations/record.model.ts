import type { Words } from '../../../kernel/words.ts';

/** Where the record of a duty is looked at at the desk, and what it is called when the duty has no words of its own. */
interface RecordKind {
  readonly page: string;
  readonly words: Words;
}

const kinds: Readonly<Record<string, RecordKind>> = {
  casefile: { page: '/console/cases', words: { zh: '案卷', en: 'Case' } },
  directive_item: { page: '/console/directive-items', words: { zh: '任务事项', en: 'Item of a notice' } },
  pledge_signature: { page: '/console/pledge-signatures', words: { zh: '承诺书', en: 'Pledge' } },
  inspection: { page: '/console/inspections', words: { zh: '督导检查', en: 'Inspection' } },
  hazard: { page: '/console/hazards', words: { zh: '隐患', en: 'Hazard' } },
  checkpoint: { page: '/console/checkpoints', words: { zh: '卡口', en: 'Checkpoint' } },
  person_request: { page: '/console/requests', words: { zh: '个人信息请求', en: 'Request of a person' } },
  area_message: { page: '/console/channel', words: { zh: '居民留言', en: 'A resident’s message' } },
};

export interface OfRecord {
  readonly recordKind: string;
  readonly recordId: string;
}

/** A case opens beside the list of duties; every other record has a page of its own. */
export const isCase = ({ recordKind }: OfRecord): boolean => recordKind === 'casefile';
export const recordPage = ({ recordKind, recordId }: OfRecord): string =>
  `${(kinds[recordKind] ?? kinds.casefile)?.page}/${recordId}`;
export const recordWords = ({ recordKind }: OfRecord): Words =>
  kinds[recordKind]?.words ?? { zh: recordKind, en: recordKind };
