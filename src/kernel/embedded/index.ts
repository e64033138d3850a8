import type { EmbeddedOptions, EmbeddedServer } from './options.ts';
import { openWith } from './server.ts';

export { embeddedProblems } from './embedded.problems.ts';
export type { EmbeddedOptions, EmbeddedServer } from './options.ts';

/**
 * Opens the embedded PostgreSQL of a folder: makes it the first time, starts it, joins it when another command of ours
 * runs it, adopts it when a killed one left it running. Takes about 1 s the first time and 0.2 s later; longer (minutes)
 * after a power cut, while it recovers. Two callers at the same instant come one after the other.
 *
 * Durable: fsync, synchronous commit and page checksums are on. Reached through a socket only its owner may open, with
 * a password; never over the network.
 *
 * Throws a Problem `database.*` (see embedded.problems.ts) for what the machine or the user can cause: packages or
 * links missing, root without a way to drop it, folder not ours, disk full, wrong password, other major version, a
 * server that does not start or answer. Data is never deleted; a half-made database is kept under a dated name.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  return openWith(options, {});
}
