export { addArea, atlasOf, locate, requireArea } from './area.commands.ts';
export { type AreaLevel, areaLevels, areaProblems, levelWords } from './area.model.ts';
export { areaRoutes } from './area.routes.ts';
export { addAreas, amendAreas } from './area_set.commands.ts';
export type { Amendment } from './area_set.queries.ts';
export type { Area } from './atlas.model.ts';
export { addDwellings } from './dwelling.commands.ts';
