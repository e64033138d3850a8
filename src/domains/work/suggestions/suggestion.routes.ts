import { type Endpoint, idParam, read } from '../../../kernel/endpoint.ts';
import { requireCasefile } from '../casefiles/index.ts';
import { suggestionsView } from './suggestion.model.ts';
import { suggestFor } from './suggestion.views.ts';

export const suggestionRoutes: readonly Endpoint[] = [
  read({
    name: 'casefile.suggest',
    path: '/api/casefiles/:id/suggest',
    summary: { zh: '按以往派遣推荐分类和责任单位', en: 'Kind of work and body that past dispatches suggest' },
    access: [{ roles: ['registrar', 'dispatcher'] }],
    lane: 'read',
    params: idParam,
    output: suggestionsView,
    handle: async (ctx, { params }) => suggestFor(ctx, await requireCasefile(ctx, params.id)),
  }),
];
