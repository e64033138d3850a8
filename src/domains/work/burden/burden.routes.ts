import { type Endpoint, read } from '../../../kernel/endpoint.ts';
import { ledgerReaders } from '../../land/registry/ledger.model.ts';
import { burdenOpenQuery, burdenOpenView, burdenQuery, burdenView } from './burden.model.ts';
import { burdenOf, openBurden } from './burden.views.ts';

const byReaders = { access: [{ roles: ledgerReaders }], lane: 'read' } as const;

export const burdenRoutes: readonly Endpoint[] = [
  read({
    ...byReaders,
    name: 'burden.read',
    path: '/api/burden',
    summary: { zh: '填表负担：问了多少，省了多少', en: 'What filling in cost in a month, and what it no longer costs' },
    query: burdenQuery,
    output: burdenView,
    handle: (ctx, { query }) => burdenOf(ctx, query),
  }),
  read({
    ...byReaders,
    name: 'burden.open',
    path: '/api/burden/records',
    summary: { zh: '填表负担的数是从哪里来的', en: 'The visits and files it was counted from' },
    query: burdenOpenQuery,
    output: burdenOpenView,
    handle: (ctx, { query }) => openBurden(ctx, query),
  }),
];
