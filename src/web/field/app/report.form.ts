import type { Point } from '../../../kernel/geo.ts';
import type { Language, Words } from '../../../kernel/words.ts';
import { newCommandId } from '../../api/call.ts';
import type { NewOp, Op } from '../engine/contract.ts';
import { isVoice } from '../engine/outbox.ts';
import type { StoredFile } from '../engine/ports.ts';

/** Where it is, as it will be said: the grid that somebody confirmed, and the point when the phone is sure of one. */
export interface Where {
  readonly areaId: string | null;
  readonly point: Point | null;
  readonly accuracyM: number | null;
  readonly words: string;
  /** Chosen by hand: a better fix does not change it any more. */
  readonly isChosen: boolean;
  /** Whoever works for a body has none: the server says in which grid a point lies. */
  readonly hasGrids: boolean;
}

const nowhere: Where = {
  areaId: null,
  point: null,
  accuracyM: null,
  words: '',
  isChosen: false,
  hasGrids: true,
};

/** What was said aloud and lies on the phone. */
export interface KeptVoice {
  readonly sha256: string;
  readonly seconds: number;
}

/** A report while it is written. Its ids are made first: kept twice by accident, it still is one report. */
export interface Draft {
  readonly casefileId: string;
  readonly reportId: string;
  readonly photos: readonly string[];
  readonly voices: readonly KeptVoice[];
  readonly where: Where;
  readonly words: string;
  readonly urgent: boolean;
  readonly typeCode: string;
  readonly settled: boolean;
  readonly conditionCode: string;
  readonly did: string;
  readonly after: readonly string[];
  /** A refused one that this takes the place of; it is put away when this is kept. */
  readonly instead: string | null;
}

/** Under which name it lies half written. */
export const DRAFT = 'report';

export const blank = (): Draft => ({
  casefileId: newCommandId(),
  reportId: newCommandId(),
  photos: [],
  voices: [],
  where: nowhere,
  words: '',
  urgent: false,
  typeCode: '',
  settled: false,
  conditionCode: '',
  did: '',
  after: [],
  instead: null,
});

/** The same place, everything else anew. */
export const nextNearby = ({ where }: Draft): Draft => ({ ...blank(), where: { ...where, words: '' } });

/** A refused report once more, to be put right: all that was said and taken, but the kind, which may be what was wrong. */
export function againOf(op: Op, kept: readonly StoredFile[]): Draft {
  const { place, words, urgent, did } = op.body as {
    place: { areaId?: string; lon?: number; lat?: number; accuracyM?: number; words: string };
    words: string;
    urgent?: boolean;
    did?: string;
  };
  const { areaId = null, lon, lat, accuracyM = null } = place;
  const mine = kept.filter(({ sha256 }) => op.files.includes(sha256));
  const voices = mine.filter(isVoice);
  const after = mine.filter(({ type }) => type.includes('stage=after'));
  const hashes = (files: readonly StoredFile[]): string[] => files.map(({ sha256 }) => sha256);
  return {
    ...blank(),
    ...{ words, urgent: urgent === true, settled: did !== undefined, did: did ?? '', instead: op.commandId },
    where: {
      ...{ areaId, accuracyM, words: place.words, isChosen: true, hasGrids: areaId !== null },
      point: lon === undefined || lat === undefined ? null : [lon, lat],
    },
    photos: hashes(mine.filter((file) => !voices.includes(file) && !after.includes(file))),
    after: hashes(after),
    voices: voices.map(({ sha256, type }) => ({ sha256, seconds: Number(/;seconds=(\d+)/.exec(type)?.[1] ?? 0) })),
  };
}

export function problemOf(draft: Draft): Words | null {
  if (draft.words.trim() === '' && draft.voices.length === 0)
    return { zh: '还没有写是什么事，也没有录音', en: 'Say what it is, in words or aloud' };
  if (!isPlaced(draft.where)) return { zh: '还没有定在哪个网格', en: 'Say in which grid it is' };
  if (!draft.settled) return null;
  if (draft.conditionCode === '') return { zh: '当场办好的，要选立案条件', en: 'What is settled needs its condition' };
  return draft.did.trim() === '' ? { zh: '还没有写怎么办的', en: 'Say what was done' } : null;
}

/** A grid; or, for who has no grids of their own, a point or words that the server can place it by. */
const isPlaced = ({ areaId, point, words, hasGrids }: Where): boolean =>
  areaId !== null || (!hasGrids && (point !== null || words.trim() !== ''));

export function opOf(draft: Draft, language: Language): NewOp {
  const { casefileId, reportId, where, urgent, typeCode, settled, conditionCode } = draft;
  const { areaId, point, accuracyM } = where;
  const body = {
    casefileId,
    reportId,
    words: draft.words.trim() || spokenWords(draft.voices, language),
    place: {
      ...(areaId !== null && { areaId }),
      ...(point !== null && { lon: point[0], lat: point[1] }),
      ...(point !== null && accuracyM !== null && { accuracyM }),
      words: where.words.trim(),
    },
    channel: 'field',
    ...(typeCode !== '' && { typeCode }),
    ...(settled ? { conditionCode, did: draft.did.trim() } : { urgent }),
    language,
  };
  const name = settled ? 'casefile.report_handled' : 'casefile.report';
  const voices = draft.voices.map(({ sha256 }) => sha256);
  const files = [...draft.photos, ...(settled ? draft.after : []), ...voices];
  return { name, params: {}, body, target: casefileId, urgent, files };
}

/** The desk reads at once that there is something to listen to, although the recording comes after its record. */
function spokenWords(voices: readonly KeptVoice[], language: Language): string {
  const seconds = voices.reduce((sum, voice) => sum + voice.seconds, 0);
  return language === 'zh' ? `（请听录音，共 ${seconds} 秒）` : `(To be listened to: ${seconds} s)`;
}
