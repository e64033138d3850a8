export { slugOf } from './ground.commands.ts';
export { importProblems, noteKinds } from './import.model.ts';
export { importReactions } from './import.reactions.ts';
export { importRoutes } from './import.routes.ts';
export { type ImportMap, readMap } from './map.model.ts';
export { isRefused } from './row.model.ts';
export { type Imported, importCasefiles, tryCasefiles, undoImport } from './run.outside.ts';
export { mapFor, rowsOf } from './survey.outside.ts';
export { readTable, type TableLine } from './table.outside.ts';
