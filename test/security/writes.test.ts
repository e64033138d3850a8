import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Ask, ask, changes, type Finding, finding, inTurn, LONG, matrixOf, summary } from './asking.ts';
import { formFor } from './bodies.ts';
import { dryRuntime } from './dry.ts';
import { sendEveryForm } from './page_forms.ts';
import { allReadable, targetsFor } from './relations.ts';
import { openWorld } from './world.ts';
import { fingerprints, mustBeRefused, type Writing, writeEverything } from './writing.ts';

/* Every writing endpoint × every role × every relation of the record, over HTTP, against the oracle. */
const world = await openWorld();
const { county } = world;
const earnest = await world.appWith();
const dry = await world.appWith(dryRuntime(county.runtime));

/** Whatever is tried leaves every table as it was. */
async function undisturbed(work: () => Promise<Writing>): Promise<Writing> {
  const before = await fingerprints(county);
  const written = await work();
  expect(Object.fromEntries(await fingerprints(county))).toEqual(Object.fromEntries(before));
  return written;
}

test(
  '写：不该办的都拒绝，拒绝以后所有的表一行不变',
  async () => {
    const refused = await undisturbed(() => writeEverything(world, earnest, mustBeRefused));
    expect(summary(refused.findings)).toEqual([]);
    expect(refused.asked).toBeGreaterThan(5000);
  },
  LONG,
);

test(
  '写：该办的不被权限挡住，回答里没有不该看的',
  async () => {
    const allowed = await undisturbed(() => writeEverything(world, dry, (one) => !mustBeRefused(one)));
    expect(summary(allowed.findings)).toEqual([]);
    expect(allowed.asked).toBeGreaterThan(500);
    const unanswered = world.endpoints
      .filter(changes)
      .map(({ name }) => [name, [...(allowed.statuses.get(name) ?? [])]] as const)
      .filter(([, statuses]) => statuses.every((status) => status === 400 || status === 422));
    expect(unanswered).toEqual([]);
  },
  LONG,
);

test('网页上的表单也一样：看不到的案卷、别人的登录、猜的查询码，什么也办不成', async () => {
  const before = await fingerprints(county);
  const { sent, findings } = await sendEveryForm(world, earnest);
  expect(Object.fromEntries(await fingerprints(county))).toEqual(Object.fromEntries(before));
  expect(summary(findings)).toEqual([]);
  expect(sent).toBeGreaterThan(500);
});

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The form once for each id in it, that id replaced by one that names nothing. */
function withNothing(form: unknown): unknown[] {
  if (typeof form === 'string') return uuid.test(form) ? [randomUUID()] : [];
  if (Array.isArray(form)) return form.flatMap((part, i) => withNothing(part).map((it) => form.with(i, it)));
  if (form === null || typeof form !== 'object') return [];
  return Object.entries(form).flatMap(([name, part]) => withNothing(part).map((it) => ({ ...form, [name]: it })));
}

test('表单里的编号不指向任何东西，也只是被拒绝，不会让程序出错', async () => {
  const asks = new Map<string, Ask>();
  for (const one of matrixOf(world, changes))
    if (!mustBeRefused(one) && one.viewer.realm === 1 && !asks.has(one.endpoint.name)) asks.set(one.endpoint.name, one);
  const tries = [...asks.values()].flatMap((one) =>
    withNothing(formFor(one.endpoint, one.viewer, world)).map((form) => [one, form as object] as const),
  );
  const answers = await inTurn(tries, ([one, form]) => ask(dry, world, one, form));
  const findings = tries.flatMap(([one, form], i): Finding[] => {
    const status = answers[i]?.status ?? 0;
    return status >= 500 ? [finding('程序出错', one, `${status} ${JSON.stringify(form)}`)] : [];
  });
  expect(tries.length).toBeGreaterThan(20);
  expect(summary(findings)).toEqual([]);
});

test('并案时指向看不到的案卷，和指向没有的案卷一个样', async () => {
  const endpoint = world.endpoints.find(({ name }) => name === 'casefile.merge');
  for (const viewer of world.viewers.filter(({ name }) => name.includes('何静') || name.includes('陈敏'))) {
    const [own = ''] = allReadable(world, 'casefiles', viewer);
    const target = targetsFor(world, 'casefiles', viewer, 'all').find(({ value }) => value === own);
    if (!endpoint || !target) throw new Error('nothing to merge');
    const hidden = targetsFor(world, 'casefiles', viewer, 'all').filter(({ readable }) => !readable);
    const answers = await inTurn(hidden, async ({ value }) => {
      const told = await ask(dry, world, { endpoint, viewer, target, refusal: 0 }, { intoId: value });
      const { traceId: _traceId, ...rest } = told.json as { traceId: string };
      return JSON.stringify(rest);
    });
    expect([...new Set(answers)]).toHaveLength(1);
    expect(answers[0]).toMatch(/casefile\.(not_found|command_not_allowed)/);
  }
});
