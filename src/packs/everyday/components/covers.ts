import { urgentHours, workingDays, workingHours } from '../../../domains/work/calendars/limit.model.ts';
import type { BodyKind } from '../../../domains/work/standards/standard.model.ts';
import type { Words } from '../../../kernel/words.ts';
import { condition, type TypeDraft, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { brokenCover, likeBrokenRoad, missingCover, proposal } from '../sources.ts';

/** Covers of all networks fail alike; what differs is whose they are. */
function cover(code: string, name: Words, answersTo: BodyKind): TypeDraft {
  return {
    code,
    name,
    answersTo,
    conditions: [
      condition(
        `${code}-missing`,
        { zh: '井盖缺失或移开，井口能落进一只脚', en: 'Cover missing or moved: a foot can fall in' },
        urgentHours(2),
        { zh: '同规格井盖已盖严，围挡撤除', en: 'A fitting cover sits tight and the barriers are gone' },
        missingCover,
      ),
      condition(
        `${code}-broken`,
        { zh: '井盖在位，破损超过 25 平方厘米', en: 'Cover in place, broken over more than 25 cm²' },
        workingHours(4),
        { zh: '破损井盖已更换，人车踩压稳固', en: 'The broken cover is replaced and firm under wheels' },
        brokenCover,
      ),
      condition(
        `${code}-loose`,
        { zh: '井盖在位，破损不足 25 平方厘米，或松动、有响声', en: 'In place, broken by less, or loose or banging' },
        workingDays(1),
        { zh: '井盖无破口，车辆驶过不翘、不响', en: 'No hole left; it neither tips nor bangs under a car' },
        proposal,
      ),
      condition(
        `${code}-uneven`,
        { zh: '井盖完好稳固，与路面高差超过 2 厘米', en: 'Sound and firm, but over 2 cm above or below the road' },
        workingDays(5),
        { zh: '井框与路面齐平，接缝修补平顺', en: 'Frame level with the road, joint repaired' },
        likeBrokenRoad,
      ),
    ],
  };
}

export const covers = under(majors.utilities, [
  cover('water-cover', { zh: '供水井盖', en: 'Water supply cover' }, 'water'),
  cover('storm-cover', { zh: '雨水井盖', en: 'Storm drain cover' }, 'drainage'),
  cover('sewage-cover', { zh: '污水井盖', en: 'Sewer cover' }, 'drainage'),
  cover('power-cover', { zh: '电力井盖', en: 'Power cable cover' }, 'power'),
  cover('telecom-cover', { zh: '通信井盖', en: 'Telecom cover' }, 'telecom'),
  cover('gas-cover', { zh: '燃气井盖', en: 'Gas cover' }, 'gas'),
  cover('heating-cover', { zh: '热力井盖', en: 'Heating cover' }, 'heating'),
  // Nobody's cover must not stay open while its owner is sought.
  cover('ownerless-cover', { zh: '权属不明井盖', en: 'Cover of unknown owner' }, 'municipal-works'),
]);
