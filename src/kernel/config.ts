import { dirname, join, resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { type SuiteName, suiteNames } from './envelope.ts';
import { defineProblems, type FieldFault, Problem } from './problem.ts';
import type { Language } from './words.ts';

/** The one place that reads the environment. Every value has a default with which `npm start` works. */
const port = z.coerce.number().int().min(0).max(65535);

const partsOf = (list: string): string[] => list.split(',').map((part) => part.trim());
/** An address, a range, or a name the framework knows for ranges of the inside. */
const isProxy = (part: string): boolean =>
  ['loopback', 'linklocal', 'uniquelocal'].includes(part) || ipaddr.isValid(part) || ipaddr.isValidCIDR(part);

const isAddress = (map: string): boolean => /^https?:\/\//.test(map);
const beforeHash = (map: string): string => map.split('#', 1)[0] ?? '';
function isBaseMap(map: string): boolean {
  const plain = beforeHash(map);
  if (!isAddress(plain)) return plain.endsWith('.pmtiles');
  return URL.canParse(plain) && ['{z}', '{x}', '{y}'].every((part) => plain.includes(part));
}

const settings = {
  PORT: port.default(3000).describe('Port to serve on; 0 takes a free one.'),
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe(
      'Address to bind. Anything but a loopback address refuses the demo accounts, and so do TRUST_PROXY and a public URL elsewhere.',
    ),
  JINGWEI_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('How users reach this server, e.g. https://grid.example.gov.cn. Default: http://localhost:PORT.'),
  JINGWEI_DATA: z.string().default('var/data').describe('Folder for the embedded database and stored photos.'),
  JINGWEI_KEYS: z
    .string()
    .default('var/keys')
    .describe('Folder for key files (0700, files 0600). Must lie outside JINGWEI_DATA and be backed up apart.'),
  JINGWEI_SUITE: z
    .enum(suiteNames)
    .optional()
    .describe(
      'What seals: international (AES-256-GCM, HMAC-SHA-256) or national (SM4-CTR with HMAC-SM3). Decided once, when the keys are made; with keys that are there it only checks. Default for new keys: international.',
    ),
  JINGWEI_CHECKPOINTS: z
    .string()
    .optional()
    .describe(
      'Folder for the signed checkpoints of the journal, one line an hour. Default: checkpoints beside JINGWEI_KEYS. Best on another machine or a disk that is only appended to.',
    ),
  JINGWEI_DATABASE: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional()
    .describe(
      'postgres://… of your own PostgreSQL 15 or newer (a plain role). Without it the embedded PostgreSQL is used.',
    ),
  JINGWEI_DATABASE_OWNER: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional()
    .describe('postgres://… of the role that owns the tables; only needed by migrate and restore.'),
  JINGWEI_SEED: z
    .enum(['county', 'small', 'none'])
    .optional()
    .describe(
      'What to put into an empty database. Default: county on the embedded database while the server is reached from this machine only, else none.',
    ),
  JINGWEI_POOL: z.coerce
    .number()
    .int()
    .min(2)
    .max(100)
    .default(10)
    .describe('Database connections for requests, per process.'),
  JINGWEI_REALM: z.coerce
    .number()
    .int()
    .min(1)
    .max(32767)
    .default(1)
    .describe('The realm (county or city) that anonymous visitors of this server see.'),
  JINGWEI_LOG: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'])
    .default('info')
    .describe('How much to log (JSON lines on stderr; never personal data).'),
  JINGWEI_MAP: z
    .string()
    .optional()
    .describe(
      'What lies under areas and cases on the map: a .pmtiles file, or the address of tiles you are licensed for, with {z}, {x} and {y}, in WGS 84 or CGCS2000 (not GCJ-02). What has to stand beside it, such as 审图号, follows after #. Without it the map is drawn of areas and cases alone.',
    ),
  JINGWEI_WEBHOOKS_PRIVATE: z.stringbool().default(false).describe('Allow webhooks to private or loopback addresses.'),
  TRUST_PROXY: z
    .string()
    .refine((list) => partsOf(list).every(isProxy))
    .optional()
    .describe(
      'Addresses or ranges of your reverse proxy, comma separated; only then are X-Forwarded-* headers believed.',
    ),
} as const;

const schema = z.object(settings);

export const configProblems = defineProblems({
  'config.invalid': {
    status: 503,
    title: { zh: '设置有误，程序没有启动', en: 'A setting is wrong, nothing was started' },
    hint: {
      zh: '请按提示改正环境变量后重试；全部设置见 docs/settings.md。',
      en: 'Correct the environment variables named and try again; docs/settings.md lists them all.',
    },
  },
});

/** Under areas and cases: a file of ours, or tiles of somebody else's server. */
export interface BaseMap {
  readonly kind: 'file' | 'tiles';
  /** The file's path, or the address with {z}, {x} and {y}. */
  readonly from: string;
  readonly credit: string;
}

function baseMapOf(map: string | undefined): BaseMap | null {
  if (map === undefined) return null;
  const plain = beforeHash(map);
  const credit = map.slice(plain.length + 1);
  return isAddress(plain) ? { kind: 'tiles', from: plain, credit } : { kind: 'file', from: resolve(plain), credit };
}

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly isLoopback: boolean;
  /** Reached from this machine only: bound to it, with no proxy in front and no public name. */
  readonly isPrivate: boolean;
  readonly publicUrl: string;
  readonly dataFolder: string;
  readonly keysFolder: string;
  readonly suite: SuiteName | undefined;
  readonly checkpointsFolder: string;
  readonly database: string | undefined;
  readonly databaseOwner: string | undefined;
  readonly seed: 'county' | 'small' | 'none';
  readonly poolSize: number;
  readonly realm: number;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  readonly webhooksPrivate: boolean;
  readonly trustProxy: readonly string[];
  readonly map: BaseMap | null;
}

