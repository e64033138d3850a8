export {
  addRule,
  markStandardsChanged,
  publishStandard,
  responsibleBody,
  type Standard,
  type Standards,
  standardsOf,
} from './standard.commands.ts';
export { standardRoutes } from './standard.routes.ts';
