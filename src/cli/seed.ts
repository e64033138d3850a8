import { plantSmall } from '../../seeds/small/index.ts';
import { cast } from '../../seeds/small/plan.ts';
import { hashPassword } from '../domains/land/accounts/index.ts';
import { roles } from '../domains/land/staff/index.ts';
import type { DemoAccounts } from '../http/pages/console.ts';
import type { OpenRuntime } from '../kernel/start.ts';
import type { Terminal } from './terminal.ts';

export const demoAccounts: DemoAccounts = {
  password: 'jingwei-demo',
  accounts: cast.map(({ login, name, posts }) => ({
    login,
    name,
    post: {
      zh: posts.map(([role]) => roles[role].words.zh).join('、'),
      en: posts.map(([role]) => roles[role].words.en).join(', '),
    },
  })),
};

/** Plants demonstration data into an empty database, by the same commands that people give. */
export async function plant(
  terminal: Terminal,
  runtime: OpenRuntime,
  what: 'county' | 'small',
  until: Date | null,
): Promise<void> {
  terminal.say({ zh: '正在建立演示县……', en: 'Planting the demo county …' });
  // A light stretch: the password of the demo accounts is printed on the sign-in page.
  const passwordHash = await hashPassword(demoAccounts.password, 14);
  await plantSmall(runtime, { realm: 1, name: '安澜县', passwordHash });
}
