import {
  type Act,
  addZone,
  carryOut,
  endZone,
  mergeForm,
  moveForm,
  previewOf,
  renameForm,
  splitForm,
  zoneForm,
  zonesOf,
} from '../domains/land/acts/index.ts';
import { atlasOf } from '../domains/land/areas/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { asSystem } from '../kernel/entrance.ts';
import { Problem } from '../kernel/problem.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { transact } from '../kernel/transaction.ts';
import { readForm } from './form.outside.ts';
import { byOperator, requireRealm } from './operator.ts';
import { cliProblems } from './problems.ts';
import { withRuntime } from './station.ts';
import type { Terminal } from './terminal.ts';

export interface ActOptions {
  readonly preview?: boolean;
  readonly on?: string;
  readonly realm?: string;
}

type Making = (ctx: Ctx, on: { on?: string }) => Promise<Act>;

export const renameArea = (
  terminal: Terminal,
  area: string,
  { name, code, ...options }: ActOptions & { name?: string; code?: string },
): Promise<void> =>
  actOn(terminal, options, async (ctx, on) => {
    const form = checked(renameForm, { ...on, ...(name && { name }), ...(code && { code }) });
    return { does: 'rename', areaId: await areaOf(ctx, area), form };
  });

export const moveArea = (terminal: Terminal, area: string, { under, ...options }: ActOptions & { under: string }) =>
  actOn(terminal, options, async (ctx, on) => {
    const form = checked(moveForm, { ...on, parentId: await areaOf(ctx, under) });
    return { does: 'move', areaId: await areaOf(ctx, area), form };
  });

/** The parts stand in a file: the same JSON as of the endpoint. */
export const splitArea = (terminal: Terminal, area: string, { form, ...options }: ActOptions & { form: string }) => {
  const told = readForm(form);
  return actOn(terminal, options, async (ctx, on) => ({
    does: 'split',
    areaId: await areaOf(ctx, area),
    form: checked(splitForm, { ...told, ...on }),
  }));
};

export const mergeAreas = (
  terminal: Terminal,
  areas: readonly string[],
  { into, form, ...options }: ActOptions & { into?: string; form?: string },
): Promise<void> => {
  const told = form === undefined ? {} : readForm(form);
  return actOn(terminal, options, async (ctx, on) => {
    const areaIds: string[] = [];
    for (const one of areas) areaIds.push(await areaOf(ctx, one));
    const intoId = into === undefined ? {} : { intoId: await areaOf(ctx, into) };
    return { does: 'merge', form: checked(mergeForm, { ...told, areaIds, ...intoId, ...on }) };
  });
};

/** The act itself, or, asked for a preview, what it would change: the same command as over http. */
async function actOn(terminal: Terminal, { preview, on, realm: typed }: ActOptions, make: Making): Promise<void> {
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, typed ?? String(config.realm));
    const day = on === undefined ? {} : { on };
    if (preview) {
      const shown = await looking(runtime, realm, async (ctx) => previewOf(ctx, await make(ctx, day)));
      for (const { table, open, closed } of shown.records)
        terminal.say({
          zh: `${table}：未结 ${open} 件随变更一起走，已结 ${closed} 件随后跟上`,
          en: `${table}: ${open} open go with the act, ${closed} closed follow after it`,
        });
      terminal.say({ zh: '只是预览，什么也没有改。', en: 'A preview only; nothing was changed.' });
      return terminal.result(shown);
    }
    const done = await byOperator(runtime, realm, 'area.act', async (ctx) => carryOut(ctx, await make(ctx, day)));
    terminal.say({ zh: `区域变更已办理，自 ${done.on} 起生效。`, en: `The act is done and holds from ${done.on}.` });
    terminal.result(done);
  });
}

const looking = <T>(runtime: Runtime, realm: number, look: (ctx: Ctx) => Promise<T>): Promise<T> =>
  transact(runtime, asSystem(realm, 'operator'), look);

/** An area by its id, its code, or its name if only one bears it. */
async function areaOf(ctx: Ctx, typed: string): Promise<string> {
  const { areas } = await atlasOf(ctx);
  const found = areas.filter(({ id, code, name }) => id === typed || code === typed || name === typed);
  const [only] = found;
  if (found.length > 1) throw new Problem(cliProblems['cli.area_unclear'], { area: typed, count: found.length });
  // An id of an area that is gone is for the act to answer.
  if (!only && !/^[0-9a-f-]{36}$/.test(typed)) throw new Problem(cliProblems['cli.no_area'], { area: typed });
  return only?.id ?? typed;
}

interface Schema<T> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };
}

export function checked<T>(schema: Schema<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const says = read.error.issues.map(({ path, message }) => `${path.join('.') || '-'}: ${message}`).join('; ');
  throw new Problem(cliProblems['cli.form_invalid'], { says });
}

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
  const areaIds: string[] = [];
  for (const one of area) areaIds.push(await areaOf(ctx, one));
  return addZone(ctx, checked(zoneForm, { id: ctx.ids.newId(), name, purpose, from, until: until ?? null, areaIds }));
}
