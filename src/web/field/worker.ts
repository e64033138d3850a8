/**
 * The service worker keeps one release of the app and opens it without a network. It keeps no data and sends none: what
 * is asked of the server goes past it. A new release waits until the page says that nothing is half written.
 */
interface Release {
  readonly name: string;
  readonly files: readonly string[];
}

/** As much of a worker's own surroundings as is used here; the types of a page do not know them. */
interface Surroundings {
  readonly release: Release;
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(on: 'install' | 'activate', run: (it: Lasting) => void): void;
  addEventListener(on: 'fetch', run: (it: Asked) => void): void;
  addEventListener(on: 'message', run: (it: { readonly data: unknown }) => void): void;
}
interface Lasting {
  waitUntil(done: Promise<unknown>): void;
}
interface Asked {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const here = self as unknown as Surroundings;
const { release } = here;
const PREFIX = 'field ';
const CACHE = PREFIX + release.name;
const SHELL = '/field';

here.addEventListener('install', (it) => it.waitUntil(keepAll()));
here.addEventListener('activate', (it) => it.waitUntil(dropOthers().then(() => here.clients.claim())));
here.addEventListener('message', ({ data }) => {
  if (data === 'take over') void here.skipWaiting();
});
here.addEventListener('fetch', (it) => {
  const kept = keptAs(it.request);
  if (kept !== null) it.respondWith(fromCache(kept, it.request));
});

/** All or nothing: a release is whole before it may be used. */
async function keepAll(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(release.files.map((file) => new Request(file, { cache: 'reload', credentials: 'same-origin' })));
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  );
}

/** Every screen of the app is the same page; null: not ours. */
function keptAs(request: Request): string | null {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== here.location.origin) return null;
  if (request.mode === 'navigate' && (pathname === SHELL || pathname.startsWith(`${SHELL}/`))) return SHELL;
  return release.files.includes(pathname) ? pathname : null;
}

async function fromCache(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