const loopback = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);

/** Reads all settings and fails with every fault at once. Empty text counts as absent. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  const faults = [...faultsIn(given), ...keysFault(given), ...mapFault(given)];
  if (!parsed.success || faults.length > 0) throw new Problem(configProblems['config.invalid'], {}, faults);
  const it = parsed.data;
  const publicUrl = (it.JINGWEI_PUBLIC_URL ?? `http://localhost:${it.PORT}`).replace(/\/$/, '');
  const isLoopback = loopback.has(it.HOST);
  const isPrivate = isLoopback && it.TRUST_PROXY === undefined && loopback.has(new URL(publicUrl).hostname);
  return {
    port: it.PORT,
    host: it.HOST,
    isLoopback,
    isPrivate,
    publicUrl,
    dataFolder: resolve(it.JINGWEI_DATA),
    keysFolder: resolve(it.JINGWEI_KEYS),
    suite: it.JINGWEI_SUITE,
    checkpointsFolder: resolve(it.JINGWEI_CHECKPOINTS ?? join(dirname(resolve(it.JINGWEI_KEYS)), 'checkpoints')),
    database: it.JINGWEI_DATABASE,
    databaseOwner: it.JINGWEI_DATABASE_OWNER,
    seed: it.JINGWEI_SEED ?? (isPrivate && !it.JINGWEI_DATABASE ? 'county' : 'none'),
    poolSize: it.JINGWEI_POOL,
    realm: it.JINGWEI_REALM,
    logLevel: it.JINGWEI_LOG,
    webhooksPrivate: it.JINGWEI_WEBHOOKS_PRIVATE,
    trustProxy: it.TRUST_PROXY === undefined ? [] : partsOf(it.TRUST_PROXY),
    map: baseMapOf(it.JINGWEI_MAP),
  };
}

type Given = Readonly<Record<string, string | undefined>>;

/** The same faults told twice, once in each language. */
function faultsIn(given: Given): FieldFault[] {
  const told = (locale: typeof z.locales.en) => schema.safeParse(given, { error: locale().localeError }).error?.issues;
  const english = told(z.locales.en) ?? [];
  return (told(z.locales.zhCN) ?? []).map((issue, i) => ({
    path: issue.path.join('.'),
    says: { zh: issue.message, en: english[i]?.message ?? issue.message },
  }));
}

function keysFault({ JINGWEI_DATA = 'var/data', JINGWEI_KEYS = 'var/keys' }: Given): FieldFault[] {
  if (!`${resolve(JINGWEI_KEYS)}/`.startsWith(`${resolve(JINGWEI_DATA)}/`)) return [];
  const says = { zh: '密钥目录不能放在数据目录里面', en: 'the key folder must not lie inside the data folder' };
  return [{ path: 'JINGWEI_KEYS', says }];
}

function mapFault({ JINGWEI_MAP }: Given): FieldFault[] {
  if (JINGWEI_MAP === undefined || isBaseMap(JINGWEI_MAP)) return [];
  const says = {
    zh: '应是一个 .pmtiles 文件，或者带 {z}、{x}、{y} 的 http 地址',
    en: 'must be a .pmtiles file, or an http address with {z}, {x} and {y}',
  };
  return [{ path: 'JINGWEI_MAP', says }];
}

/** For docs/settings.md, which is generated. */
export function describeSettings(): { name: string; fallback: string; says: string }[] {
  return Object.entries(settings).map(([name, type]) => {
    const fallback = type.safeParse(undefined);
    return { name, fallback: String(fallback.success ? (fallback.data ?? '—') : '—'), says: type.description ?? '' };
  });
}

/** The language the operator's shell is set to; English where it is neither Chinese nor said. */
export function terminalLanguage(environment: Readonly<Record<string, string | undefined>> = process.env): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
