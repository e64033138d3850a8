import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { describeSettings, readConfig, terminalLanguage } from './config.ts';
import { Problem } from './problem.ts';

type Environment = Record<string, string | undefined>;

function refusalOf(environment: Environment): Problem {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('was not refused');
}
const pathsOf = (environment: Environment): string[] => refusalOf(environment).faults.map((fault) => fault.path);

it('什么都不设置就能启动：本机、内置数据库、演示县', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    isLoopback: true,
    isPrivate: true,
    publicUrl: 'http://localhost:3000',
    dataFolder: resolve('var/data'),
    keysFolder: resolve('var/keys'),
    checkpointsFolder: resolve('var/checkpoints'),
    database: undefined,
    databaseOwner: undefined,
    seed: 'county',
    poolSize: 10,
    realm: 1,
    logLevel: 'info',
    webhooksPrivate: false,
    trustProxy: [],
    map: null,
  });
});

it('空的环境变量等于没有设置', () => {
  const empty = Object.fromEntries(describeSettings().map(({ name }) => [name, '']));
  expect(readConfig(empty)).toEqual(readConfig({}));
});

it('一次说出全部错误，而不是改一个再报一个', () => {
  const faults = pathsOf({
    PORT: '70000',
    JINGWEI_DATABASE: 'mysql://x',
    JINGWEI_SEED: 'city',
    JINGWEI_POOL: '1',
    JINGWEI_REALM: '0',
    JINGWEI_LOG: 'loud',
    JINGWEI_PUBLIC_URL: 'not a url',
    JINGWEI_WEBHOOKS_PRIVATE: 'perhaps',
  });
  expect(faults.sort()).toEqual(
    [
      'PORT',
      'JINGWEI_DATABASE',
      'JINGWEI_SEED',
      'JINGWEI_POOL',
      'JINGWEI_REALM',
      'JINGWEI_LOG',
      'JINGWEI_PUBLIC_URL',
      'JINGWEI_WEBHOOKS_PRIVATE',
    ].sort(),
  );
});

it('设置有误时用中文说清楚：标题、提示和每一处', () => {
  const problem = refusalOf({ PORT: 'abc' });
  expect(problem.title.zh).toBe('设置有误，程序没有启动');
  expect(problem.faults[0]?.says.zh).toMatch(/\p{Script=Han}/u);
});

it.each(['12.5', '-1', '65536', 'abc', '3000x', '1e9'])('端口 %s 不是端口', (port) => {
  expect(pathsOf({ PORT: port })).toEqual(['PORT']);
});

it('端口 0 表示自动选一个空闲的', () => {
  expect(readConfig({ PORT: '0' }).port).toBe(0);
});

it.each([
  ['var/data', 'var/data/keys'],
  ['var/data', 'var/data'],
  ['/srv/jw', '/srv/jw/../jw/keys'],
  ['var/data/', 'var/data//keys'],
])('密钥目录不能在数据目录里面:%s、%s', (data, keys) => {
  const problem = refusalOf({ JINGWEI_DATA: data, JINGWEI_KEYS: keys });
  expect(problem.faults).toEqual([{ path: 'JINGWEI_KEYS', says: expect.objectContaining({ zh: expect.any(String) }) }]);
});

it('名字相近的目录不算里面', () => {
  expect(readConfig({ JINGWEI_DATA: 'var/data', JINGWEI_KEYS: 'var/data-keys' }).keysFolder).toBe(
    resolve('var/data-keys'),
  );
});

it('设置错了、密钥又放错了地方：两样一起说', () => {
  expect(pathsOf({ PORT: 'x', JINGWEI_DATA: 'var/data', JINGWEI_KEYS: 'var/data/keys' }).sort()).toEqual(
    ['JINGWEI_KEYS', 'PORT'].sort(),
  );
});

it.each([
  ['127.0.0.1', true, 'county'],
  ['::1', true, 'county'],
  ['localhost', true, 'county'],
  ['0.0.0.0', false, 'none'],
  ['::', false, 'none'],
  ['192.168.1.5', false, 'none'],
  ['127.0.0.1.example.org', false, 'none'],
] as const)('绑定 %s:是否只在本机 %s，默认演示 %s', (host, isLoopback, seed) => {
  expect(readConfig({ HOST: host })).toMatchObject({ isLoopback, seed });
});

