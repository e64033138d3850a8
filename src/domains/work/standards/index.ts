export { calendarChangeRoutes } from './calendar_change.routes.ts';
export { draftRoutes } from './draft.routes.ts';
export {
  addRule,
  markStandardsChanged,
  publishStandard,
  responsibleBody,
  type Standard,
  type Standards,
  standardsOf,
} from './standard.commands.ts';
export { endRulesNaming } from './standard.queries.ts';
export { standardRoutes } from './standard.routes.ts';
