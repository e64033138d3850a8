import { z } from 'zod';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { issueApiKey, requireApiKey, revokeApiKey, showApiKey } from './api_key.commands.ts';
import { apiKeyForm, apiKeyView } from './api_key.model.ts';
import { apiKeys } from './api_key.queries.ts';

const admin = { access: [{ roles: ['admin'] }] } as const;

export const apiKeyRoutes: readonly Endpoint[] = [
  read({
    ...admin,
    name: 'apikey.list',
    path: '/api/apikeys',
    summary: { zh: '接口密钥', en: 'API keys' },
    lane: 'read',
    output: z.array(apiKeyView),
    handle: (ctx) => apiKeys(ctx),
  }),
  write({
    ...admin,
    name: 'apikey.add',
    method: 'POST',
    path: '/api/apikeys',
    summary: { zh: '发放接口密钥', en: 'Issue an API key' },
    lane: 'work',
    body: apiKeyForm,
    output: z.object({
      keyId: idSchema,
      key: z.string().nullable().describe('Told right after it was made; then nobody reads it again'),
    }),
    handle: (ctx, { body }) => issueApiKey(ctx, body),
    show: (ctx, _call, { keyId }) => showApiKey(ctx, keyId),
  }),
  write({
    ...admin,
    name: 'apikey.revoke',
    method: 'POST',
    path: '/api/apikeys/:id/revoke',
    summary: { zh: '停用接口密钥', en: 'End an API key' },
    lane: 'work',
    params: idParam,
    output: z.object({ revoked: z.number() }),
    handle: (ctx, { params }) => revokeApiKey(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireApiKey(ctx, params.id)),
  }),
];
