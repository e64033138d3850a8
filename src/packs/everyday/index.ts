import type { CaseType, MajorClass } from '../../domains/work/standards/standard.model.ts';
import { covers } from './components/covers.ts';
import { floodWorks } from './components/flood-works.ts';
import { greenWorks } from './components/green-works.ts';
import { roadFurniture } from './components/road-furniture.ts';
import { roads } from './components/roads.ts';
import { sanitationWorks } from './components/sanitation-works.ts';
import { sharedBuildings } from './components/shared-buildings.ts';
import { utilities } from './components/utilities.ts';
import { majors } from './majors.ts';
import { buildingAndPosters } from './matters/building-and-posters.ts';
import { cleanliness } from './matters/cleanliness.ts';
import { disputes } from './matters/disputes.ts';
import { environment } from './matters/environment.ts';
import { farm } from './matters/farm.ts';
import { firesOutdoors } from './matters/fires-outdoors.ts';
import { highRiskSectors } from './matters/high-risk-sectors.ts';
import { homeSafety } from './matters/home-safety.ts';
import { market } from './matters/market.ts';
import { nature } from './matters/nature.ts';
import { outages } from './matters/outages.ts';
import { peopleInNeed } from './matters/people-in-need.ts';
import { pipeBreaks } from './matters/pipe-breaks.ts';
import { rights } from './matters/rights.ts';
import { streetOrder } from './matters/street-order.ts';
import { suddenDanger } from './matters/sudden-danger.ts';
import { unsafeHouses } from './matters/unsafe-houses.ts';
import { workplaces } from './matters/workplaces.ts';

/** What is a case on an ordinary day, and how long it may take: classes, filing conditions, limits and their grounds. */
export const everydayStandard: { majors: readonly MajorClass[]; types: readonly CaseType[] } = {
  majors: Object.values(majors),
  types: [
    ...covers,
    ...utilities,
    ...roads,
    ...roadFurniture,
    ...sanitationWorks,
    ...greenWorks,
    ...floodWorks,
    ...sharedBuildings,
    ...streetOrder,
    ...cleanliness,
    ...environment,
    ...buildingAndPosters,
    ...outages,
    ...pipeBreaks,
    ...suddenDanger,
    ...homeSafety,
    ...unsafeHouses,
    ...highRiskSectors,
    ...workplaces,
    ...market,
    ...farm,
    ...firesOutdoors,
    ...nature,
    ...disputes,
    ...rights,
    ...peopleInNeed,
  ],
};
