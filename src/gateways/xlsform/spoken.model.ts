import type { GridRow, Place, Tell } from './grid.model.ts';

/** Words for people in one or several languages: one is asked in, English is kept beside it, others are named. Pure. */
export interface Spoken {
  readonly said: string;
  readonly english: string | null;
}

const isChinese = (language: string): boolean => /\bzh\b|\bcn\b|中文|汉语|chinese/i.test(language);
const isEnglish = (language: string): boolean => /^en$|\(en\)|english|英文|英语/i.test(language);

/** Chinese first; then what has no language or is in that of the settings; then what there is. Null: nothing. */
export function spokenIn(row: GridRow, key: string, first: string | null, most: number, tell: Tell): Spoken | null {
  const told = row.texts(key);
  const chosen =
    told.find(({ language }) => language !== null && isChinese(language)) ??
    told.find(({ language }) => language === null || language === first) ??
    told[0];
  if (!chosen) return null;
  const english = told.find((one) => one !== chosen && one.language !== null && isEnglish(one.language)) ?? null;
  for (const one of [chosen, english]) if (one) requireSayable(one, most, tell);
  for (const { language, place } of told)
    if (language !== null && !isChinese(language) && !isEnglish(language) && place !== chosen.place)
      tell(
        place,
        { zh: `“${language}”没有收：只留中文和英文`, en: `“${language}” is not kept: only Chinese and English` },
        false,
      );
  return { said: chosen.text, english: english?.text ?? null };
}

function requireSayable({ text, place }: { text: string; place: Place }, most: number, tell: Tell): void {
  if (text.length > most) tell(place, { zh: `超过 ${most} 个字`, en: `longer than ${most} characters` });
  if (text.includes('${')) tell(place, { zh: '文字里不能带出别的回答', en: 'words cannot contain another answer' });
}
