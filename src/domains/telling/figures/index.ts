export type { PackGiven } from './definition.model.ts';
export { type FiguresView, figureProblems, figureQuery, type RecordsView, recordsQuery } from './figure.model.ts';
export { figureRoutes } from './figure.routes.ts';
export { figuresOf } from './figure.views.ts';
export { readPacks } from './pack.model.ts';
export { openFigure } from './record.views.ts';
export { type Recount, recount } from './roll.commands.ts';
export { figureSweep } from './roll.reactions.ts';
