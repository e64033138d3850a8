export { learnDispatch } from './learn.outside.ts';
export type { Lesson } from './lesson.model.ts';
export { suggestionRoutes } from './suggestion.routes.ts';
export { tryOut as tryClassification } from './trial.model.ts';
