import { plantSmall } from '../../seeds/small/index.ts';
import { hashPassword } from '../domains/land/accounts/index.ts';
import type { OpenRuntime } from '../kernel/start.ts';
import type { Terminal } from './terminal.ts';

export const DEMO_PASSWORD = 'jingwei-demo';

/** Plants demonstration data into an empty database, by the same commands that people give. */
export async function plant(
  terminal: Terminal,
  runtime: OpenRuntime,
  what: 'county' | 'small',
  until: Date | null,
): Promise<void> {
  terminal.say({ zh: '正在建立演示县……', en: 'Planting the demo county …' });
  // A light stretch: the password of the demo accounts is printed on the sign-in page.
  const passwordHash = await hashPassword(DEMO_PASSWORD, 14);
  await plantSmall(runtime, { realm: 1, name: '安澜县', passwordHash });
}
