import { expect, test } from 'vitest';
import type { GateBody, PassageLine } from '../engine/checkpoint.ts';
import { canTakeBack, gateNow, gateRuleAt } from './gate.now.ts';

const at = (time: string): Date => new Date(`2026-03-02T${time}:00Z`);
const iso = (time: string): string => at(time).toISOString();
const rule = (disinfectMin: number | null) => ({
  ...{ pass: { zh: '凭卡', en: '' }, asks: [], purpose: '', keepDays: 7, disinfectMin },
});
const gate: GateBody = {
  ...{ name: '南门', kind: 'residence', opens: '00:00', closes: '00:00', areaId: 'a' },
  rules: [
    { mode: 'normal', rule: rule(120), since: '2026-03-01T00:00:00.000Z', until: null },
    { mode: 'emergency', rule: rule(60), since: '2026-03-01T00:00:00.000Z', until: null },
  ],
  alerts: [{ since: iso('10:00'), until: iso('11:00') }],
  shifts: [
    {
      ...{ id: 's', name: '王秀兰', whose: 'mine', from: iso('08:00'), to: iso('20:00') },
      ...{ takenAt: iso('08:00'), left: null },
    },
    {
      ...{ id: 't', name: '老张', whose: 'anybody', from: iso('20:00'), to: iso('23:00') },
      ...{ takenAt: null, left: null },
    },
  ],
  ...{ dayFrom: iso('00:00'), dayTo: '2026-03-03T00:00:00.000Z', passed: 3, refused: 1, cleanedAt: iso('09:00') },
  lately: [],
};

test('那一刻按哪套规则、谁在岗、能接哪一班、几点前消杀，手机自己算得出', () => {
  expect([at('09:59'), at('10:00'), at('11:00')].map((time) => gateRuleAt(gate, time)?.mode)).toEqual([
    ...['normal', 'emergency', 'normal'],
  ]);
  const ten = gateNow(gate, at('10:30'));
  expect(ten).toMatchObject({ isMine: true, onDuty: [{ id: 's' }], toTake: [], cleanBy: at('10:00'), passed: 3 });
  expect(gateNow(gate, at('09:30')).cleanBy).toEqual(at('11:00'));
  // Two hours before it begins; the one before is not over.
  expect(gateNow(gate, at('18:00')).toTake).toMatchObject([{ id: 't' }]);
  expect(gateNow(gate, at('20:00'))).toMatchObject({ onDuty: [], cleanBy: null });
});

test('过了那一天，人数从手机知道的算起；撤不撤得了看是谁、几点', () => {
  const line: PassageLine = {
    ...{ id: 'p', at: '2026-03-03T01:00:00.000Z', count: 4, passed: true, reason: null },
    traveller: 'people',
    ...{ by: null, isChief: false, shiftEndsAt: '2026-03-03T08:00:00.000Z', takenBack: null },
  };
  const later = new Date('2026-03-03T02:00:00Z');
  expect(gateNow({ ...gate, lately: [line] }, later)).toMatchObject({ passed: 4, refused: 0 });
  expect(canTakeBack(line, later)).toBe(true);
  expect(canTakeBack(line, new Date(line.shiftEndsAt))).toBe(false);
  expect(canTakeBack({ ...line, isChief: true }, new Date(line.shiftEndsAt))).toBe(true);
  expect(canTakeBack({ ...line, by: '吴芳' }, later)).toBe(false);
  expect(canTakeBack({ ...line, takenBack: '错了' }, later)).toBe(false);
});
