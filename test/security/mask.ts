import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { Endpoint } from '../../src/kernel/endpoint.ts';
import { type Ask, ask, inTurn, matrixOf } from './asking.ts';
import { dryRuntime } from './dry.ts';
import type { World } from './world.ts';
import { mustBeRefused } from './writing.ts';

/** The fourth layer: whatever a handler returns, only what the endpoint declares goes out. */
const CANARY = '没有声明过的值';

/** Where an output lets through what nobody declared, and why that is meant. */
const openPlaces: Readonly<Record<string, string>> = {
  'journal.read entries[].body.*': '流水正文是各种代码和编号，种类由写它的命令定；敏感的另行密封',
  'casefile.read story[].body.*': '同上：案卷经过的流水正文',
  'device.refused [].body.*': '被拒的是什么原样给本人和管的人看，它没有别的样子',
  'photo.open': '照片的字节',
  'ledger_batch.marked': '传来的文件，只给传它的人',
  'directive_item.workbook': '事项的表格，只有看得到的那些事项',
  'ledger_export.file': '取出的台账，只给做它的人',
  'photo.preview': '还在路上的照片，小图的字节',
  'photo.public': '照片的字节，受理岗放行过的',
  'photo.public_thumb': '同上',
  'photo.thumb': '照片的字节',
  'voice.open': '录音的字节',
  'area.tile': '地图方块的字节；读的人一样，内容由泄露检查看',
  'map.tile': '同上：案卷的方块',
};

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly catchall?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly out?: z.ZodType;
  readonly getter?: () => z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly items?: readonly z.ZodType[];
}

/** Paths at which a schema takes anything. */
function openIn(schema: z.ZodType, path: string, within: readonly z.ZodType[] = []): string[] {
  if (within.includes(schema)) return [];
  const definition = (schema as unknown as { _zod: { def: Definition } })._zod.def;
  const into = (part: z.ZodType | undefined, at: string) => (part ? openIn(part, at, [...within, schema]) : []);
  switch (definition.type) {
    case 'any':
    case 'unknown':
    case 'custom':
      return [path];
    case 'object': {
      const rest = (definition.catchall as unknown as { _zod: { def: Definition } } | undefined)?._zod.def.type;
      const loose = rest !== undefined && rest !== 'never' ? [`${path}.*`] : [];
      return [
        ...loose,
        ...Object.entries(definition.shape ?? {}).flatMap(([name, part]) =>
          into(part, path ? `${path}.${name}` : name),
        ),
      ];
    }
    case 'record':
      return into(definition.valueType, `${path}.*`);
    case 'array':
      return into(definition.element, `${path}[]`);
    case 'tuple':
    case 'union':
      return [...(definition.items ?? []), ...(definition.options ?? [])].flatMap((part) => into(part, path));
    default:
      return [definition.innerType, definition.in, definition.out, definition.getter?.()].flatMap((it) =>
        into(it, path),
      );
  }
}

/** The same value with something undeclared in every object. */
function tainted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tainted);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const parts = Object.entries(value).map(([name, part]) => [name, tainted(part)]);
  return { ...Object.fromEntries(parts), undeclared: CANARY, passwordHash: CANARY, sealed: { key: CANARY } };
}

function taint(endpoint: Endpoint): Endpoint {
  const { handle } = endpoint as unknown as { handle: (...given: unknown[]) => Promise<unknown> };
  if (endpoint.does === 'file') return endpoint;
  const bad = { ...endpoint, handle: async (...given: unknown[]) => tainted(await handle(...given)) };
  if (endpoint.does !== 'write') return bad as unknown as Endpoint;
  const show = endpoint.show as unknown as (...given: unknown[]) => Promise<unknown>;
  return { ...bad, show: async (...given: unknown[]) => tainted(await show(...given)) } as unknown as Endpoint;
}

/** Paths at which the canary stands in an answer. */
function canariesIn(value: unknown, path: string): string[] {
  if (typeof value === 'string') return value.includes(CANARY) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((part) => canariesIn(part, `${path}[]`));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, part]) => canariesIn(part, path ? `${path}.${name}` : name));
}

export function tellMask(world: World): void {
  test('每个接口声明了它给出什么；没有声明的地方只有写明理由的这几处', () => {
    const found = world.endpoints.flatMap(({ name, output }) =>
      openIn(output, '').map((path) => (path === '' ? name : `${name} ${path}`)),
    );
    expect([...new Set(found)].sort()).toEqual(Object.keys(openPlaces).sort());
  });

  test('处理函数多给的值出不了门', async () => {
    const app = await world.appWith(dryRuntime(world.county.runtime), world.endpoints.map(taint));
    const tries = new Map<string, Ask[]>();
    for (const one of matrixOf(world, ({ does }) => does !== 'file'))
      if (!mustBeRefused(one))
        tries.set(one.endpoint.name, [...(tries.get(one.endpoint.name) ?? []), one].slice(0, 12));
    const asks = [...tries.values()].flat();
    const answers = await inTurn(asks, (one) => ask(app, world, one));
    const through = asks.flatMap(({ endpoint: { name } }, i) =>
      canariesIn(answers[i]?.json, '').map((path) => `${name} ${path}`),
    );
    const meant = Object.keys(openPlaces).map((path) => path.replace('.*', '.'));
    expect(through.filter((path) => !meant.some((prefix) => path.startsWith(prefix)))).toEqual([]);
    expect(through.length).toBeGreaterThan(0);
    const given = new Set(asks.flatMap(({ endpoint }, i) => (answers[i]?.status === 200 ? [endpoint.name] : [])));
    expect(given.size).toBeGreaterThan(50);
  });
}
