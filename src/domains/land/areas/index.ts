export { addArea, atlasOf, locate, requireArea } from './area.commands.ts';
export { type AreaLevel, areaLevels, areaProblems, levelWords } from './area.model.ts';
export { areaRoutes } from './area.routes.ts';
export type { Area } from './atlas.model.ts';
export { addDwellings } from './dwelling.commands.ts';
