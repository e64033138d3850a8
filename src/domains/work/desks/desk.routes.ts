import { type Endpoint, procedure, read } from '../../../kernel/endpoint.ts';
import { transact } from '../../../kernel/transaction.ts';
import { countsQuery, countsView, listQuery, listView, previewForm, previewView } from './board.model.ts';
import { boardCounts, boardList } from './board.views.ts';
import { callbacksView } from './callback.model.ts';
import { callbacks } from './callback.views.ts';
import { previewBatch } from './preview.views.ts';

const board = { access: [{ roles: ['dispatcher', 'leader', 'inspector'] }], lane: 'read' } as const;

export const deskRoutes: readonly Endpoint[] = [
  read({
    ...board,
    name: 'board.counts',
    path: '/api/board',
    summary: { zh: '派遣台：各栏有多少件', en: 'The dispatch board: how many cases stand where' },
    query: countsQuery,
    output: countsView,
    handle: (ctx, { query }) => boardCounts(ctx, query),
  }),
  read({
    ...board,
    name: 'board.list',
    path: '/api/board/cases',
    summary: { zh: '派遣台：一栏里的案卷', en: 'The dispatch board: the cases of one group' },
    query: listQuery,
    output: listView,
    handle: (ctx, { query }) => boardList(ctx, query),
  }),
  procedure({
    ...board,
    method: 'POST',
    name: 'board.preview',
    path: '/api/board/preview',
    summary: { zh: '批量办理：先看会怎样', en: 'Several cases at once: what would happen' },
    body: previewForm,
    output: previewView,
    handle: (runtime, { entrance, body }) => transact(runtime, entrance, (ctx) => previewBatch(ctx, body)),
  }),
  read({
    name: 'callback.list',
    path: '/api/callbacks',
    summary: {
      zh: '回访：等报事人说是否解决的案卷',
      en: 'Cases whose reporters have still to say whether it is solved',
    },
    access: [{ roles: ['registrar'] }],
    lane: 'read',
    output: callbacksView,
    handle: (ctx) => callbacks(ctx),
  }),
];
