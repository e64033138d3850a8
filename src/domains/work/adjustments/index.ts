export { adjustmentsOf } from './adjustment.queries.ts';
