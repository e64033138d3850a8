import { z } from 'zod';
import { addPerson } from '../../src/domains/land/staff/index.ts';
import { execute } from '../../src/kernel/command.ts';
import { type Endpoint, type ProcedureCall, procedure } from '../../src/kernel/endpoint.ts';
import { defineProblems, Problem } from '../../src/kernel/problem.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';

/** Endpoints that do on purpose what none must do. A fuzzer that does not notice would notice nothing at all. */
const problems = defineProblems({
  'planted.refused': {
    status: 409,
    title: { zh: '没有办', en: 'It was not done' },
    hint: { zh: '没有保存任何内容。', en: 'Nothing was saved.' },
  },
  'planted.talkative': {
    status: 422,
    title: { zh: '没有办', en: 'It was not done' },
    hint: { zh: '没有保存：insert into person violates 约束', en: 'insert into person violates a constraint' },
  },
  'planted.foreign': {
    status: 409,
    title: { zh: 'It was not done', en: 'It was not done' },
    hint: { zh: 'Nothing was saved.', en: 'Nothing was saved.' },
  },
});

const body = z.strictObject({ n: z.number().int().min(0).max(1000) });
type Call = ProcedureCall<unknown, unknown, z.output<typeof body>>;

const planted = (name: string, handle: (runtime: Runtime, call: Call) => Promise<unknown>): Endpoint =>
  procedure({
    ...{ name: `planted.${name}`, method: 'POST', path: `/api/planted/${name}`, lane: 'work' },
    // Row security would keep everybody else from changing anything at all.
    access: name.startsWith('changes') ? [{ roles: ['admin'] }] : ['anyone'],
    summary: { zh: '实验室里的', en: 'Of the laboratory' },
    body,
    output: z.object({ n: z.number() }).overwrite(({ n }) => (n === 5 ? ({ n: 'five' } as never) : { n })),
    handle,
  });

async function addSomebody(runtime: Runtime, { entrance }: Call, id: string): Promise<void> {
  const person = { id: runtime.ids.newId(), name: 'planted', phone: null };
  const work = async (ctx: Parameters<typeof addPerson>[0]) => {
    await addPerson(ctx, person);
    return {};
  };
  await execute(runtime, entrance, { id, name: 'planted', input: {} }, { work });
}

const fine = async (_runtime: Runtime, { body: { n } }: Call) => ({ n });

export const plantedEndpoints: readonly Endpoint[] = [
  planted('throws', async (runtime, call) => {
    if (call.body.n > 100) throw new Error('planted');
    return fine(runtime, call);
  }),
  planted('changes_and_refuses', async (runtime, call) => {
    await addSomebody(runtime, call, call.commandId);
    throw new Problem(problems['planted.refused']);
  }),
  planted('changes_in_secret', async (runtime, call) => {
    await addSomebody(runtime, call, runtime.ids.newId());
    throw new Problem(problems['planted.refused']);
  }),
  planted('leaks', async () => {
    throw new Problem(problems['planted.talkative']);
  }),
  planted('speaks_one_language', async () => {
    throw new Problem(problems['planted.foreign']);
  }),
  planted('says_something_else', async (_runtime, { body: { n } }) => ({ n: n < 30 ? 5 : n })),
  planted('hangs', async (_runtime, { body: { n } }) => {
    if (n % 9 === 7) await new Promise(() => undefined);
    return { n };
  }),
];
