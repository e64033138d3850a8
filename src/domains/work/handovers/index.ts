export { type HandoverForm, handOver, previewHandover } from './handover.commands.ts';
export type { Handover } from './handover.model.ts';
export { handoverRoutes } from './handover.routes.ts';
export {
  previewStandDown,
  type RaiseForm,
  raise,
  type StandDown,
  type StandDownForm,
  standDown,
} from './organisation.commands.ts';
