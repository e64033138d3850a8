export {
  addRule,
  publishStandard,
  responsibleBody,
  type Standard,
  standardsOf,
} from './standard.commands.ts';
export { standardRoutes } from './standard.routes.ts';
