export { forgetRequestAgain, requestRetention } from './keeping.commands.ts';
export { requestRoutes } from './request.routes.ts';
export { requestRetelling } from './verify.views.ts';
