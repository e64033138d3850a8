import type { Canonical } from './canonical_value.model.ts';

const fault = (zh: string, en: string): Canonical => ({ fault: { zh, en } });

/** As the ledger itself shows it, and many a list that was handed on. */
export const covered = fault('号码被遮住了（*），请填完整的', 'the number is covered (*); enter it in full');

/** Of a text without blanks (`plain`). By itself, so that a telephone need not carry the dictionary to read its like. */
export function phoneNumber(text: string): Canonical {
  if (text.includes('*')) return covered;
  const digits = text.replace(/[-()]/g, '').replace(/^(\+?86|0086)(?=1)/, '');
  if (/^1[3-9]\d{9}$/.test(digits) || /^0\d{9,11}$/.test(digits)) return { value: digits };
  if (/^[2-9]\d{6,7}$/.test(digits)) return fault('是座机却没有区号，请写上', 'a fixed line without its area code');
  if (/[/、,;，；]/.test(text)) return fault('写了不止一个号码，请只留一个', 'more than one number; leave one');
  return fault(`不是一个电话号码（${digits.length} 位）`, `is no telephone number (${digits.length} digits)`);
}
