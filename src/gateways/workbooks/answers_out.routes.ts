import { z } from 'zod';
import { keepExport, templateProblems } from '../../domains/land/registry/index.ts';
import {
  type AnsweredRound,
  type AnswersAsked,
  answersOutForm,
  answersPart,
  askAnswers,
  campaignReaders,
} from '../../domains/work/campaigns/index.ts';
import { execute } from '../../kernel/command.ts';
import { type Endpoint, idParam, procedure } from '../../kernel/endpoint.ts';
import type { Entrance } from '../../kernel/entrance.ts';
import { type Id, idSchema } from '../../kernel/id.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Runtime } from '../../kernel/runtime.ts';
import { transact } from '../../kernel/transaction.ts';
import { type MadeCell, makeBook, newGathering } from './made_book.model.ts';

/** What a campaign heard, as a workbook: read part by part, kept for a day for whoever asked, and that it was made for good. */
export const answersOutRoutes: readonly Endpoint[] = [
  procedure({
    name: 'campaign.take_answers',
    method: 'POST',
    path: '/api/campaigns/:id/answers-out',
    summary: { zh: '把走访的回答做成表格', en: 'Make a workbook of the answers of a campaign' },
    access: [{ roles: campaignReaders }],
    lane: 'bulk',
    triesPerMinute: 10,
    params: idParam,
    body: answersOutForm,
    output: z.object({ exportId: idSchema, rows: z.number() }),
    handle: async (runtime, { entrance, commandId, occurredAt, params: { id }, body }) => {
      const asked = await transact(runtime, entrance, (ctx) => askAnswers(ctx, id, body));
      const file = await bookOf(runtime, entrance, asked);
      const command = { id: commandId, name: 'campaign.take_answers', input: { id, ...body }, occurredAt };
      const { campaign, area, inFull } = asked;
      const { answer } = await execute(runtime, entrance, command, {
        work: (ctx) =>
          keepExport(ctx, {
            ...{ ...file, ledger: campaign.ledger, areaId: area.id, reason: body.reason, inFull },
            ...{ cells: null, template: null, campaignId: id },
          }),
        recheck: async (ctx) => void (await askAnswers(ctx, id, body)),
      });
      return answer;
    },
  }),
];

type Column = readonly [label: string, kind: 'text' | 'number', of: (row: AnsweredRound) => MadeCell];

const fixed: readonly Column[] = [
  ['叫什么', 'text', ({ name }) => name],
  ['在哪里', 'text', ({ home }) => home || null],
  ['网格', 'text', ({ place }) => place],
  ['第几轮', 'number', ({ round }) => round],
  ['结果', 'text', ({ result }) => result],
  ['没人在几次', 'number', ({ absences }) => absences || null],
  ['谁去的', 'text', ({ by }) => by || null],
  ['哪天', 'text', ({ on }) => on],
];

async function bookOf(
  runtime: Runtime,
  entrance: Entrance,
  given: AnswersAsked,
): Promise<{ fileName: string; bytes: Buffer; rows: number }> {
  const { campaign, area, asked, questions } = given;
  const columns: readonly Column[] = [
    ...fixed,
    ...questions.map(({ name, ask }): Column => [ask, 'text', ({ said }) => said[name] ?? null]),
  ];
  const gathering = newGathering(columns.length + 1);
  let count = 0;
  let after: Id | null = null;
  do {
    const from: Id | null = after;
    const part: Awaited<ReturnType<typeof answersPart>> = await transact(runtime, entrance, (ctx) =>
      answersPart(ctx, given, from),
    );
    const { rows, next } = part;
    gathering.add(rows.map((row, i) => [count + i + 1, ...columns.map(([, , of]) => of(row))]));
    count += rows.length;
    after = next;
  } while (after !== null);
  if (count === 0) throw new Problem(templateProblems['out.nobody']);
  const title = `${campaign.title} 回答`;
  const bytes = await makeBook({
    ...{ sheet: '回答', title, note: noteOf(given, count), rows: gathering.all() },
    columns: [['行号', 'number'] as const, ...columns].map(([label, kind]) => ({ label, kind, choices: null })),
  });
  const name = `${title} ${area.name} ${asked.day}`.replace(/[\\/:*?"<>|\s]+/g, ' ');
  return { fileName: `${name}.xlsx`, bytes, rows: count };
}

const noteOf = ({ asked: { day, by, inFull }, area, campaign }: AnswersAsked, count: number): string =>
  [
    ...[area.name, `截至 ${day}`, `共 ${campaign.round} 轮 ${count} 行`, `${by} 取出`],
    inFull ? '号码完整，用途已记入台账' : '号码遮住了中间几位',
  ].join('　');
