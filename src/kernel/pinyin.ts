import { pinyin } from 'pinyin-pro';

/** A name as it is typed by somebody in a hurry: 二运第一网格 is `eydywg`, or `eryundiyiwangge`. */
export interface Spelling {
  readonly initials: string;
  readonly whole: string;
}

/** Read by words, so that 重庆路 begins with c and 重要 with z; ü is typed v. Letters and digits stand as they are. */
export function spell(name: string): Spelling {
  const syllables = pinyin(name.normalize('NFKC'), { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    .map((syllable) => syllable.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''))
    .filter((syllable) => syllable !== '');
  return { initials: syllables.map((syllable) => syllable.slice(0, 1)).join(''), whole: syllables.join('') };
}
