import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * What a process of our own needs besides, to run this file. Development and tests run the sources. A Node that reads
 * TypeScript itself needs no loader; tsx would reserve memory for its WebAssembly some time after the start, when a
 * limit may already be in force.
 */
export function loaderFor(path: string): string[] {
  if (!path.endsWith('.ts') || (process.features as { typescript?: unknown }).typescript) return [];
  return ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];
}

/** The program of a process, beside the file at `here`: a source beside the sources, a bundle beside the bundle. */
export const workerBeside = (here: string, name: string): string =>
  fileURLToPath(new URL(here.endsWith('.ts') ? `${name}.ts` : `${name}.js`, here));
