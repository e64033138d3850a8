import type { IncomingHttpHeaders } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Lane } from '../kernel/endpoint.ts';
import { Problem } from '../kernel/problem.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { httpProblems } from './problems.ts';

/**
 * Under overload somebody is turned away at once and told when to come back, rather than everybody made to wait: first
 * exports and figures, then lists, then the daily work, urgent reports last.
 */
export interface Load {
  /** How long the process takes to come round, in milliseconds, over the last second. */
  delayMs: number;
  /** Requests that wait for a database connection. */
  readonly waiting: () => number;
  stop(): void;
}

const NANOSECONDS = 1e6;
const most: Readonly<Record<Lane, { delayMs: number; waiting: number }>> = {
  bulk: { delayMs: 100, waiting: 20 },
  read: { delayMs: 300, waiting: 100 },
  work: { delayMs: 1000, waiting: 400 },
  urgent: { delayMs: 4000, waiting: 2000 },
};

export function watchLoad(runtime: Runtime): Load {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  histogram.enable();
  const load: Load = {
    delayMs: 0,
    waiting: () => runtime.pools.app.waitingCount,
    stop: () => {
      clearInterval(timer);
      histogram.disable();
    },
  };
  const timer = setInterval(() => {
    // The resolution itself is part of what is measured.
    load.delayMs = Math.max(0, histogram.percentile(80) / NANOSECONDS - 20);
    histogram.reset();
  }, 1000);
  timer.unref();
  return load;
}

export function shedLoad(load: Load, lane: Lane): void {
  const { delayMs, waiting } = most[lane];
  if (load.delayMs > delayMs || load.waiting() > waiting) throw new Problem(httpProblems['http.overloaded']);
}

/**
 * A browser sends our cookie only for our own pages (SameSite=Strict); this says so once more. A request that carries
 * no cookie is no other site's to abuse.
 */
export function refuseForeignOrigin(headers: IncomingHttpHeaders, publicUrl: string, withCookie: boolean): void {
  if (!withCookie) return;
  const site = headers['sec-fetch-site'];
  // A browser that says where the request comes from is believed; an older one is judged by its Origin.
  const own = site === undefined ? isOwnOrigin(headers, publicUrl) : site === 'same-origin' || site === 'none';
  if (!own) throw new Problem(httpProblems['http.foreign_origin']);
}

function isOwnOrigin({ origin, host }: IncomingHttpHeaders, publicUrl: string): boolean {
  return origin === undefined || origin === new URL(publicUrl).origin || hostOf(origin) === host;
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

/**
 * Nothing from anywhere else: scripts, styles, pictures, connections and form targets are ours alone. The styles a page
 * makes by itself need its number, told to it alone.
 */
export const policyOf = (publicUrl: string, nonce: string | null = null, tiles: string | null = null) => ({
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  workerSrc: ["'self'"],
  styleSrc: nonce === null ? ["'self'"] : ["'self'", `'nonce-${nonce}'`],
  imgSrc: ["'self'", 'data:', ...(tiles === null ? [] : [tiles])],
  fontSrc: ["'self'"],
  mediaSrc: ["'self'"],
  connectSrc: ["'self'", ...(tiles === null ? [] : [tiles])],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
  ...(publicUrl.startsWith('https:') && { upgradeInsecureRequests: [] }),
});

/** Where one stands is asked on our own pages only; the microphone is for the field app, which says so itself. */
export const devicesOf = ({ microphone = false } = {}): string =>
  `camera=(), display-capture=(), geolocation=(self), microphone=(${microphone ? 'self' : ''}), payment=(), usb=()`;

/**
 * The same as the text of the header, for a page with styles of its own; `tiles` is the one server whose map may lie
 * under ours.
 */
export const contentPolicy = (publicUrl: string, nonce: string, tiles: string | null): string =>
  policyText(policyOf(publicUrl, nonce, tiles));

export const policyText = (policy: object): string =>
  Object.entries(policy)
    .map(([name, sources]) =>
      [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), ...(sources as string[])].join(' '),
    )
    .join(';');
