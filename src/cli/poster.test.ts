import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { openShell } from './fixtures/shell.ts';

const shell = openShell(await openCounty());

it('一个社区一份：每个网格一张，文件自己带样式；不盖掉已有的文件，没有的区域说清楚', async () => {
  const file = shell.path('二运.html');
  const { json } = await shell.asked('poster', '二运社区', file, '--size', 'a3');
  expect(json).toEqual({ file, codes: [1, 2, 3].map((no) => `43990100100100${no}`) });
  const page = readFileSync(file, 'utf8');
  expect(page.match(/<section class="poster">/g)).toHaveLength(3);
  expect(page).toContain('@page a3');
  expect(page).not.toContain('stylesheet');
  await shell.refused('cli.file_exists', 'poster', '青园社区', file);
  expect(readFileSync(file, 'utf8')).toBe(page);
  await shell.refused('cli.no_area', 'poster', '没有的社区', shell.path('b.html'));
  expect(existsSync(shell.path('b.html'))).toBe(false);
  await shell.refused('cli.file_unwritable', 'poster', '青园社区', shell.path('没有的文件夹/c.html'));
});
