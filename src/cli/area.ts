import {
  type Act,
  addZone,
  carryOut,
  endZone,
  mergeForm,
  moveForm,
  previewOf,
  renameForm,
  zoneForm,
  zonesOf,
} from '../domains/land/acts/index.ts';
import { atlasOf } from '../domains/land/areas/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { asSystem } from '../kernel/entrance.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { transact } from '../kernel/transaction.ts';
import { correctTold, mergeTold, splitTold } from './act_file.ts';
import { areaOf, areasOf } from './area_named.ts';
import { sayPreview } from './area_preview.ts';
import { checked } from './checked.ts';
import { readForm } from './form.outside.ts';
import { byOperator, requireRealm } from './operator.ts';
import { withRuntime } from './station.ts';
import type { Terminal } from './terminal.ts';

export interface ActOptions {
  readonly preview?: boolean;
  readonly on?: string;
  readonly realm?: string;
}

type Making = (ctx: Ctx, on: { on?: string }) => Promise<Act>;

export const renaming =
  (area: string, { name, code }: { name?: string; code?: string }): Making =>
  async (ctx, on) => {
    const form = checked(renameForm, { ...on, ...(name && { name }), ...(code && { code }) });
    return { does: 'rename', areaId: await areaOf(ctx, area), form };
  };

export const moving =
  (area: string, { under }: { under: string }): Making =>
  async (ctx, on) => {
    const form = checked(moveForm, { ...on, parentId: await areaOf(ctx, under) });
    return { does: 'move', areaId: await areaOf(ctx, area), form };
  };

/** The parts stand in a file, named by their codes. */
export function splitting(area: string, { form }: { form: string }): Making {
  const told = readForm(form);
  return async (ctx, on) => ({
    does: 'split',
    areaId: await areaOf(ctx, area),
    form: await splitTold(ctx, told, on),
  });
}

/** The border stands in a file, as mapping software saves it. */
export function correcting(area: string, { form }: { form: string }): Making {
  const told = readForm(form);
  return async (ctx, on) => ({
    does: 'correct',
    areaId: await areaOf(ctx, area),
    form: await correctTold(ctx, told, on),
  });
}

export function merging(areas: readonly string[], { into, form }: { into?: string; form?: string }): Making {
  const told = form === undefined ? {} : readForm(form);
  return async (ctx, on) => {
    const areaIds = await areasOf(ctx, areas);
    const intoId = into === undefined ? {} : { intoId: await areaOf(ctx, into) };
    return { does: 'merge', form: checked(mergeForm, { ...mergeTold(ctx, told), areaIds, ...intoId, ...on }) };
  };
}

export async function actOn(terminal: Terminal, options: ActOptions, make: Making): Promise<void> {
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, options.realm ?? String(config.realm));
    await actIn({ terminal, runtime, realm }, options, make);
  });
}

interface Seat {
  readonly terminal: Terminal;
  readonly runtime: Runtime;
  readonly realm: number;
}

/** The act itself, or, asked for a preview, what it would change: the same command as over http. */
export async function actIn({ terminal, runtime, realm }: Seat, { preview, on }: ActOptions, make: Making) {
  const day = on === undefined ? {} : { on };
  if (preview) {
    const { shown, nameOf } = await looking(runtime, realm, (ctx) => previewed(ctx, make, day));
    sayPreview(terminal, shown, nameOf);
    return terminal.result(shown);
  }
  const done = await byOperator(runtime, realm, 'area.act', async (ctx) => carryOut(ctx, await make(ctx, day)));
  terminal.say({ zh: `区域变更已办理，自 ${done.on} 起生效。`, en: `The act is done and holds from ${done.on}.` });
  terminal.result(done);
}

async function previewed(ctx: Ctx, make: Making, day: { on?: string }) {
  const shown = await previewOf(ctx, await make(ctx, day));
  const { areas } = await atlasOf(ctx);
  const names = new Map([
    ...areas.map(({ id, name }) => [id, name] as const),
    ...shown.opens.map(({ areaId, name }) => [areaId, name] as const),
  ]);
  return { shown, nameOf: (areaId: string): string => names.get(areaId) ?? areaId };
}

const looking = <T>(runtime: Runtime, realm: number, look: (ctx: Ctx) => Promise<T>): Promise<T> =>
  transact(runtime, asSystem(realm, 'operator'), look);

export interface ZoneOptions {
  readonly area?: string[];
  readonly purpose?: string;
  readonly from?: string;
  readonly until?: string;
  readonly end?: string;
  readonly realm?: string;
}

/** Without a name the zones of today; with one a new zone; with --end the end of one. */
export async function zones(terminal: Terminal, name: string | undefined, options: ZoneOptions): Promise<void> {
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, options.realm ?? String(config.realm));
    const { end } = options;
    if (end !== undefined) terminal.result(await byOperator(runtime, realm, 'zone.end', (ctx) => endZone(ctx, end)));
    else if (name !== undefined)
      terminal.result(await byOperator(runtime, realm, 'zone.add', (ctx) => newZone(ctx, name, options)));
    else {
      const all = await looking(runtime, realm, (ctx) => zonesOf(ctx, undefined));
      for (const zone of all) terminal.line(`${zone.name}  ${zone.areas.map((area) => area.name).join('、')}`);
      terminal.result(all);
    }
    terminal.say({ zh: '好了。', en: 'Done.' });
  });
}

async function newZone(ctx: Ctx, name: string, { area = [], purpose, from, until }: ZoneOptions) {
  const areaIds = await areasOf(ctx, area);
  return addZone(ctx, checked(zoneForm, { id: ctx.ids.newId(), name, purpose, from, until: until ?? null, areaIds }));
}
