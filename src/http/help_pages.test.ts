import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { HANDBOOK } from './pages/help.ts';

/** The handbook, open to anybody, one page for each role. */
const { app } = await openCounty();
const open = (url: string) => app.inject({ url, headers: { accept: 'text/html' } });

test('每一页都打得开，互相通，没有写成文件名的链接', async () => {
  const pages = readdirSync(HANDBOOK).filter((name) => name.endsWith('.md') && name !== 'README.md');
  const contents = (await open('/help')).body;
  for (const name of pages.map((one) => one.slice(0, -3))) {
    expect(contents, name).toContain(`href="/help/${name}"`);
    const { statusCode, body } = await open(`/help/${name}`);
    expect(statusCode, name).toBe(200);
    expect(body).not.toMatch(/href="[^"]*\.md"|src="pictures/);
    for (const [, picture] of body.matchAll(/src="(\/help\/pictures\/[^"]+)"/g)) {
      const shown = await app.inject({ url: picture ?? '' });
      expect([shown.statusCode, shown.headers['content-type']], picture).toEqual([200, 'image/webp']);
    }
  }
});

test('没有的页、别的文件，说没有', async () => {
  for (const url of ['/help/nobody', '/help/..%2Fbackup', '/help/pictures', '/help/pictures/nothing.webp'])
    expect((await open(url)).statusCode, url).toBe(404);
});
