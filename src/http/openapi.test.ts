import { describe, expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { allEndpoints } from '../domains/index.ts';
import { gatewayEndpoints } from '../gateways/index.ts';
import { allProblems } from '../kernel/problem.ts';

/** The document is what other programs are written against: it must be whole, and true of what the server does. */
const county = await openCounty();
// Open311 has a description of its own, as its standard says.
const endpoints = [
  ...allEndpoints(true, county.photos),
  ...gatewayEndpoints({ publicUrl: 'http://localhost:3000' }),
].filter(({ path }) => path.startsWith('/api/'));
type Json = Readonly<Record<string, unknown>>;
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly security?: unknown;
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Json }[];
  readonly requestBody?: { content: Readonly<Record<string, { schema: Json }>> };
  readonly responses: Readonly<
    Record<string, { description: string; content: Readonly<Record<string, { schema: Json }>> }>
  >;
}
interface Document {
  readonly openapi: string;
  readonly info: Json;
  readonly servers: readonly { url: string }[];
  readonly components: { schemas: Readonly<Record<string, Json>>; securitySchemes: Json };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
const { status, body } = await county.anyone.get<Document>('/api/openapi.json');
const operations = Object.entries(body.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation, name: `${method} ${path}` })),
);

/** Walks a JSON Schema and says what in it is not one. */
function faultsIn(schema: unknown, at: string, definitions: Json = {}): string[] {
  if (typeof schema === 'boolean') return [];
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [`${at}: no schema`];
  const it = schema as Json;
  const own = { ...definitions, ...((it.$defs as Json | undefined) ?? {}) };
  const known = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
  const types = it.type === undefined ? [] : [it.type].flat();
  return [
    ...types.filter((type) => !known.includes(type as string)).map((type) => `${at}: type ${type}`),
    ...(typeof it.$ref === 'string' && !resolves(it.$ref, own) ? [`${at}: ${it.$ref} leads nowhere`] : []),
    ...Object.entries((it.properties as Json | undefined) ?? {}).flatMap(([name, part]) =>
      faultsIn(part, `${at}.${name}`, own),
    ),
    ...((it.required as string[] | undefined) ?? [])
      .filter((name) => !(name in ((it.properties as Json | undefined) ?? {})) && !namedIn(it.propertyNames, name))
      .map((name) => `${at}: requires ${name}, which is not described`),
    ...(it.items === undefined ? [] : faultsIn(it.items, `${at}[]`, own)),
    ...(['anyOf', 'oneOf', 'allOf'] as const).flatMap((how) =>
      ((it[how] as unknown[] | undefined) ?? []).flatMap((part, i) => faultsIn(part, `${at} ${how} ${i}`, own)),
    ),
    ...(it.nullable === undefined ? [] : [`${at}: nullable is not of 3.1`]),
    ...(typeof it.exclusiveMinimum === 'boolean' ? [`${at}: exclusiveMinimum is a number since 3.1`] : []),
  ];
}
const namedIn = (names: unknown, name: string): boolean =>
  ((names as { enum?: string[] } | undefined)?.enum ?? []).includes(name);
const resolves = (reference: string, own: Json): boolean => {
  const named = /^#\/components\/schemas\/(\w+)$/.exec(reference)?.[1];
  if (named) return named in body.components.schemas;
  const local = /^#\/(?:\$defs|definitions)\/(\w+)$/.exec(reference)?.[1];
  return local !== undefined && local in own;
};

it('接口文档人人可看，是 OpenAPI 3.1', () => {
  expect(status).toBe(200);
  expect(body.openapi).toMatch(/^3\.1\.\d$/);
  expect(body.info).toMatchObject({ title: expect.any(String), version: 'test' });
  expect(body.servers).toEqual([{ url: 'http://localhost:3000' }]);
});

