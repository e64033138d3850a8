import { asSystem } from '../../../kernel/entrance.ts';
import type { Sweep } from '../../../kernel/sweep.ts';
import { transact } from '../../../kernel/transaction.ts';
import { fold } from './roll.queries.ts';

const AT_ONCE = 5_000;

/** What rests is added up, some at a time; until then it is read row by row, and the figures are the same. */
export const figureSweep: Sweep = {
  name: 'cases added up for figures',
  run: (runtime, realm) => transact(runtime, asSystem(realm, 'sweep'), (ctx) => fold(ctx, AT_ONCE)),
};
