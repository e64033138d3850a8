const FIGURES = '零一二三四五六七八九';

/** A number below a hundred as offices write it: 三, 十, 二十三. Null: it is none. */
export function chineseNumber(said: string): number | null {
  const [, tens, ten, ones] = /^([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)$/.exec(said) ?? [];
  if (tens === undefined || said === '') return null;
  // Two figures beside each other are no number without 十 between them.
  if (ten === '') return said.length === 1 ? FIGURES.indexOf(said) : null;
  return (tens === '' ? 1 : FIGURES.indexOf(tens)) * 10 + (ones ? FIGURES.indexOf(ones) : 0);
}
