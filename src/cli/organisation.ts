import { z } from 'zod';
import { allDayCalendarId, officeCalendarId } from '../../seeds/planting.ts';
import { directoryOf, roleOf, rosterProblems } from '../domains/land/staff/index.ts';
import {
  previewStandDown,
  type RaiseForm,
  raise,
  type StandDown,
  type StandDownForm,
  standDown,
} from '../domains/work/handovers/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { daySchema } from '../kernel/day.ts';
import { asSystem } from '../kernel/entrance.ts';
import { Problem } from '../kernel/problem.ts';
import { transact } from '../kernel/transaction.ts';
import { checked } from './checked.ts';
import { readForm } from './form.outside.ts';
import { areaNamed, bodyNamed, personNamed } from './naming.ts';
import { byOperator, requireRealm } from './operator.ts';
import { withRuntime } from './station.ts';
import { exitCodes, type Terminal } from './terminal.ts';

const text = z.string().trim().min(1).max(60);
const organisationFile = z.strictObject({
  name: text,
  purpose: z.string().trim().min(1).max(200),
  until: daySchema,
  kind: text.default('township'),
  area: text,
  allDay: z.boolean().default(true),
  under: text.optional(),
  areas: z.array(text).max(500).default([]),
  posts: z.array(z.strictObject({ role: text, people: z.array(text).min(1).max(500) })).min(1),
});

/** `jingwei organisation raise FILE`: people are named by login, or by a name that only one has. */
export async function raiseOrganisation(terminal: Terminal, file: string, options: { realm?: string }): Promise<void> {
  const told = checked(organisationFile, readForm(file));
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, options.realm ?? String(config.realm));
    const done = await byOperator(runtime, realm, 'organisation.raise', async (ctx) =>
      raise(ctx, await raiseForm(ctx, told)),
    );
    terminal.say({
      zh: `${told.name} 已成立，到 ${told.until} 为止：岗位 ${done.posts}，${done.members} 人次，原来的岗位不变。`,
      en: `${told.name} stands until ${told.until}: ${done.posts} posts, ${done.members} appointments; the posts people had stay theirs.`,
    });
    terminal.result(done);
  });
}

async function raiseForm(ctx: Ctx, told: z.input<typeof organisationFile>): Promise<RaiseForm> {
  const { name, purpose, until, kind, area, allDay, under, areas, posts } = organisationFile.parse(told);
  const areaIds: string[] = [];
  for (const one of areas) areaIds.push(await areaNamed(ctx, one));
  const members: { role: RaiseForm['members'][number]['role']; personId: string }[] = [];
  for (const post of posts) {
    const role = roleOf(post.role);
    if (!role)
      throw new Problem(rosterProblems['roster.role'], {
        role: post.role,
        known: '部门负责人、部门受理岗、处置人员',
        knownEn: 'body head, body desk, body worker',
      });
    for (const person of post.people) members.push({ role, personId: await personNamed(ctx, person) });
  }
  return {
    ...{ id: ctx.ids.newId(), name, purpose, until, kind, areaIds, members },
    areaId: await areaNamed(ctx, area),
    calendarId: allDay ? allDayCalendarId(ctx.realm) : officeCalendarId(ctx.realm),
    aboveId: under === undefined ? null : await bodyNamed(ctx, under),
  };
}

export interface StandDownOptions {
  readonly to?: string;
  readonly duty?: string[];
  readonly preview?: boolean;
  readonly realm?: string;
}

/** `jingwei organisation stand-down NAME --to BODY`: refused with a list while anything would be left with nobody. */
export async function standOrganisationDown(
  terminal: Terminal,
  name: string,
  options: StandDownOptions,
): Promise<number> {
  return withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, options.realm ?? String(config.realm));
    const formOf = (ctx: Ctx): Promise<StandDownForm> => standDownForm(ctx, name, options);
    if (options.preview) {
      const shown = await transact(runtime, asSystem(realm, 'operator'), async (ctx) =>
        previewStandDown(ctx, await formOf(ctx)),
      );
      sayStandDown(terminal, shown);
      return shown.left.length === 0 ? exitCodes.done : exitCodes.found;
    }
    const done = await byOperator(runtime, realm, 'organisation.stand_down', async (ctx) =>
      standDown(ctx, await formOf(ctx)),
    );
    terminal.say({
      zh: `${name} 已撤销：移交待办 ${done.duties.length}，结束岗位 ${done.posts}、任职 ${done.holdings}、包保 ${done.charges}、责任规则 ${done.rules}。`,
      en: `${name} is stood down: ${done.duties.length} duties passed on; ${done.posts} posts, ${done.holdings} appointments, ${done.charges} responsibilities and ${done.rules} rules ended.`,
    });
    terminal.result(done);
    return exitCodes.done;
  });
}

async function standDownForm(ctx: Ctx, name: string, { to, duty = [] }: StandDownOptions): Promise<StandDownForm> {
  const duties: Record<string, string> = {};
  for (const one of duty) {
    const [id = '', body = ''] = one.split('=');
    duties[id] = await bodyNamed(ctx, body);
  }
  return { bodyId: await bodyNamed(ctx, name), toId: to === undefined ? null : await bodyNamed(ctx, to), duties };
}

function sayStandDown(terminal: Terminal, shown: StandDown): void {
  for (const { id, duty, to } of shown.duties) terminal.line(`  ${duty[terminal.language]} ${id} → ${to || '—'}`);
  for (const { path, says } of shown.left) terminal.line(`  ! ${path}: ${says[terminal.language]}`);
  terminal.say({ zh: '只是预览，什么也没有改。', en: 'A preview only; nothing was changed.' });
  terminal.result({ preview: true, ...shown });
}

/** Those that stand, and until when. */
export async function listOrganisations(terminal: Terminal, options: { realm?: string }): Promise<void> {
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, options.realm ?? String(config.realm));
    const bodies = await transact(runtime, asSystem(realm, 'operator'), async (ctx) => (await directoryOf(ctx)).bodies);
    const standing = bodies.filter(({ temporaryUntil }) => temporaryUntil);
    for (const { name, temporaryUntil } of standing) terminal.line(`${name}  ${temporaryUntil}`);
    if (standing.length === 0) terminal.say({ zh: '没有临时组织。', en: 'There are none.' });
    terminal.result(standing);
  });
}
