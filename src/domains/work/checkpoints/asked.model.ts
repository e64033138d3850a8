import type { FieldFault } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import type { Canonical } from '../../land/registry/fields/canonical_value.model.ts';
import { phoneNumber } from '../../land/registry/fields/phone_number.model.ts';
import { plain } from '../../land/registry/fields/value.model.ts';
import { type Asked, asked, type Mode, modeWords } from './kind.model.ts';
import type { Traveller } from './passage.model.ts';

/** What the rule asks of whom, and how it must be written. Pure. */
export type Answers = Partial<Readonly<Record<Asked, string>>>;

/** Asked of vehicles; who brings something may have one, and whoever walks has none. */
const ofVehicles: readonly Asked[] = ['plate'];

/** Degrees that somebody alive may have, with a margin for cheap thermometers; in tenths, so that they are compared exactly. */
const COLDEST_TENTHS = 340;
const HOTTEST_TENTHS = 430;

/**
 * A Chinese sign (province, army, embassy) or none, a letter, four to seven letters and digits, and the sign of a trailer, a
 * school, the police and the like. Plates of new-energy vehicles have one sign more.
 */
const PLATE = /^\p{Script=Han}?[A-Z][A-Z0-9]{4,7}\p{Script=Han}?$/u;

const fault = (zh: string, en: string): Canonical => ({ fault: { zh, en } });

function plate(text: string): Canonical {
  const value = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s·•.-]/g, '');
  return PLATE.test(value) && /\d/.test(value)
    ? { value }
    : fault('不像车牌号，如：湘A12345、湘AD12345', 'does not look like a number plate');
}

function temperature(text: string): Canonical {
  const value = text
    .normalize('NFKC')
    .trim()
    .replace(/\s*(°C|度|C)$/i, '');
  if (!/^\d{1,3}(\.\d)?$/.test(value))
    return fault('写度数，小数点后最多一位，如：36.5', 'degrees with at most one decimal, such as 36.5');
  const tenths = Math.round(Number(value) * 10);
  return tenths >= COLDEST_TENTHS && tenths <= HOTTEST_TENTHS
    ? { value }
    : fault(
        `体温应在 ${COLDEST_TENTHS / 10}–${HOTTEST_TENTHS / 10} 度之间，请再量一次`,
        `must be between ${COLDEST_TENTHS / 10} and ${HOTTEST_TENTHS / 10} degrees; measure again`,
      );
}

const readers: Partial<Readonly<Record<Asked, (text: string) => Canonical>>> = {
  plate,
  temperature,
  phone: (text) => phoneNumber(plain(text)),
};

/** Which rule is spoken of: the one in force now, or, of what arrives late, the one that was. */
const inForce: Words = { zh: '现在的规则', en: 'the rule in force' };
export const inForceThen = (mode: Mode): Words => ({
  zh: `那时按${modeWords[mode].zh}的规则，`,
  en: `the ${modeWords[mode].en} rule of that time`,
});
const missing = ({ zh, en }: Words): Words => ({ zh: `${zh}要登记这一项`, en: `${en} asks for this` });
const tooMuch = ({ zh, en }: Words): Words => ({
  zh: `${zh}不要这一项，请不要登记`,
  en: `${en} does not ask for this`,
});
const walks: Words = { zh: '行人不登记车牌；是车就选“车辆”', en: 'whoever walks has no plate; choose vehicles' };

/** All that is asked of them and no more, as it is kept; or what is wrong, by field. */
export function answersOf(
  asks: readonly Asked[],
  traveller: Traveller,
  given: Answers,
  rule = inForce,
): { readonly values: Answers; readonly faults: readonly FieldFault[] } {
  const values: Partial<Record<Asked, string>> = {};
  const faults: FieldFault[] = [];
  for (const one of asked) {
    const text = given[one];
    const isDue = asks.includes(one) && (!ofVehicles.includes(one) || traveller === 'vehicle');
    const said = text === undefined ? null : (readers[one]?.(text) ?? { value: text });
    const says = !said
      ? isDue && missing(rule)
      : !asks.includes(one)
        ? tooMuch(rule)
        : traveller === 'people' && ofVehicles.includes(one)
          ? walks
          : 'fault' in said && said.fault;
    if (says) faults.push({ path: `values.${one}`, says });
    else if (said && 'value' in said) values[one] = said.value;
  }
  return { values, faults };
}
