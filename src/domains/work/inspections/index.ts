import './hazard_photo.commands.ts';

export { inspectionsCarried } from './carried.views.ts';
export { hazardRoutes } from './hazard.routes.ts';
export { forgetPlacesAgain, inspectionReactions } from './inspection.reactions.ts';
export { inspectionRoutes } from './inspection.routes.ts';
export { hazardRetelling } from './verify.views.ts';
