import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Config, readConfig } from '../src/kernel/config.ts';
import { packageRoot } from '../src/kernel/root.ts';

/** A folder nobody made, in a place where the program may not write, is found out by nobody until it is needed. */
const foldersOf = ({ dataFolder, keysFolder, checkpointsFolder }: Config): string[] =>
  [dataFolder, keysFolder, checkpointsFolder].toSorted();
const lines = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');
const settingsIn = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]));

it('容器：程序要写的目录，每个都是卷', () => {
  const text = lines('Dockerfile');
  const config = readConfig(settingsIn(/^ENV (?:.*\\\n)*.*$/m.exec(text)?.[0] ?? ''));
  const volumes = JSON.parse(/^VOLUME (.*)$/m.exec(text)?.[1] ?? '[]') as string[];
  expect(foldersOf(config)).toEqual(volumes.toSorted());
  expect(/^RUN install .*$/m.exec(text)?.[0].split(' ')).toEqual(expect.arrayContaining(volumes));
});

it('systemd：程序要写的目录，每个都由单元建好', () => {
  const text = lines('deploy/jingwei.service');
  const config = readConfig(settingsIn([...text.matchAll(/^Environment=.*$/gm)].join('\n')));
  const made = /^StateDirectory=(.*)$/m.exec(text)?.[1]?.split(' ') ?? [];
  expect(foldersOf(config)).toEqual(made.map((name) => `/var/lib/${name}`).toSorted());
});
