import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { atlasOf, requireArea } from '../../land/areas/index.ts';
import type { Answer, Answers, Question } from '../../land/registry/forms/form.model.ts';
import { type Followed, type OpenRecord, recordsOpened, requireForm } from '../../land/registry/index.ts';
import { calledIn, ledgerNamed, metIn } from '../../land/registry/ledgers.model.ts';
import { namesOf } from '../../land/staff/index.ts';
import {
  type answersQuery,
  type answersView,
  answerWords,
  choicesOf,
  isCounted,
  type tallyView,
  type visitView,
} from './answer.model.ts';
import { type AnsweredRow, listAnswered, visitsTo } from './answers.queries.ts';
import { requireCampaign } from './campaign.commands.ts';
import { campaignReaders } from './campaign.model.ts';
import type { CampaignRow, Span } from './campaign.queries.ts';
import { requireReadable } from './campaign.views.ts';
import { requireTarget } from './visit.commands.ts';

interface Heard {
  readonly answers: Answers;
  readonly confirmed: readonly string[];
}

export const heardAt = ({ own: key }: Followed, visitId: Id, sealed: Buffer | null): Heard =>
  sealed === null
    ? { answers: {}, confirmed: [] }
    : JSON.parse(unseal(key.bytes, sealed, `visit ${visitId}`).toString());

const shownOf = (questions: readonly Question[], answers: Answers): Record<string, string> =>
  Object.fromEntries(
    questions.flatMap((question) => {
      const answer = answers[question.name];
      return answer === undefined ? [] : [[question.name, answerWords(question, answer)] as const];
    }),
  );

/** Each time somebody was there, what came of it and what was said; of whom is forgotten, nothing. */
export async function readVisits(ctx: Ctx, targetId: Id): Promise<z.input<typeof visitView>[]> {
  const target = await requireTarget(ctx, targetId, campaignReaders);
  const campaign = await requireCampaign(ctx, target.campaignId);
  const { questions } = await requireForm(ctx, campaign.formId, campaign.formVersion);
  const visits = await visitsTo(ctx, target.id);
  const opened = await recordsOpened(
    ctx,
    visits.flatMap(({ recordId }) => recordId ?? []),
  );
  const names = await namesOf(
    ctx,
    visits.map(({ personId }) => personId),
  );
  return visits.map(({ id, round, result, personId, visitedAt, recordedAt, late, recordId, sealed }) => {
    const record = opened.get(recordId ?? '');
    const { answers, confirmed } = record ? heardAt(record, id, sealed) : { answers: {}, confirmed: [] };
    return {
      ...{ id, round, result, visitedAt, recordedAt, late, confirmed: [...confirmed] },
      ...{ person: names.get(personId) ?? '', answers: shownOf(questions, answers) },
    };
  });
}

interface Answered {
  readonly row: AnsweredRow;
  readonly record: Followed;
  readonly answers: Answers;
}

/** Targets that are opened in one go. */
const PART = 500;

/** Everybody who answered, some hundred at a time; an answer that was known and not asked again is the fact as it stands. */
async function* answeredIn(
  ctx: Ctx,
  { id, questions }: { id: Id; questions: readonly Question[] },
  span: Span,
  after: Id | null,
): AsyncGenerator<readonly Answered[]> {
  for (let last = after; ; ) {
    const rows = await listAnswered(ctx, id, { span, after: last, most: PART });
    const records = await recordsOpened(
      ctx,
      rows.flatMap(({ recordId, saidOf }) => [recordId ?? [], saidOf ?? []].flat()),
    );
    yield rows.flatMap((row) => {
      const record = records.get(row.recordId ?? '');
      if (!record) return [];
      const said = records.get(row.saidOf ?? '');
      const { answers } = said ? heardAt(said, row.visitId, row.answers) : { answers: {} };
      return [{ row, record, answers: { ...standing(questions, record), ...answers } }];
    });
    if (rows.length < PART) return;
    last = rows.at(-1)?.id ?? null;
  }
}

export function standing(questions: readonly Question[], { standing: { values } }: OpenRecord): Answers {
  return Object.fromEntries(
    questions.flatMap(({ name, field = '', widget, options = [] }) => {
      const value = values[field];
      if (value === undefined) return [];
      const code = options.find(({ label }) => label === value)?.code ?? value;
      return [[name, widget === 'money' ? String(Math.round(Number(value) * 100)) : code] as const];
    }),
  );
}

async function asked(ctx: Ctx, id: Id, areaId: Id | undefined) {
  const campaign = await requireReadable(ctx, id);
  const { questions } = await requireForm(ctx, campaign.formId, campaign.formVersion);
  const atlas = await atlasOf(ctx);
  const span: Span | null = areaId === undefined ? atlas.root : await requireArea(ctx, areaId);
  return { campaign, atlas, span, questions: questions.filter(({ widget }) => widget !== 'note') };
}

const has = (answer: Answer | undefined, is: string | undefined): boolean => {
  if (answer === undefined || answer.length === 0) return false;
  return is === undefined || (Array.isArray(answer) ? (answer as readonly unknown[]).includes(is) : answer === is);
};

/** Who answered what, a page of them. */
export async function answersPage(
  ctx: Ctx,
  id: Id,
  { areaId, question, is, after, most }: z.output<typeof answersQuery>,
): Promise<z.input<typeof answersView>> {
  const { campaign, atlas, span, questions } = await asked(ctx, id, areaId);
  const found: Answered[] = [];
  if (span)
    for await (const part of answeredIn(ctx, { id, questions }, span, after ?? null)) {
      found.push(...part.filter(({ answers }) => question === undefined || has(answers[question], is)));
      if (found.length > most) break;
    }
  const shown = found.slice(0, most);
  return {
    questions: questions.map(({ name, ask }) => ({ name, ask })),
    rows: shown.map(({ row, record, answers }) => ({
      ...{ targetId: row.id, ...who(campaign, record), visitedAt: row.visitedAt },
      area: atlas.areaOf(row)?.name ?? '',
      answers: shownOf(questions, answers),
    })),
    next: found.length > most ? (shown.at(-1)?.row.id ?? null) : null,
  };
}

function who({ ledger: code }: Pick<CampaignRow, 'ledger'>, { standing: { values } }: OpenRecord) {
  const ledger = ledgerNamed(code);
  return { name: calledIn(ledger, values) || null, home: metIn(ledger, values) };
}

/** How often each answer was given: counted when somebody looks, from the answers themselves. */
export async function tallyAnswers(ctx: Ctx, id: Id, areaId: Id | undefined): Promise<z.input<typeof tallyView>> {
  const { span, questions } = await asked(ctx, id, areaId);
  const counted = questions.map((question) => ({ question, answered: 0, sum: 0, counts: new Map<string, number>() }));
  let visited = 0;
  if (span)
    for await (const part of answeredIn(ctx, { id, questions }, span, null)) {
      visited += part.length;
      for (const { answers } of part)
        for (const one of counted) {
          const answer = answers[one.question.name];
          if (!has(answer, undefined)) continue;
          one.answered += 1;
          if (isCounted(one.question)) one.sum += Number(answer);
          for (const { code } of choicesOf(one.question))
            if (has(answer, code)) one.counts.set(code, (one.counts.get(code) ?? 0) + 1);
        }
    }
  return {
    visited,
    questions: counted.map(({ question, answered, sum, counts }) => ({
      ...{ name: question.name, ask: question.ask, widget: question.widget, answered },
      counts: choicesOf(question).map(({ code, label }) => ({ code, label, n: counts.get(code) ?? 0 })),
      sum: isCounted(question) ? sum : null,
    })),
  };
}
