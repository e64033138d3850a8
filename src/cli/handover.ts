import { type Handover, handOver, previewHandover } from '../domains/work/handovers/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { asSystem } from '../kernel/entrance.ts';
import { transact } from '../kernel/transaction.ts';
import { personNamed, postNamed } from './naming.ts';
import { byOperator, requireRealm } from './operator.ts';
import { withRuntime } from './station.ts';
import type { Terminal } from './terminal.ts';

export interface HandoverOptions {
  readonly post?: string[];
  readonly preview?: boolean;
  readonly realm?: string;
}

/** `jingwei handover FROM TO`: posts, what is answered for and open duties; the list first, then a receipt. */
export async function handover(terminal: Terminal, from: string, to: string, options: HandoverOptions): Promise<void> {
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, options.realm ?? String(config.realm));
    const formOf = async (ctx: Ctx) => {
      const [fromId, toId] = [await personNamed(ctx, from), await personNamed(ctx, to)];
      if (options.post === undefined) return { fromId, toId, postIds: null };
      const postIds: string[] = [];
      for (const post of options.post) postIds.push(await postNamed(ctx, post));
      return { fromId, toId, postIds };
    };
    const shown = await transact(runtime, asSystem(realm, 'operator'), async (ctx) =>
      previewHandover(ctx, await formOf(ctx)),
    );
    sayList(terminal, shown);
    if (options.preview) {
      terminal.say({ zh: '只是预览，什么也没有改。', en: 'A preview only; nothing was changed.' });
      return terminal.result({ preview: true, ...shown });
    }
    const receipt = await byOperator(runtime, realm, 'person.hand_over', async (ctx) =>
      handOver(ctx, await formOf(ctx)),
    );
    terminal.say({
      zh: `已移交：岗位 ${receipt.posts.length}，包保 ${receipt.charges.length}，待办 ${receipt.duties.length}。`,
      en: `Handed over: ${receipt.posts.length} posts, ${receipt.charges.length} responsibilities, ${receipt.duties.length} open duties.`,
    });
    terminal.result({ preview: false, ...shown, receipt });
  });
}

function sayList(terminal: Terminal, { from, to, posts, charges, duties }: Handover): void {
  terminal.line(`${from} → ${to}`);
  for (const { name, waiting } of posts)
    terminal.say({ zh: `  岗位 ${name}，待办 ${waiting}`, en: `  post ${name}, ${waiting} open duties` });
  for (const { area, charge } of charges)
    terminal.say({ zh: `  ${charge} ${area}`, en: `  in charge: ${charge} ${area}` });
  for (const { id, duty, owedBy } of duties) terminal.line(`  ${duty[terminal.language]} ${id} ${owedBy}`);
}
