export { addArea, atlasOf, freshAtlas, locate, markLandChanged, requireArea } from './area.commands.ts';
export { type AreaLevel, areaLevels, areaProblems, levelWords } from './area.model.ts';
export { numbersBelow } from './area.queries.ts';
export { areaRoutes } from './area.routes.ts';
export type { Area } from './atlas.model.ts';
export { addDwellings } from './dwelling.commands.ts';
export { type Former, followed, newlyVacated, runsOf, vacate } from './numbers.model.ts';
export { filedUnder } from './vintage.views.ts';
