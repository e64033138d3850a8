export { type Columns, type Retelling, type Telling, verifyTold } from './retelling.views.ts';
