import { expect, test } from 'vitest';
import { answerDuty } from '../../community/channel/channel.workflow.ts';
import { answerDuty as answerPersonDuty, confirmDuty } from '../../community/requests/request.workflow.ts';
import { decideDuty } from '../adjustments/adjustment.workflow.ts';
import { duties } from '../casefiles/casefile.workflow.ts';
import { manDuty } from '../checkpoints/roster.model.ts';
import { acceptDuty, carryOutDuty } from '../directives/item.workflow.ts';
import { answerDuty as answerHazardDuty, recheckDuty, rectifyDuty } from '../inspections/hazard.workflow.ts';
import { goDuty } from '../inspections/inspection.commands.ts';
import { signDuty } from '../pledges/pledge.workflow.ts';
import { dutyNames } from './duty.model.ts';

test('每一种责任都有名字，没有多余的名字', () => {
  expect([...dutyNames].sort()).toEqual(
    [
      ...Object.values(duties),
      decideDuty,
      answerDuty,
      carryOutDuty,
      acceptDuty,
      signDuty,
      goDuty,
      rectifyDuty,
      recheckDuty,
      answerHazardDuty,
      manDuty,
      answerPersonDuty,
      confirmDuty,
    ].sort(),
  );
});
