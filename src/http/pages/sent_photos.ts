import type { Taken } from '../../domains/work/photos/photo.model.ts';
import type { UploadedFile } from '../../kernel/endpoint.ts';
import type { Language, Words } from '../../kernel/words.ts';
import type { Fault } from '../../web/ui/page.ts';

/** A browser sends a part without name and bytes where nobody chose a file. */
export const chosenFiles = (files: readonly UploadedFile[]): UploadedFile[] =>
  files.filter(({ name, bytes }) => name !== '' || bytes.length > 0);

/** What became of the photos of a form, one line for each that was refused. Null: all are saved. */
export function faultOfPhotos(
  photos: readonly Taken[],
  language: Language,
  kept: Words = { zh: '其余照片已保存。', en: 'The others are saved.' },
): Fault | null {
  const bad = photos.filter(({ problem }) => problem !== null);
  if (bad.length === 0) return null;
  const title = { zh: '有照片没有保存', en: 'Some photos were not saved' }[language];
  const errors = bad.map(({ name, problem }) => ({
    field: name,
    says: `${problem?.title[language]} ${problem?.hint[language]}`,
  }));
  return { title, detail: kept[language], code: 'photo', errors };
}
