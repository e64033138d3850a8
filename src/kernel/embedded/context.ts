import { type Binaries, binariesIn, findBinaries } from './binaries.ts';
import type { EmbeddedOptions, Seams } from './options.ts';
import { findPlaces, type Places } from './places.ts';
import { checkSettings } from './settings.ts';

export const superuser = 'jingwei_super';

/** What stays the same as long as a process works with one embedded database. */
export interface Context {
  options: EmbeddedOptions;
  places: Places;
  binaries: Binaries;
  seams: Seams;
  log: (line: string) => void;
}

export async function makeContext(options: EmbeddedOptions, seams: Seams): Promise<Context> {
  if (!/^[^\r\n\0]+$/.test(options.password)) throw new Error('the password must be one line and not empty');
  checkSettings(options.settings ?? {});
  const places = await findPlaces(options);
  const binaries = seams.packageRoot ? await binariesIn(seams.packageRoot) : await findBinaries();
  return { options, places, binaries, seams, log: options.log };
}
