import { z } from 'zod';
import type { Endpoint, Party } from '../kernel/endpoint.ts';
import { lanes } from '../kernel/endpoint.ts';
import { allProblems } from '../kernel/problem.ts';

/** The OpenAPI 3.1 document, made from the endpoint values: what is not declared does not exist. */
export function openApiDocument(
  endpoints: readonly Endpoint[],
  version: string,
  publicUrl: string,
): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  // What a gateway offers speaks a language of its own, which is described where it comes from.
  for (const endpoint of endpoints.filter(({ path }) => path.startsWith('/api/'))) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '经纬 Jingwei',
      version,
      description: `Lanes, first to be served under overload: ${lanes.join(', ')}.`,
    },
    servers: [{ url: publicUrl }],
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'jingwei' },
        token: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Problem: problemSchema() },
    },
    paths,
  };
}

function operation(endpoint: Endpoint): Record<string, unknown> {
  const refused = {
    description: 'A problem (RFC 9457)',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  const { name, summary, access, lane, method } = endpoint;
  return {
    operationId: name,
    summary: summary.zh,
    description: summary.en,
    'x-access': access.map(partyWords),
    'x-lane': lane,
    ...(access.includes('anyone') || access.includes('reporter') ? {} : { security: [{ session: [] }, { token: [] }] }),
    parameters: [...parameters(endpoint.params, 'path'), ...parameters(endpoint.query, 'query')],
    ...(method === 'POST' && {
      requestBody: { required: true, content: contentOf(endpoint) },
    }),
    responses: {
      200: {
        description: 'Done',
        content:
          endpoint.does === 'file'
            ? { [endpoint.type]: {} }
            : { 'application/json': { schema: schemaOf(endpoint.output, 'output') } },
      },
      default: refused,
    },
  };
}

function partyWords(party: Party): string {
  if (typeof party === 'string') return party;
  return 'apiKey' in party ? `api key with scope ${party.apiKey}` : `posts: ${party.roles.join(', ')}`;
}

type Json = { properties?: Record<string, Json>; required?: string[]; description?: string } & Record<string, unknown>;

/** Dates go over the wire as ISO texts. */
function schemaOf(type: z.ZodType, io: 'input' | 'output'): Json {
  return z.toJSONSchema(type, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
    },
  }) as Json;
}

function parameters(type: z.ZodObject, place: 'path' | 'query'): unknown[] {
  const { properties = {}, required = [] } = schemaOf(type, 'input');
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
  }));
}

function contentOf(endpoint: Endpoint): Record<string, unknown> {
  const schema = bodySchema(endpoint);
  if (endpoint.does !== 'procedure' || endpoint.files === undefined) return { 'application/json': { schema } };
  const file = { type: 'string', contentMediaType: 'application/octet-stream' };
  const files = { description: 'Under any name', type: 'array', minItems: 1, maxItems: endpoint.files, items: file };
  const properties = { ...schema.properties, files };
  return {
    'multipart/form-data': { schema: { ...schema, properties, required: [...(schema.required ?? []), 'files'] } },
  };
}

/** Every write carries its command id; a procedure makes one when it is absent. */
function bodySchema(endpoint: Endpoint): Json {
  const form = schemaOf(endpoint.body, 'input');
  const instant = { type: 'string', format: 'date-time' };
  return {
    ...form,
    properties: {
      commandId: { type: 'string', format: 'uuid' },
      occurredAt: instant,
      sentAt: instant,
      ...form.properties,
    },
    required: [...(endpoint.does === 'write' ? ['commandId'] : []), ...(form.required ?? [])],
  };
}

function problemSchema(): Json {
  const text = { type: 'string' };
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code', 'errors', 'traceId'],
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      detail: text,
      code: { type: 'string', enum: [...allProblems().keys(), 'internal'].sort() },
      errors: { type: 'array', items: { type: 'object', properties: { path: text, says: text } } },
      traceId: text,
    },
  };
}
