import type { CarriedGateBody } from '../../../domains/work/checkpoints/carried.model.ts';
import type { Traveller } from '../../../domains/work/checkpoints/passage.model.ts';
import type { Held, Op } from './contract.ts';
import { recordOf } from './outbox.ts';

/** A gate as `carried.views.ts` tells it. */
export type GateBody = CarriedGateBody;
export type PassageLine = GateBody['lately'][number];

interface Said {
  readonly passageId: string;
  readonly traveller: Traveller;
  readonly count: number;
  readonly passed: boolean;
  readonly reason: string;
  readonly shiftId: string;
  readonly open: string;
}

/** What was taken up, written down and taken back here, until the server tells. */
export const guarded = (rows: readonly Held[], ops: readonly Op[]): Held[] =>
  rows.map((row) => {
    const mine = ops.filter((op) => recordOf(op) === row.id);
    const body = mine.reduce(after, row.body as unknown as GateBody);
    return mine.length === 0 ? row : { ...row, body: { ...body } };
  });

function after(gate: GateBody, { name, body, occurredAt: at }: Op): GateBody {
  const said = body as unknown as Said;
  if (name === 'checkpoint.pass') return wroteDown(gate, said, at);
  if (name === 'checkpoint.disinfect') return { ...gate, cleanedAt: at };
  if (name === 'checkpoint.take_back') return tookBack(gate, said);
  const shifts = gate.shifts.map((shift) =>
    shift.id === said.shiftId ? { ...shift, takenAt: at, left: said.open || null } : shift,
  );
  return { ...gate, shifts };
}

/** The figures are of a day; what was written down on another is not among them. */
const counted = (gate: GateBody, { count, passed, at }: Pick<PassageLine, 'count' | 'passed' | 'at'>, sign: 1 | -1) => {
  const isOfDay = at >= gate.dayFrom && at < gate.dayTo;
  const by = isOfDay ? sign * count : 0;
  return passed ? { passed: gate.passed + by } : { refused: gate.refused + by };
};

function wroteDown(gate: GateBody, { passageId: id, traveller, count, passed, reason }: Said, at: string): GateBody {
  if (gate.lately.some((one) => one.id === id)) return gate;
  const shiftEndsAt = gate.shifts.findLast(({ takenAt, to }) => takenAt !== null && takenAt <= at && at < to)?.to ?? at;
  const line = { id, at, traveller, count, passed, reason: passed ? null : reason, by: null, isChief: false };
  return {
    ...gate,
    ...counted(gate, line, 1),
    lately: [{ ...line, shiftEndsAt, takenBack: null }, ...gate.lately],
  };
}

function tookBack(gate: GateBody, { passageId, reason }: Said): GateBody {
  const line = gate.lately.find(({ id }) => id === passageId);
  if (!line || line.takenBack !== null) return gate;
  const lately = gate.lately.map((one) => (one === line ? { ...line, takenBack: reason } : one));
  return { ...gate, ...counted(gate, line, -1), lately };
}
