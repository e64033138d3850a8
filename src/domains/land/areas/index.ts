export { addArea, atlasOf, locate, requireArea } from './area.commands.ts';
export { type AreaLevel, areaLevels, levelWords, type PlacePoint, placePoint } from './area.model.ts';
export { areaRoutes } from './area.routes.ts';
export type { Area, Atlas, Located } from './atlas.model.ts';