describe('每个接口', () => {
  it('都在文档里，文档里也没有多余的', () => {
    const declared = endpoints.map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`);
    expect(new Set(declared).size, '两个接口用了同一个地址').toBe(declared.length);
    expect(operations.map(({ name }) => name).sort()).toEqual([...declared].sort());
  });

  it('名字不重复，形如“主题.动作”', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z_]+\.[a-z_]+$/.test(name))).toEqual([]);
  });

  it('有中文的名字和英文的说明', () => {
    const bare = operations.filter(
      ({ operation }) => !/\p{Script=Han}/u.test(operation.summary) || operation.description === '',
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it('都说清楚成功和被拒绝各回什么', () => {
    for (const { operation, name } of operations) {
      const { 200: good, default: refused } = operation.responses;
      // A file says of what type it is; everything else is JSON with a schema.
      const [type, ...others] = Object.keys(good?.content ?? {});
      expect(others, name).toEqual([]);
      expect(
        good?.content['application/json']?.schema ?? type?.match(/^(image|audio|application)\/(?!json)/),
        name,
      ).toBeTruthy();
      expect(refused?.content['application/problem+json']?.schema, name).toEqual({
        $ref: '#/components/schemas/Problem',
      });
    }
  });

  it('路径里的参数都声明了，而且必填', () => {
    for (const { path, operation, name } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
      const declared = operation.parameters.filter((one) => one.in === 'path');
      expect(declared.map((one) => one.name).sort(), name).toEqual(inPath.sort());
      expect(
        declared.every((one) => one.required),
        name,
      ).toBe(true);
      expect(
        operation.parameters.every((one) => ['path', 'query'].includes(one.in)),
        name,
      ).toBe(true);
    }
  });

  it('模式都读得通，引用都找得到', () => {
    const faults = operations.flatMap(({ operation, name }) => [
      ...operation.parameters.flatMap((one) => faultsIn(one.schema, `${name} ${one.name}`)),
      ...Object.values(operation.requestBody?.content ?? {}).flatMap((one) => faultsIn(one.schema, `${name} body`)),
      ...Object.entries(operation.responses).flatMap(([code, response]) =>
        Object.entries(response.content)
          .filter(([type]) => type.endsWith('json'))
          .flatMap(([, one]) => faultsIn(one.schema, `${name} ${code}`)),
      ),
    ]);
    expect(faults).toEqual([]);
    expect(faultsIn(body.components.schemas.Problem, 'Problem')).toEqual([]);
  });

  it('查得出坏的模式：这份检查本身有用', () => {
    for (const bad of [
      { $ref: '#/components/schemas/Nowhere' },
      { type: 'date' },
      { nullable: true },
      { required: ['x'] },
      null,
      3,
    ])
      expect(faultsIn({ properties: { a: { items: bad } } }, 'x')).toHaveLength(1);
  });

  it('写入的都要带操作编号', () => {
    for (const endpoint of endpoints.filter(({ does }) => does === 'write')) {
      const operation = operations.find(({ operation: { operationId } }) => operationId === endpoint.name)?.operation;
      const schema = operation?.requestBody?.content['application/json']?.schema;
      expect(schema?.required, endpoint.name).toContain('commandId');
    }
  });

  it('上传文件的写明是 multipart/form-data，最多几个', () => {
    const uploads = operations.filter(({ operation }) => operation.requestBody?.content['multipart/form-data']);
    expect(uploads.map(({ operation }) => operation.operationId).sort()).toEqual([
      'form.read_xlsform',
      'ledger_batch.send',
      'ledger_template.send',
      'photo.add',
      'photo.add_preview',
      'photo.add_to_hazard',
      'standard.import',
      'track.add_photo',
    ]);
    for (const { operation } of uploads.filter(({ operation: { operationId } }) =>
      /add_photo$|^photo\.add$/.test(operationId),
    ))
      expect(operation.requestBody?.content['multipart/form-data']?.schema).toMatchObject({
        properties: { commandId: {}, stage: {}, files: { type: 'array', maxItems: 6 } },
        required: expect.arrayContaining(['files']),
      });
  });

  it('不登录就能用的，正好是不带“安全”一栏的那些', () => {
    for (const endpoint of endpoints) {
      const operation = operations.find(({ operation: { operationId } }) => operationId === endpoint.name)?.operation;
      const open = endpoint.access.some((party) => party === 'anyone' || party === 'reporter');
      expect(operation?.security === undefined, endpoint.name).toBe(open);
    }
  });

  it('没有列名的人进不来：不登录就用不了要登录的接口', async () => {
    const closed = endpoints.filter(
      ({ access }) => !access.some((party) => party === 'anyone' || party === 'reporter'),
    );
    expect(closed.length).toBeGreaterThan(40);
    for (const { method, path, name, query } of closed) {
      const url = path.replace(/:\w+/g, county.runtime.ids.newId());
      const reply = await county.app.inject({
        method,
        url,
        ...(method === 'POST' && { payload: { commandId: county.runtime.ids.newId() } }),
      });
      // An empty form may be refused before anybody is asked who they are; nothing else may come first.
      expect([401, 422, 415], `${name}: ${reply.body}`).toContain(reply.statusCode);
      if (method === 'GET' && Object.keys(query.shape).length === 0) expect(reply.statusCode, name).toBe(401);
    }
  });
});

it('问题的编号都列在文档里', () => {
  const { properties } = body.components.schemas.Problem as { properties: { code: { enum: string[] } } };
  expect([...properties.code.enum].sort()).toEqual([...allProblems().keys(), 'internal'].sort());
});
