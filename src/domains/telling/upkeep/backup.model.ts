import { z } from 'zod';
import type { KeptLine } from '../../../kernel/keeping/kept.ts';

/** Backups that are known, with what was found when they were looked at again. */
export const backupView = z.object({
  path: z.string(),
  at: z.date(),
  size: z.number().describe('Bytes'),
  rows: z.number(),
  photos: z.number(),
  checkedAt: z.date().nullable(),
  restored: z.boolean().describe('It was not only read but restored for trial'),
  whole: z.boolean().nullable().describe('Null: never checked'),
});
export type Backup = z.output<typeof backupView>;

type Made = Extract<KeptLine, { is: 'backup' }>;
type Checked = Extract<KeptLine, { is: 'checked' }>;

/** The newest first. A check belongs to the backup of the same moment, or failing that to the one that lay there. */
export function backupsIn(lines: readonly KeptLine[]): Backup[] {
  const checks = lines.filter((it): it is Checked => it.is === 'checked');
  const of = (made: Made): Checked[] =>
    checks.filter(({ takenAt, path }) => (takenAt === null ? path === made.path : takenAt === made.takenAt));
  return lines
    .filter((it): it is Made => it.is === 'backup')
    .map((made) => withChecks(made, of(made)))
    .reverse();
}

function withChecks({ path, at, size, rows, photos }: Made, checks: readonly Checked[]): Backup {
  const last = checks.at(-1);
  return {
    ...{ path, size, rows, photos, at: new Date(at) },
    checkedAt: last ? new Date(last.at) : null,
    restored: checks.some(({ restored, whole }) => restored && whole),
    whole: last?.whole ?? null,
  };
}

export interface JournalCheck {
  readonly at: Date;
  readonly entries: number;
  readonly faults: number;
}

export function journalCheckIn(lines: readonly KeptLine[], realm: number): JournalCheck | null {
  const last = lines.filter((it) => it.is === 'journal' && it.realm === realm).at(-1);
  return last?.is === 'journal' ? { at: new Date(last.at), entries: last.entries, faults: last.faults } : null;
}
