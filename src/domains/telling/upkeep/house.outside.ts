import { statfs } from 'node:fs/promises';
import { readCheckpoints } from '../../../kernel/checkpoint.ts';
import type { Config } from '../../../kernel/config.ts';
import type { KeptLine } from '../../../kernel/keeping/kept.ts';
import { readKept } from '../../../kernel/keeping/ledger.ts';
import { openKeys } from '../../../kernel/keys.ts';

/** What stands beside the database: folders, keys, what was noted of backups. Asked between transactions. */
export interface House {
  readonly version: string;
  /** Whether the database lies in the data folder too. */
  readonly embedded: boolean;
  /** Null: nobody can say. */
  disk(): Promise<{ readonly free: number; readonly total: number } | null>;
  kept(): readonly KeptLine[];
  /** When the journal of a realm was last written down outside the database. */
  checkpoint(realm: number): Date | null;
  keysBackedUp(): boolean;
}

export const openHouse = (
  { dataFolder, keysFolder, checkpointsFolder }: Pick<Config, 'dataFolder' | 'keysFolder' | 'checkpointsFolder'>,
  { version, embedded }: Pick<House, 'version' | 'embedded'>,
): House => ({
  version,
  embedded,
  async disk() {
    const found = await statfs(dataFolder).catch(() => null);
    return found && { free: found.bavail * found.bsize, total: found.blocks * found.bsize };
  },
  kept: () => readKept(dataFolder),
  checkpoint(realm) {
    const ours = readCheckpoints(checkpointsFolder).flatMap((it) =>
      it.kind !== 'unreadable' && it.realm === realm ? [it.at] : [],
    );
    const last = ours.at(-1);
    return last === undefined ? null : new Date(last);
  },
  keysBackedUp: () => openKeys(keysFolder).isBackedUp,
});

/** Where there is no deployment around the program, as in tests: nothing is known, and nothing is claimed. */
export const noHouse: House = {
  version: '?',
  embedded: false,
  disk: async () => null,
  kept: () => [],
  checkpoint: () => null,
  keysBackedUp: () => false,
};
