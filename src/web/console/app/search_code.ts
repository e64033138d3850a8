/**
 * Whether what is typed is a tracking code, as somebody reads one out: twelve signs in any writing. Digits alone are an
 * area's number, and letters alone a word, unless they are grouped as a code is.
 */
export function isCode(typed: string): boolean {
  const text = typed.normalize('NFKC').trim();
  const plain = text.replace(/[\s-]/g, '');
  if (!/^[0-9a-z]{12}$/i.test(plain) || !/[a-z]/i.test(plain)) return false;
  return /\d/.test(plain) || /^[a-z]{4}[\s-][a-z]{4}[\s-][a-z]{4}$/i.test(text);
}
