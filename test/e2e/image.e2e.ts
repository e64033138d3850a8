import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/kernel/root.ts';
import { openSite, type Site } from './site.ts';

/** The program with no more around it than the Dockerfile leaves there: no sources, no packages for development. */
let [site, folder]: [Site | null, string] = [null, ''];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jingwei-image-'));
  for (const path of [...copied(), ...packages()]) copy(path);
  site = await openSite({ NODE_ENV: 'production' }, folder);
}, 240_000);
afterAll(async () => {
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

const at = (path: string, init?: RequestInit): Promise<Response> => fetch(`${site?.url}${path}`, init);

test('没有源代码也没有开发用的包：三个入口、手册和它的图片、接口说明都在', async () => {
  expect(existsSync(join(folder, 'src'))).toBe(false);
  expect(existsSync(join(folder, 'node_modules', 'vite'))).toBe(false);
  for (const path of ['/', '/console', '/field', '/help', '/api/openapi.json', '/open311/discovery.xml', '/metrics'])
    expect((await at(path)).status, path).toBe(200);
  const handbook = await (await at('/help')).text();
  const chapter = /href="(\/help\/[^"#]+)"/.exec(handbook)?.[1] ?? '';
  const picture = /src="(\/help\/[^"]+\.webp)"/.exec(await (await at(chapter)).text())?.[1] ?? '';
  expect((await at(picture)).headers.get('content-type')).toBe('image/webp');
});

test('报事带照片：另一个进程收下；不是照片的，说出来', async () => {
  const picture = readFileSync(join(packageRoot, 'docs', 'pictures', 'track.png'));
  expect(await sentWith(picture)).toMatch(/\/track\/[^?]+\?sent=1$/);
  expect(await sentWith(Buffer.from('不是照片'))).toMatch(/\/track\/[^?]+\?sent=1&photo=1(:|%3A)photo\./);
});

/** Where somebody stands after reporting on the portal with this file. */
async function sentWith(file: Buffer): Promise<string> {
  const form = new FormData();
  const fields = (await (await at('/')).text()).matchAll(
    /<input type="hidden"(?: id="\w+")? name="(\w+)" value="([^"]*)"/g,
  );
  for (const [, name = '', value = ''] of fields) form.set(name, value);
  form.set('words', '井盖没有了');
  form.set('place', '老街 3 号门口');
  form.set('photos', new Blob([file]), 'hole.png');
  return (await at('/', { method: 'POST', body: form, headers: { origin: site?.url ?? '' } })).url;
}

/** What stands behind `COPY --from=build`, but for the packages, of which the file says itself which are kept. */
function copied(): string[] {
  const lines = readFileSync(join(packageRoot, 'Dockerfile'), 'utf8').matchAll(/^COPY --from=build \/app\/(\S+) /gm);
  return [...lines].flatMap(([, path]) => (path === undefined || path === 'node_modules' ? [] : [path]));
}

const packages = (): string[] =>
  execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: packageRoot, encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((path) => relative(packageRoot, path))
    .filter((path) => path.startsWith('node_modules') && !/node_modules.*node_modules/.test(path));

function copy(path: string): void {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  execFileSync('cp', ['-a', '--reflink=auto', join(packageRoot, path), join(folder, path)]);
}
