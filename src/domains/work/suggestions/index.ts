export { learnDispatch, learningSweep } from './learn.outside.ts';
export { lastTurn as lastLearning } from './learning.queries.ts';
export type { Lesson } from './lesson.model.ts';
export { suggestionRoutes } from './suggestion.routes.ts';
export { likelyTypes } from './suggestion.views.ts';
export { tryOut as tryClassification } from './trial.model.ts';
