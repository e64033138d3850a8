import { type AreaLevel, addArea } from '../src/domains/land/areas/index.ts';
import { addRootPosts } from '../src/domains/land/staff/index.ts';
import { officeHours, publishCalendar, roundTheClock } from '../src/domains/work/calendars/index.ts';
import { publishStandard } from '../src/domains/work/standards/index.ts';
import { type Answer, execute } from '../src/kernel/command.ts';
import type { Ctx } from '../src/kernel/context.ts';
import { asSystem } from '../src/kernel/entrance.ts';
import type { Id } from '../src/kernel/id.ts';
import { derivedId } from '../src/kernel/ids.ts';
import { addRealm, setDeskCalendar } from '../src/kernel/realm.ts';
import type { Runtime } from '../src/kernel/runtime.ts';
import { everydayStandard } from '../src/packs/everyday/index.ts';
import { everydayStages } from '../src/packs/everyday/stages.ts';

/** Seeds call the same commands as everybody else; nothing here writes a row. */
export async function carryOut<T extends Answer>(
  runtime: Runtime,
  realm: number,
  name: string,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const command = { id: runtime.ids.newId(), name: `seed ${name}`, input: {} };
  return (await execute(runtime, asSystem(realm, 'seed'), command, { work })).answer;
}

export const officeCalendarId = (realm: number): Id => derivedId('calendar', 'office', String(realm));
export const allDayCalendarId = (realm: number): Id => derivedId('calendar', 'all day', String(realm));

export interface RealmPlan {
  readonly realm: number;
  readonly name: string;
  readonly zone: string;
  readonly root: { readonly id: Id; readonly level: AreaLevel; readonly code: string; readonly name: string };
}

/** A realm that can take its first report: calendars, the everyday standard, a root area with its seats. */
export async function plantRealm(runtime: Runtime, { realm, name, zone, root }: RealmPlan): Promise<void> {
  await carryOut(runtime, realm, 'realm', async (ctx) => {
    await addRealm(ctx, { realm, name, zone });
    await publishCalendar(ctx, officeCalendarId(realm), { ...officeHours, zone });
    await publishCalendar(ctx, allDayCalendarId(realm), { ...roundTheClock, zone });
    await setDeskCalendar(ctx, officeCalendarId(realm));
    await publishStandard(ctx, {
      title: '日常治理立案标准（基本包）',
      source: 'Jingwei everyday pack',
      ...everydayStandard,
      stages: everydayStages,
    });
    await addArea(ctx, { ...root, parentId: null, boundary: null });
    await addRootPosts(ctx, root.id);
    return {};
  });
}
