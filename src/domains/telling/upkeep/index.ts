export { type House, noHouse, openHouse } from './house.outside.ts';
export { upkeepRoutes } from './upkeep.routes.ts';
