import type { Words } from '../../../../kernel/words.ts';
import type { ValueType } from './value.model.ts';

/** A fact that is kept once, and every name that offices give it in their tables. */
export interface Field {
  readonly code: string;
  readonly name: Words;
  readonly type: ValueType;
  /** Besides its Chinese and English names; English ones are written together. */
  readonly aliases: readonly string[];
  /** What it may be, where its type is a choice. */
  readonly choices?: readonly string[];
}

/** A field that an area added to a ledger of its own. */
export interface AddedField extends Field {
  readonly choices: readonly string[];
  readonly help: string;
  /** After so many months it is asked again; null: it does not change by itself. */
  readonly freshMonths: number | null;
  /** Its values stay and are read; none is added. */
  readonly isRetired: boolean;
}

export const field = (code: string, zh: string, en: string, type: ValueType, aliases = ''): Field => ({
  code,
  name: { zh, en },
  type,
  aliases: aliases === '' ? [] : aliases.split(' '),
});
