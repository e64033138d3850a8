import { learnDispatch } from '../domains/work/suggestions/index.ts';
import { requireRealm } from './operator.ts';
import { withRuntime } from './station.ts';
import { exitCodes, type Terminal } from './terminal.ts';

/** `jingwei learn dispatch`: what past dispatches teach, as the next version; the desk sees suggestions from then on. */
export async function learn(terminal: Terminal, options: { realm?: string }): Promise<number> {
  return withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, options.realm ?? String(config.realm));
    const learned = await learnDispatch(runtime, realm);
    const { version, lessons, words, types, bodies, tried } = learned;
    terminal.say({
      zh: `第 ${version} 版：从 ${lessons} 件已派遣的案卷学到 ${words} 个词、${types} 类、${bodies} 个单位。`,
      en: `Version ${version}: ${words} words, ${types} kinds and ${bodies} bodies from ${lessons} dispatched cases.`,
    });
    const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
    terminal.say({
      zh: `在最近的 ${tried.cases} 件上试（没有用它们学）：分类在前三 ${percent(tried.types.ours.top3)}，总报最多的三类 ${percent(tried.types.majority.top3)}。`,
      en: `Tried on the newest ${tried.cases}, not learned from: the kind among three ${percent(tried.types.ours.top3)}; naming the three most frequent ${percent(tried.types.majority.top3)}.`,
    });
    terminal.result(learned);
    return exitCodes.done;
  });
}
