import {
  minutes,
  naturalDays,
  urgentHours,
  workingDays,
  workingHours,
} from '../../domains/work/calendars/limit.model.ts';
import type { Rung } from '../../domains/work/obligations/clock.model.ts';
import type { Stages } from '../../domains/work/standards/stages.model.ts';

/**
 * Limits of the desks. Registering and dispatching in a quarter of an hour, a field check in half an hour: seen in one
 * city's settings, and contradicted inside the same settings; unsure, for the county to settle.
 */
const climb: readonly Rung[] = [
  { at: { share: 0.8 }, tell: 'owner' },
  { at: { after: null }, tell: 'superior' },
  { at: { after: workingHours(4) }, tell: 'top' },
];
const climbFast: readonly Rung[] = [
  { at: { share: 0.5 }, tell: 'superior' },
  { at: { after: null }, tell: 'top' },
];
const remind: readonly Rung[] = [{ at: { share: 0.6 }, tell: 'owner' }];

export const everydayStages: Stages = {
  ordinary: {
    register: { limit: workingHours(1), ladder: [...climb] },
    precheck: { limit: workingHours(4), ladder: [...climb] },
    dispatch: { limit: workingHours(1), ladder: [...climb] },
    acknowledge: { limit: workingHours(2), ladder: [...climb] },
    handle: { limit: workingDays(5), ladder: [...climb] },
    verify: { limit: workingDays(1), ladder: [...climb] },
    close: { limit: workingHours(4), ladder: [...climb] },
    answer: { limit: naturalDays(5), ladder: [...remind] },
    report_in: { limit: workingHours(4), ladder: [...climb] },
    decide: { limit: workingHours(4), ladder: [...climb] },
  },
  urgent: {
    register: { limit: minutes(5), ladder: [...climbFast] },
    precheck: { limit: minutes(30), ladder: [...climbFast] },
    dispatch: { limit: minutes(5), ladder: [...climbFast] },
    acknowledge: { limit: minutes(10), ladder: [...climbFast] },
    handle: { limit: urgentHours(2), ladder: [...climbFast] },
    verify: { limit: minutes(60), ladder: [...climbFast] },
    close: { limit: urgentHours(4), ladder: [...climb] },
    answer: { limit: naturalDays(5), ladder: [...remind] },
    report_in: { limit: minutes(30), ladder: [...climbFast] },
    decide: { limit: minutes(30), ladder: [...climbFast] },
  },
  channelAnswer: { limit: workingDays(1), ladder: [...climb], confidence: 'unsure' },
  objectionDays: 15,
  mostRounds: 3,
  borderM: 15,
  nearShare: 0.8,
};
