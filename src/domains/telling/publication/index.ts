export { announce } from './publication.commands.ts';
export {
  type PublicCaseRow,
  type PublicStepRow,
  publicCaseById,
  publicCases,
  publicStepsBetween,
} from './publication.queries.ts';
export { publicationReactions } from './publication.reactions.ts';
export { publicationRoutes } from './publication.routes.ts';
