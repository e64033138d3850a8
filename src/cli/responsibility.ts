import { rankWords } from '../domains/work/chain/chain.model.ts';
import { chainOf, chainQuery, openFinding } from '../domains/work/chain/index.ts';
import { asSystem } from '../kernel/entrance.ts';
import { transact } from '../kernel/transaction.ts';
import { checked } from './checked.ts';
import { requireRealm } from './operator.ts';
import { withRuntime } from './station.ts';
import type { Terminal } from './terminal.ts';

export interface ChainOptions {
  readonly area?: string;
  readonly list?: string;
  readonly mostPosts?: string;
  readonly mostAreas?: string;
  readonly mostCases?: string;
  readonly fewHouseholds?: string;
  readonly manyHouseholds?: string;
  readonly realm?: string;
}

/** `jingwei responsibility`: gaps and overload of an area; with --list what one of the numbers was counted from. */
export async function tellChain(terminal: Terminal, { list, realm: typed, ...asked }: ChainOptions): Promise<void> {
  const query = checked(chainQuery, asked);
  const { language } = terminal;
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, typed ?? String(config.realm));
    await transact(runtime, asSystem(realm, 'operator'), async (ctx) => {
      if (list !== undefined) {
        const told = await openFinding(ctx, list, query);
        terminal.line(`${told.area.name} · ${told.words[language]}: ${told.count}`);
        for (const { name, place, count } of told.lines)
          terminal.line(`  ${name}${place ? ` · ${place}` : ''}${count === null ? '' : ` · ${count}`}`);
        return terminal.result(told);
      }
      const told = await chainOf(ctx, query);
      terminal.line(`${told.area.name} ${told.area.code}`);
      for (const { rank, people, areas, bodies } of told.ranks)
        terminal.say({
          zh: `  包保 ${rankWords(rank).zh}：${people} 人，${areas} 个区域，${bodies} 个单位`,
          en: `  in charge, ${rankWords(rank).en}: ${people} people, ${areas} areas, ${bodies} bodies`,
        });
      for (const { finding, words, count } of told.findings)
        terminal.line(`  ${words[language]}: ${count}${count > 0 ? `  (--list ${finding})` : ''}`);
      terminal.result(told);
    });
  });
}
