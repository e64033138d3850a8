import { describe, expect, it } from 'vitest';
import { packageRoot } from '../src/kernel/root.ts';
import {
  browserPackages,
  domainOf,
  each,
  isAbove,
  isIn,
  isModel,
  isPureFile,
  isPureKernel,
  layers,
  nodeGlobals,
  wayBetween,
} from './architecture/parts.ts';
import { breachesIn, breachesOf, type Rule } from './architecture/rule.ts';
import { type Import, lineOf, places, readTree } from './architecture/source.ts';

const tree = readTree(packageRoot, ['src', 'seeds', 'bench']);

/** Top-level statements: from a line that begins at the margin to the next that does. */
const statementsOf = (code: string): string[] => code.split(/\n(?=[a-zA-Z@])/);

// ------------------------------------------------------------------------------------------------------------ rules

const io = /^(?:node:)?(?:fs|fs\/promises|https?|http2|net|tls|dgram|dns|dns\/promises|child_process|worker_threads)$/;
const framework = /^(?:@fastify\/|fastify(?:\/|$))/;

/** What ARCHITECTURE.md says of the tree: every rule in a row, each with breaches that are planted and must be caught. */
const rules: readonly Rule[] = [
  {
    name: '方向',
    says: '依赖只能向下：kernel 不认识上层，领域不认识专题包、网关、http、命令行和网页',
    check: (file) => each(file, ({ target }) => isAbove(target ?? '', file.path), 'lies above'),
    caught: [
      { 'src/kernel/x.ts': `import { areaRoutes } from '../domains/land/areas/index.ts';` },
      { 'src/kernel/deep/x.ts': `const x = await import('../../packs/everyday/index.ts');` },
      { 'src/domains/work/casefiles/x.commands.ts': `import '../../../packs/everyday/index.ts';` },
      { 'src/http/x.ts': `import type { Terminal } from '../cli/terminal.ts';` },
      { 'src/gateways/open311/x.ts': `import { answer } from '../../http/calls.ts';` },
      { 'src/gateways/open311/x.ts': `import { page } from '../../web/ui/page.ts';` },
      { 'src/domains/work/x/x.commands.ts': `import { dialectAt } from '../../../gateways/index.ts';` },
    ],
    passes: { 'src/kernel/x.ts': `// import '../http/app.ts'\nimport { fill } from './words.ts';` },
  },
  {
    name: '领域之间走 index',
    says: '到别的领域去只能经过它的 index.ts;*.model.ts 是公开的；纯文件之间还可以用 *.workflow.ts',
    where: ['src/domains', 'src/gateways', 'src/http', 'src/cli', 'seeds', 'bench'],
    check: (file) => {
      const own = domainOf(file.path);
      const reachesInside = ({ target }: Import): boolean => {
        const domain = domainOf(target ?? '');
        if (domain === null) return own !== null && target === 'src/domains/index.ts';
        if (domain === own || target === null) return false;
        const isOpen = target === `src/domains/${domain}/index.ts` || isModel(target);
        return !isOpen && !(isPureFile(file.path) && isPureFile(target));
      };
      return each(file, reachesInside, 'is inside another domain');
    },
    caught: [
      { 'src/domains/work/x/x.commands.ts': `import { a } from '../../land/areas/area.queries.ts';` },
      { 'src/domains/work/x/x.commands.ts': `export { a } from '../y/y.workflow.ts';` },
      { 'src/domains/work/x/x.commands.ts': `import { allEndpoints } from '../../index.ts';` },
      { 'src/http/x.ts': `import {\n  a,\n} from '../domains/land/areas/area.commands.ts';` },
      {
        'src/gateways/cap/x.ts': `import { publicCases } from '../../domains/telling/publication/publication.queries.ts';`,
      },
    ],
    passes: { 'src/domains/work/x/x.workflow.ts': `import { a } from '../y/y.workflow.ts';` },
  },
  {
    name: '领域不成环',
    says: '领域之间的依赖没有环（连只用类型的也算）',
    where: ['src/domains'],
    check: (file, among) => {
      const own = domainOf(file.path);
      if (own === null) return [];
      return file.imports.flatMap(({ target, line }) => {
        const other = domainOf(target ?? '');
        const back = other === null || other === own ? null : wayBetween(other, own, among);
        return back ? [`${line}: ${[own, ...back].join(' -> ')}`] : [];
      });
    },
    caught: [
      {
        'src/domains/fake/a/a.commands.ts': `import { b } from '../b/index.ts';`,
        'src/domains/fake/b/b.model.ts': `import type { C } from '../c/c.model.ts';`,
        'src/domains/fake/c/index.ts': `export { a } from '../a/index.ts';`,
      },
    ],
    passes: {
      'src/domains/fake/a/a.commands.ts': `import { b } from '../b/index.ts';`,
      'src/domains/fake/b/b.model.ts': `import type { C } from '../c/c.model.ts';`,
    },
  },
  {
    name: '专题包只是数据',
    says: '专题包只用领域的 *.model.ts 和 kernel 的纯文件',
    where: ['src/packs'],
    check: (file, among) => {
      const isData = ({ target, from }: Import): boolean => {
        if (target === null) return browserPackages.test(from);
        const isDomainModel = domainOf(target) !== null && isModel(target);
        return isIn('src/packs', target) || isDomainModel || isPureKernel(target, among);
      };
      return each(file, (it) => !isData(it), 'is not data');
    },
    caught: [
      { 'src/packs/flood/x.ts': `import { addRule } from '../../domains/work/standards/index.ts';` },
      { 'src/packs/flood/x.ts': `import { casefileTable } from '../../domains/work/casefiles/casefile.workflow.ts';` },
      { 'src/packs/flood/x.ts': `import { transact } from '../../kernel/transaction.ts';` },
    ],
    passes: { 'src/packs/flood/x.ts': `import { minutes } from '../../domains/work/calendars/limit.model.ts';` },
  },
  {
    name: '网页只用纯文件',
    says: '网页只用领域的 *.model.ts、*.workflow.ts、专题包和 kernel 的纯文件',
    where: ['src/web'],
    check: (file, among) => {
      const runsThere = ({ target }: Import): boolean => {
        if (target === null || isIn('src/web', target) || isIn('src/packs', target)) return true;
        return (domainOf(target) !== null && isPureFile(target)) || isPureKernel(target, among);
      };
      return each(file, (it) => !runsThere(it), 'does not run in a browser');
    },
    caught: [
      { 'src/web/field/x.tsx': `import { clockOf } from '../../domains/work/obligations/obligation.views.ts';` },
      { 'src/web/field/x.tsx': `import { areaRoutes } from '../../domains/land/areas/index.ts';` },
      { 'src/web/api/x.ts': `import { openKeys } from '../../kernel/keys.ts';` },
      { 'src/web/api/x.ts': `import type { Incoming } from '../../http/calls.ts';` },
    ],
    passes: { 'src/web/field/x.tsx': `import { consider } from '../../kernel/workflow.ts';` },
  },
  {
    name: 'SQL 的位置',
    says: 'SQL 只写在 *.queries.ts、kernel 和迁移里',
    check: (file) => {
      if (file.path.endsWith('.queries.ts') || isIn('src/kernel', file.path)) return [];
      const builders = places(file, /\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\s*\(/);
      const takesSql = ({ from, names }: Import): boolean =>
        from === 'kysely' && names.some((name) => name === 'sql' || name === '*');
      return [...each(file, takesSql, 'gives SQL'), ...builders];
    },
    caught: [
      { 'src/domains/work/x/x.commands.ts': `import { type RawBuilder, sql as s } from 'kysely';` },
      { 'src/domains/work/x/x.views.ts': `const rows = ctx.db\n  .selectFrom('casefile')` },
      { 'seeds/x.ts': `await ctx.db.insertInto('area').execute();` },
    ],
    passes: { 'src/domains/work/x/x.commands.ts': `import type { Kysely } from 'kysely';\n// .selectFrom('area')` },
  },
  {
    name: 'HTTP 框架的位置',
    says: 'fastify 只出现在 src/http;bench 拿裸的 fastify 来比',
    where: ['src', 'seeds'],
    check: (file) => (isIn('src/http', file.path) ? [] : each(file, ({ from }) => framework.test(from), 'is HTTP')),
    caught: [
      { 'src/domains/work/x/x.routes.ts': `import type { FastifyRequest } from 'fastify';` },
      { 'src/cli/x.ts': `import cookie from '@fastify/cookie';` },
    ],
    passes: { 'src/http/x.ts': `import Fastify from 'fastify';` },
  },
  {
    name: '时间与随机',
    says: '钟表和随机数只从 clock.ts、ids.ts 来',
    where: ['src', 'seeds'],
    check: (file) => {
      const clock = places(file, /\bDate\.now\s*\(|\bnew\s+Date\s*\(\s*\)|\bTemporal\.Now\b/);
      const chance = places(file, /\bMath\.random\s*\(|\b(?:random(?:UUID|Bytes|Int|Fill)|getRandomValues)\s*\(/);
      return [...clock, ...chance, ...each(file, ({ from }) => from === 'uuid', 'makes ids')];
    },
    except: {
      'src/kernel/clock.ts': 'reads the machine’s time for everybody else',
      'src/kernel/ids.ts': 'makes ids for everybody else',
      'src/web/api/call.ts': 'whoever wants something done gives it an id, here in the browser',
      'src/web/field/app/machine.ts': 'phones that lost the server together do not return at the same moment',
      'src/web/field/store/lock.ts': 'keys, salts and nonces of a phone are drawn there',
      'src/kernel/envelope.ts': 'a nonce must be new on every sealing, in a demo county too',
      'src/kernel/keys.ts': 'the root key of a deployment is drawn once',
      'src/domains/land/accounts/password.outside.ts': 'a salt must be new for every password, in a demo county too',
    },
    caught: [
      { 'src/domains/work/x/x.commands.ts': `const at = new Date();` },
      { 'src/domains/work/x/x.commands.ts': `const at = \`\${Date.now()}\`;` },
      { 'src/kernel/x.ts': `const id = randomUUID();` },
      { 'seeds/x.ts': `const share = Math.random();` },
    ],
    passes: { 'src/domains/work/x/x.commands.ts': `const at = new Date(ctx.now.getTime() + 1); // not Date.now()` },
  },
  {
    name: '环境变量',
    says: '只有 kernel/config.ts 读环境变量',
    where: ['src', 'seeds'],
    check: (file) => {
      const taken = ({ from, names }: Import): boolean => /^(?:node:)?process$/.test(from) && names.includes('env');
      return [...places(file, /\bprocess\.env\b/), ...each(file, taken, 'is the environment')];
    },
    except: { 'src/kernel/config.ts': 'the one place that reads the environment' },
    caught: [
      { 'src/http/x.ts': `const port = process.env.PORT;` },
      { 'src/cli/x.ts': `import { env } from 'node:process';` },
    ],
    passes: { 'src/http/x.ts': `process.exit(1); const says = 'process.env';` },
  },
  {
    name: '事务里不碰外面',
    says: '领域和网关的各层文件不读写文件、不上网、不开进程；要做的放在 *.outside.ts，在两次事务之间',
    where: ['src/domains', 'src/gateways'],
    check: (file) => {
      const suffix = /\.([a-z]+)\.ts$/.exec(file.path)?.[1] ?? '';
      if (!layers.includes(suffix) || suffix === 'outside') return [];
      const calls = places(file, /(?<![\w$.])(?:globalThis\.)?fetch\s*\(/);
      return [...each(file, ({ from }) => io.test(from) || from === 'undici', 'reaches outside'), ...calls];
    },
    caught: [
      { 'src/domains/work/x/x.commands.ts': `import { readFile } from 'node:fs/promises';` },
      { 'src/domains/work/x/x.reactions.ts': `import { request } from 'undici';` },
      { 'src/gateways/open311/x.commands.ts': `const page = await fetch('https://example.org');` },
      { 'src/domains/work/x/x.queries.ts': `const page = await fetch('https://example.org');` },
    ],
    passes: { 'src/domains/work/x/x.commands.ts': `import { createHash } from 'node:crypto';\nawait prefetch(ctx);` },
  },
  {
    name: '没有全局数据库',
    says: '没有可以引用的全局数据库连接：连接只由运行时带着走',
    where: ['src', 'seeds'],
    check: (file) => {
      const made = /\b(?:new\s+(?:\w+\.)?(?:Pool|Client|Kysely)\s*[<(]|(?:openPools|openRuntime|openDatabase)\s*\()/;
      const isValue = (statement: string): boolean => {
        const before = statement.split(made)[0] ?? '';
        const runsAtOnce = !/=>|\bfunction\b|\bclass\b/.test(before) || /\}\)\(\);?\s*$/.test(statement);
        return made.test(statement) && runsAtOnce;
      };
      return statementsOf(file.code).filter(isValue);
    },
    caught: [
      { 'src/kernel/x.ts': `export const pool = new pg.Pool({});` },
      { 'src/kernel/x.ts': `const a = 1;\nexport const it = {\n  db: new Kysely<DB>({ dialect }),\n};` },
      { 'src/kernel/x.ts': `export const pools = await openPools(access, sizes, onFault);` },
      { 'src/kernel/x.ts': `export const db = (() => {\n  return new Kysely({ dialect });\n})();` },
    ],
    passes: { 'src/kernel/x.ts': `export const open = () => new Kysely({});\nfunction a() {\n  new pg.Pool();\n}` },
  },
  {
    name: '纯文件',
    says: '*.model.ts 和 *.workflow.ts 在浏览器里也能跑：只引用 zod 一类的包、kernel 的纯文件和别的纯文件',
    where: ['src/domains'],
    check: (file, among) => {
      if (!isPureFile(file.path)) return [];
      const isForeign = ({ target, from }: Import): boolean =>
        target === null ? !browserPackages.test(from) : !isPureFile(target) && !isPureKernel(target, among);
      return [...each(file, isForeign, 'is not pure'), ...places(file, nodeGlobals)];
    },
    caught: [
      { 'src/domains/work/x/x.model.ts': `import { createHash } from 'node:crypto';` },
      { 'src/domains/work/x/x.model.ts': `import type { Ctx } from '../../../kernel/context.ts';` },
      { 'src/domains/work/x/x.workflow.ts': `import { tell } from '../../telling/messages/index.ts';` },
      { 'src/domains/work/x/x.model.ts': `const size = Buffer.byteLength(text);` },
    ],
    passes: { 'src/domains/work/x/x.workflow.ts': `import { z } from 'zod';\nimport { a } from './x.model.ts';` },
  },
  {
    name: '文件夹是主题，后缀是层',
    says: '领域里的文件是 index.ts、测试，或带着一层的后缀',
    where: ['src/domains'],
    testsToo: true,
    check: ({ path }) => {
      if (path === 'src/domains/index.ts' || path.includes('/fixtures/')) return [];
      const name = new RegExp(`/(?:index|[a-z_]+\\.(?:${layers.join('|')})|[a-z_.]+\\.test)\\.ts$`);
      return domainOf(path) !== null && name.test(path) ? [] : ['1: no layer has this name'];
    },
    except: {
      'src/domains/work/photos/photo_worker.ts': 'runs in a thread of its own, with no transaction anywhere',
      'src/domains/work/suggestions/lesson_worker.ts': 'runs in a process of its own, with no transaction anywhere',
    },
    caught: [
      { 'src/domains/work/x/x.store.ts': '' },
      { 'src/domains/work/x/casefile.ts': '' },
      { 'src/domains/work/x.model.ts': '' },
    ],
    passes: { 'src/domains/work/x/sign_in.commands.ts': '' },
  },
  {
    name: '篇幅与名字',
    says: '一个文件不超过 400 行，也不叫 utils、helpers、manager、service、common',
    where: ['src'],
    testsToo: true,
    check: ({ path, text }) => {
      const lines = text.trimEnd().split('\n').length;
      const vague = /[/._-](?:utils?|helpers?|managers?|services?|common)[/._-]/i.exec(path);
      return [...(lines > 400 ? [`400: has ${lines} lines`] : []), ...(vague ? [`1: is named ${vague[0]}`] : [])];
    },
    except: { 'src/kernel/db.generated.ts': 'written by kysely-codegen from the migrated schema' },
    caught: [
      { 'src/kernel/x.ts': 'const a = 1;\n'.repeat(401) },
      { 'src/kernel/string_utils.ts': '' },
      { 'src/http/services/x.ts': '' },
    ],
    passes: { 'src/packs/flood/utilities.ts': 'const a = 1;\n'.repeat(400) },
  },
  {
    name: '类型不留后门',
    says: '没有 any、没有 @ts-ignore、没有 !. 断言',
    where: ['src'],
    testsToo: true,
    check: (file) => {
      const ignored = /@ts-(?:ignore|expect-error|nocheck)/.exec(file.text);
      const any = places(file, /(?<![.\w$])any\b(?!\s*[(:])/);
      const silenced = ignored ? [`${lineOf(file.text, ignored.index)}: ${ignored[0]}`] : [];
      return [...silenced, ...any, ...places(file, /[\w$)\]]!(?=[.;,)\]([])/)];
    },
    caught: [
      { 'src/kernel/x.ts': `const a: any = 1;` },
      { 'src/kernel/x.ts': `const a = b as any;` },
      { 'src/kernel/x.ts': `function f(a: Record<string, any>) {}` },
      { 'src/kernel/x.ts': `// @ts-expect-error\nconst a: string = 1;` },
      { 'src/kernel/x.ts': `const a = rows[0]!.id;` },
    ],
    passes: { 'src/kernel/x.ts': `// any\nconst a = z.any(); const b = a !== 'any' && !c;` },
  },
  {
    name: '不叫 event',
    says: '案卷、突发事件、流水都不叫 event',
    where: ['src/domains'],
    check: (file) => {
      const declared = /\bexport\s+(?:async\s+|abstract\s+)*(?:const|let|function|class|interface|type|enum)\s+[\w$]+/;
      const listed = /\bexport\s*(?:type\s*)?\{[^}]*\}/;
      const word = /(?:\b|_)events?(?![a-z])|Events?(?![a-z])/;
      return [...places(file, declared), ...places(file, listed)].filter((place) => word.test(place));
    },
    caught: [
      { 'src/domains/work/x/x.model.ts': `export interface EventView {}` },
      { 'src/domains/work/x/x.queries.ts': `export async function listEvents() {}` },
      { 'src/domains/work/x/index.ts': `export {\n  a,\n  type CaseEvent,\n} from './x.model.ts';` },
    ],
    passes: { 'src/domains/work/x/x.model.ts': `const event = 1;\nexport const preventable = 1, eventual = 2;` },
  },
];

// ------------------------------------------------------------------------------------------------------------ proof

describe.each(rules)('$name', (rule) => {
  const excepted = Object.keys(rule.except ?? {});

  it(rule.says, () => {
    const bound = [...tree.values()].filter((file) => !excepted.includes(file.path));
    expect(bound.flatMap((file) => breachesOf(rule, file, tree))).toEqual([]);
  });

  it('埋下的违例都查得出', () => {
    expect(rule.caught.length).toBeGreaterThan(0);
    expect(rule.caught.filter((plant) => breachesIn(rule, plant, tree).length === 0)).toEqual([]);
  });

  it('守规矩的不误报', () => {
    expect(breachesIn(rule, rule.passes, tree)).toEqual([]);
  });

  it('例外都还用得着', () => {
    const needed = [...tree.values()].filter((file) => breachesOf(rule, file, tree).length > 0);
    expect(excepted.filter((path) => !needed.some((file) => file.path === path))).toEqual([]);
  });
});

it('读到了整棵树，连同纯的和不纯的 kernel 文件', () => {
  expect(tree.size).toBeGreaterThan(100);
  const pure = ['words', 'problem', 'workflow', 'clock', 'geo'].map((name) => `src/kernel/${name}.ts`);
  expect(pure.filter((path) => !isPureKernel(path, tree))).toEqual([]);
  const impure = ['transaction', 'context', 'keys', 'tracking'].map((name) => `src/kernel/${name}.ts`);
  expect(impure.filter((path) => isPureKernel(path, tree))).toEqual([]);
});
