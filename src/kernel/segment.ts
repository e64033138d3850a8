import { cut } from 'jieba-wasm';

/**
 * Words of a text in order, in small letters: Chinese as the dictionary cuts it, other scripts by their letters. Numbers
 * are left out, and so is what stands alone between words of the dictionary: a rare name falls apart into such signs.
 * Takes half a second once in a process, when the dictionary is unfolded; after that about a third of a millisecond.
 */
export function segment(text: string): string[] {
  const runs = text.normalize('NFKC').toLowerCase().slice(0, LONGEST).matchAll(RUN);
  return [...runs].flatMap(([run]) => (isHan(run) ? cut(run, false) : [run])).filter(isWord);
}

const LONGEST = 4000;
/** Chinese of one piece, or letters of one word. */
const RUN = /\p{Script=Han}+|[\p{L}']+?(?=\p{Script=Han}|[^\p{L}']|$)/gu;
const isHan = (run: string): boolean => /^\p{Script=Han}/u.test(run);
const isWord = (word: string): boolean => {
  const { length } = [...word];
  return length >= 2 && length <= 20;
};
