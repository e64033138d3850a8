import type { Command } from 'commander';
import { devicesFor, revoke } from '../domains/work/devices/index.ts';
import { asSystem } from '../kernel/entrance.ts';
import { idSchema } from '../kernel/id.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { transact } from '../kernel/transaction.ts';
import { checked } from './checked.ts';
import { byOperator, requireRealm } from './operator.ts';
import { withRuntime } from './station.ts';
import type { Terminal } from './terminal.ts';

/** `device …`: which phones work here, when each was last heard of; one that is lost is revoked. */
interface InRealm {
  readonly realm?: string;
}

const within = <T>(terminal: Terminal, { realm }: InRealm, work: (runtime: Runtime, realm: number) => Promise<T>) =>
  withRuntime(terminal, async (runtime, { config }) =>
    work(runtime, await requireRealm(runtime, realm ?? String(config.realm))),
  );

async function list(terminal: Terminal, options: InRealm): Promise<void> {
  await within(terminal, options, async (runtime, realm) => {
    const devices = await transact(runtime, asSystem(realm, 'operator'), (ctx) => devicesFor(ctx, true));
    for (const { id, holder, model, seenAt, revokedAt } of devices) {
      const at = seenAt.toISOString();
      terminal.say({
        zh: `${id} ${holder} ${model} 最后联系 ${at}${revokedAt ? ' 已停用' : ''}`,
        en: `${id} ${holder} ${model} last heard of ${at}${revokedAt ? ', revoked' : ''}`,
      });
    }
    if (devices.length === 0) terminal.say({ zh: '还没有登记设备。', en: 'No device is registered.' });
    terminal.result({ devices });
  });
}

async function end(terminal: Terminal, id: string, options: InRealm): Promise<void> {
  await within(terminal, options, async (runtime, realm) => {
    const done = await byOperator(runtime, realm, 'device.revoke', (ctx) => revoke(ctx, checked(idSchema, id)));
    terminal.say({ zh: `已停用：${id}。它不能再同步。`, en: `Revoked: ${id}. It syncs no more.` });
    terminal.result(done);
  });
}

type CarryOut = <G extends unknown[]>(
  work: (terminal: Terminal, ...given: G) => Promise<number> | Promise<void>,
) => (...given: G) => Promise<void>;

export function addDevices(program: Command, carryOut: CarryOut, inRealm: readonly [string, string]): void {
  const device = program.command('device').description('离线办理的设备 / devices that work offline');
  device
    .command('list')
    .description('有哪些、多久没联系 / which there are and when they were last heard of')
    .option(...inRealm)
    .action(carryOut((terminal, options: InRealm) => list(terminal, options)));
  device
    .command('revoke <id>')
    .description('停用丢失的设备 / revoke one that is lost')
    .option(...inRealm)
    .action(carryOut((terminal, id: string, options: InRealm) => end(terminal, id, options)));
}
