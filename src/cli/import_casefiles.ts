import { readFile } from 'node:fs/promises';
import { plantRealm } from '../../seeds/planting.ts';
import { consequences } from '../domains/index.ts';
import {
  type Imported,
  type ImportMap,
  importCasefiles,
  importProblems,
  noteKinds,
  readMap,
  tryCasefiles,
  undoImport,
} from '../domains/work/imports/index.ts';
import { idSchema } from '../kernel/id.ts';
import { Problem } from '../kernel/problem.ts';
import { jobsOf, listRealms } from '../kernel/reaction.ts';
import { sequence } from '../kernel/sequencer.ts';
import type { OpenRuntime } from '../kernel/start.ts';
import { MOST_TOLD, sayRefused } from './refused_rows.ts';
import { withRuntime } from './station.ts';
import { exitCodes, type Terminal } from './terminal.ts';

export interface CasefilesOptions {
  readonly map: string;
  readonly area?: string;
  readonly dryRun?: boolean;
  readonly realm?: string;
}

/** `jingwei import casefiles FILE --map MAP`: every row gets a verdict; what is refused is told with what to do. */
export async function importCases(terminal: Terminal, file: string, options: CasefilesOptions): Promise<number> {
  const map = readMap(await textOf(options.map));
  return withRuntime(terminal, async (runtime, { config }) => {
    const realm = Number(options.realm ?? config.realm);
    const isThere = (await listRealms(runtime)).includes(realm);
    if (!isThere && map.realm === undefined) throw new Problem(importProblems['import.realm_missing'], { realm });
    const bar = terminal.progress({ zh: '导入', en: 'import' }, 100);
    const progress = async (done: number, rows: number): Promise<void> => {
      bar.to(rows === 0 ? 100 : (100 * done) / rows);
      // Part by part: a long list of entries that wait for their positions is slow to take from.
      if (!options.dryRun) await position(runtime, realm);
    };
    const order = { file, map, area: options.area, progress };
    if (!isThere && !options.dryRun) await plant(runtime, realm, map);
    const done = options.dryRun
      ? await tryCasefiles(runtime, isThere ? realm : null, order)
      : await importCasefiles(runtime, realm, order);
    bar.done();
    if (!options.dryRun) await position(runtime, realm);
    tell(terminal, done);
    return done.refused.length === 0 ? exitCodes.done : exitCodes.found;
  });
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new Problem(importProblems['import.no_file'], { file });
  });
}

/** On an empty database the map names what to make. */
async function plant(runtime: OpenRuntime, realm: number, { realm: plan, zone }: ImportMap): Promise<void> {
  if (!plan) return;
  const { name, level, code } = plan;
  await plantRealm(runtime, { realm, name, zone, root: { id: runtime.ids.newId(), level, code, name } });
}

/** The entries get their positions now rather than when the server next runs; what follows from them waits for it. */
async function position(runtime: OpenRuntime, realm: number): Promise<void> {
  while ((await sequence(runtime, realm, (entry) => jobsOf(consequences.reactions, entry))).length > 0);
}

function tell(terminal: Terminal, done: Imported): void {
  const { rows, created, changed, same, refused, notes, onTime, late, noFlag, batch } = done;
  terminal.say({
    zh: `${rows} 行：新建 ${created}，更新 ${changed}，未变 ${same}，未导入 ${refused.length}。`,
    en: `${rows} rows: ${created} created, ${changed} changed, ${same} the same, ${refused.length} refused.`,
  });
  if (onTime + late + noFlag > 0)
    terminal.say({
      zh: `到文件中最后一次办结为止：按期 ${onTime}，超期 ${late}，来源未标 ${noFlag}。`,
      en: `As of the last closing in the file: ${onTime} on time, ${late} late, ${noFlag} without a flag of the source.`,
    });
  for (const { kind, rows: count, first } of notes)
    terminal.say({
      zh: `  ${noteKinds[kind].zh}：${count} 行（如第 ${first.join('、')} 行）`,
      en: `  ${noteKinds[kind].en}: ${count} rows (such as ${first.join(', ')})`,
    });
  sayRefused(terminal, refused);
  terminal.say(
    batch === null
      ? { zh: '这是试运行，没有写入任何内容。', en: 'This was a trial: nothing was written.' }
      : {
          zh: `批次 ${batch}；撤回：jingwei import undo ${batch}`,
          en: `Batch ${batch}; to withdraw it: jingwei import undo ${batch}`,
        },
  );
  terminal.result(done);
}

/** `jingwei import undo BATCH`: what somebody has worked on since stays and is listed. */
export async function undo(terminal: Terminal, batch: string, options: { realm?: string }): Promise<number> {
  const id = idSchema.safeParse(batch);
  if (!id.success) throw new Problem(importProblems['import.no_batch']);
  return withRuntime(terminal, async (runtime, { config }) => {
    const realm = Number(options.realm ?? config.realm);
    const undone = await undoImport(runtime, realm, id.data);
    await position(runtime, realm);
    const { withdrawn, kept, changedKeys } = undone;
    terminal.say({
      zh: `撤回 ${withdrawn} 件；${kept.length} 件已有人办理，保留。`,
      en: `${withdrawn} withdrawn; ${kept.length} stay, since somebody has worked on them.`,
    });
    for (const { key, number, says } of kept.slice(0, MOST_TOLD))
      terminal.say({
        zh: `  ${number ?? '保密'}（${key}）：${says.zh}`,
        en: `  ${number ?? 'confidential'} (${key}): ${says.en}`,
      });
    if (changedKeys.length > 0)
      terminal.say({
        zh: `这个批次更新过别的批次的 ${changedKeys.length} 件，更新保留。`,
        en: `It had changed ${changedKeys.length} cases of other batches; those changes stand.`,
      });
    terminal.result(undone);
    return kept.length === 0 ? exitCodes.done : exitCodes.found;
  });
}