it.each([
  [{ TRUST_PROXY: '127.0.0.1' }],
  [{ JINGWEI_PUBLIC_URL: 'https://grid.example.gov.cn' }],
  [{ HOST: '0.0.0.0' }],
])('%o:别人能从外面进来，就没有演示数据，也没有演示账号', (environment) => {
  expect(readConfig(environment)).toMatchObject({ isPrivate: false, seed: 'none' });
});

it('用自己的数据库服务器时，不会自己放演示数据进去', () => {
  expect(readConfig({ JINGWEI_DATABASE: 'postgres://app@db/jingwei' }).seed).toBe('none');
  expect(readConfig({ JINGWEI_DATABASE: 'postgresql://db/jingwei', JINGWEI_SEED: 'small' }).seed).toBe('small');
});

it('对外地址末尾的斜杠去掉，端口跟着设置', () => {
  expect(readConfig({ JINGWEI_PUBLIC_URL: 'https://grid.example.gov.cn/' }).publicUrl).toBe(
    'https://grid.example.gov.cn',
  );
  expect(readConfig({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
});

it('对外地址只能是 http 或 https', () => {
  expect(pathsOf({ JINGWEI_PUBLIC_URL: 'javascript:alert(1)' })).toEqual(['JINGWEI_PUBLIC_URL']);
});

it('反向代理可以写几个，逗号分开', () => {
  expect(readConfig({ TRUST_PROXY: '10.0.0.1, 10.1.0.0/16' }).trustProxy).toEqual(['10.0.0.1', '10.1.0.0/16']);
});

it('反向代理写得不是地址，启动前就说', () => {
  expect(pathsOf({ TRUST_PROXY: 'everybody' })).toEqual(['TRUST_PROXY']);
});

it.each([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
] as const)('JINGWEI_WEBHOOKS_PRIVATE=%s', (text, value) => {
  expect(readConfig({ JINGWEI_WEBHOOKS_PRIVATE: text }).webhooksPrivate).toBe(value);
});

it('每个设置都有说明，能写进文档', () => {
  const lines = describeSettings();
  expect(lines.map((line) => line.name)).toContain('JINGWEI_KEYS');
  expect(lines.filter((line) => line.says.length < 10)).toEqual([]);
  expect(lines.find((line) => line.name === 'PORT')?.fallback).toBe('3000');
  expect(lines.find((line) => line.name === 'TRUST_PROXY')?.fallback).toBe('—');
});

it.each([
  [{ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh'],
  [{ LANG: 'zh_TW' }, 'zh'],
  [{ LC_ALL: '', LANG: 'zh_CN' }, 'zh'],
  [{ LANG: 'fr_FR' }, 'en'],
  [{}, 'en'],
] as const)('终端语言 %j 是 %s', (environment, language) => {
  expect(terminalLanguage(environment)).toBe(language);
});

it('底图：自己的文件，或者写明的一台服务器；井号后面是要标在旁边的话', () => {
  const mapOf = (map: string) => readConfig({ JINGWEI_MAP: map }).map;
  expect(mapOf('/srv/县.pmtiles#审图号 1')).toEqual({ kind: 'file', from: '/srv/县.pmtiles', credit: '审图号 1' });
  const address = 'https://t0.example.gov.cn/{z}/{x}/{y}.png';
  expect(mapOf(address)).toEqual({ kind: 'tiles', from: address, credit: '' });
});

it.each(['/srv/map.mbtiles', 'https://t0.example.gov.cn/{z}/{x}.png', 'https://', '#审图号', 'ftp://x/{z}/{x}/{y}'])(
  '底图写成 %s，说得清楚',
  (map) => {
    expect(refusalOf({ JINGWEI_MAP: map }).faults).toEqual([
      { path: 'JINGWEI_MAP', says: expect.objectContaining({ zh: expect.stringContaining('.pmtiles') }) },
    ]);
  },
);
