import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, read } from '../../../kernel/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { me } from '../../land/accounts/index.ts';
import { arithmeticView } from './arithmetic.model.ts';
import { arithmeticOf } from './arithmetic.views.ts';
import { dutyWords } from './duty.model.ts';
import { type Obligation, obligationProblems, obligationView } from './obligation.model.ts';
import { inboxOf, readObligation } from './obligation.queries.ts';
import { dutyLines, movedOf } from './obligation.views.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const inboxLine = obligationView.extend({
  mine: z.enum(['person', 'post', 'body']),
  apart: z.boolean().describe('On what one address sent above its share; nobody has looked at it yet'),
  dutyWords: words,
  moved: z
    .object({ was: z.date(), because: words })
    .nullable()
    .describe('The calendar changed after it was set: when it was due before, and why'),
});

export const obligationRoutes: readonly Endpoint[] = [
  read({
    name: 'inbox.read',
    path: '/api/inbox',
    summary: { zh: '我的待办：本人、本岗位、本单位', en: 'What waits for me, my posts and my bodies' },
    access: ['account'],
    lane: 'work',
    query: z.strictObject({ most: z.coerce.number().int().min(1).max(500).default(100) }),
    output: z.array(inboxLine),
    handle: (ctx, { query }) => inbox(ctx, query.most),
  }),
  read({
    name: 'obligation.read',
    path: '/api/obligations/:id',
    summary: { zh: '一项待办和它的时限算式', en: 'One duty with the arithmetic of its deadline' },
    access: ['account'],
    lane: 'read',
    params: idParam,
    output: obligationView.extend({ arithmetic: arithmeticView }),
    handle: async (ctx, { params }) => {
      const obligation = await requireObligation(ctx, params.id);
      const [[line], arithmetic] = await Promise.all([dutyLines(ctx, [obligation]), arithmeticOf(ctx, obligation)]);
      return { ...line, arithmetic };
    },
  }),
];

async function inbox(ctx: Ctx, most: number): Promise<z.input<typeof inboxLine>[]> {
  const { posts, personId } = me(ctx);
  const seats = posts.flatMap((post) => [
    { kind: 'post', id: post.id } as const,
    ...(post.bodyId === null ? [] : [{ kind: 'body', id: post.bodyId } as const]),
  ]);
  const owners = [{ kind: 'person', id: personId } as const, ...seats];
  const rows = await inboxOf(ctx, owners, personId, most);
  const [lines, moved] = await Promise.all([dutyLines(ctx, rows), movedOf(ctx, rows)]);
  return rows.flatMap((row, i) => {
    const line = lines[i];
    return line
      ? [
          {
            ...line,
            mine: row.mine,
            apart: row.apart,
            dutyWords: dutyWords(row.duty),
            moved: moved.get(row.id) ?? null,
          },
        ]
      : [];
  });
}

async function requireObligation(ctx: Ctx, id: string): Promise<Obligation> {
  const obligation = await readObligation(ctx, id);
  if (!obligation) throw new Problem(obligationProblems['obligation.not_found']);
  return obligation;
}
