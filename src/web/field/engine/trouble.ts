import type { Words } from '../../../kernel/words.ts';
import type { SyncStatus } from './contract.ts';
import { Refused, StoreFull } from './ports.ts';

/** What a failed try means: for whoever holds the phone, and for what the engine does next. */
type Trouble = NonNullable<SyncStatus['trouble']>;

const full: { readonly title: Words; readonly detail: Words } = {
  title: { zh: '手机空间不足', en: 'The phone is full' },
  detail: {
    zh: '刚才的内容没有存上，原来的都在。请清理空间后再试；有网络时先同步，照片发出后会腾出地方。',
    en: 'The last was not saved; what was there still is. Free some space, or sync first: photos that are sent make room.',
  },
};

export const fullOf = (language: 'zh' | 'en'): Trouble => ({
  code: 'device.full',
  title: full.title[language],
  detail: full.detail[language],
});

/** Null: there was no answer, which is no trouble of anybody's. */
export function troubleOf(error: unknown, language: 'zh' | 'en'): Trouble | null {
  if (error instanceof StoreFull) return fullOf(language);
  if (!(error instanceof Refused) || isBusy(error)) return null;
  const { code, title, detail } = error;
  return { code, title, detail };
}

/** Comes right by itself. */
export const isBusy = ({ status }: Refused): boolean => [408, 429, 503].includes(status);

/** Something in what was sent, not in who sent it. */
export const isAboutContent = (error: unknown): error is Refused =>
  error instanceof Refused && [400, 413, 422].includes(error.status);

/**
 * The server will never have this file: its record is gone or past that step, or the file is what it is. Whatever else
 * befalls it, a fault of the server included, may be over the next time.
 */
export const isForGood = (error: unknown): error is Refused =>
  error instanceof Refused && [404, 409, 410, 413, 422].includes(error.status) && !passing.has(error.code);
/** Said with such a status, and yet over the next time: the same is being carried out, or the pieces do not fit yet. */
const passing: ReadonlySet<string> = new Set([
  ...['command.still_running', 'upload.out_of_step', 'upload.not_found', 'upload.not_whole'],
]);

const FIRST_MS = 2000;
const LONGEST_MS = 5 * 60_000;
const QUIET_MS = 60_000;

/** Doubled after each failure, and half of it left to chance: phones that lost the server together do not return together. */
export const nextTry = (failures: number, chance: number): number => {
  const most = failures === 0 ? QUIET_MS : Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
  return Math.round(most * (0.5 + chance / 2));
};
