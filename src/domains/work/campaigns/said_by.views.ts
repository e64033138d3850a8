import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { requireForm } from '../../land/registry/index.ts';
import { targetsOf } from './answers.queries.ts';
import { readVisits } from './answers.views.ts';
import { requireCampaign } from './campaign.commands.ts';

/** What visits a person had, and what they said: for themselves. */
interface SaidBy {
  readonly campaign: string;
  readonly at: Date;
  readonly by: string;
  readonly result: string;
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
}

export async function saidBy(ctx: Ctx, recordIds: readonly Id[]): Promise<SaidBy[]> {
  const targets = await targetsOf(ctx, recordIds);
  const said = await Promise.all(
    targets.map(async ({ id, campaignId, title }) => {
      const { formId, formVersion } = await requireCampaign(ctx, campaignId);
      const { questions } = await requireForm(ctx, formId, formVersion);
      const labels = new Map(questions.map(({ name, ask }) => [name, ask]));
      return (await readVisits(ctx, id)).map(({ visitedAt, person, result, answers }) => ({
        ...{ campaign: title, at: visitedAt as Date, by: person, result },
        answers: Object.entries(answers).map(([name, answer]) => ({ question: labels.get(name) ?? name, answer })),
      }));
    }),
  );
  return said.flat();
}
