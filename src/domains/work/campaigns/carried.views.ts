import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { today } from '../../../kernel/realm.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { factsOf, formsNamed, knownTo, recordsOpened } from '../../land/registry/index.ts';
import { calledIn, metIn } from '../../land/registry/ledgers.model.ts';
import type { CarriedTarget } from './carried.queries.ts';
import { formsCarried } from './carried.queries.ts';
import { ledgersNaming } from './ledger_asked.views.ts';
import { whyOf, whyWords } from './listing.commands.ts';

/** Somebody to be visited as a device holds them: who, where, why, and what of the form is known. */
export async function carriedBodies(
  ctx: Ctx,
  targets: readonly CarriedTarget[],
): Promise<ReadonlyMap<Id, Readonly<Record<string, unknown>>>> {
  const [people, forms, atlas, day] = await Promise.all([
    recordsOpened(
      ctx,
      targets.map(({ recordId }) => recordId),
    ),
    formsNamed(ctx, versionsOf(targets)),
    atlasOf(ctx),
    today(ctx),
  ]);
  const met = targets.flatMap((target) => {
    const person = people.get(target.recordId);
    return person ? [{ ...target, person, why: whyOf(person, target) }] : [];
  });
  const ledgerFor = await ledgersNaming(ctx, met);
  return new Map(
    met.map((target) => {
      const { id, campaignId, title, round, dueOn, formId, recordId, areaId, scopeNo, person } = target;
      const questions = forms.find((form) => form.id === formId)?.questions ?? [];
      const { values } = person.standing;
      const ledger = ledgerFor(target);
      const body = {
        ...{ campaignId, title, round, dueOn, formId, recordId, ledger: ledger.code, unit: ledger.says.counted },
        ...{ name: calledIn(ledger, values), home: metIn(ledger, values) },
        ...{
          areaId: atlas.areaOf({ scopeNo, areaId })?.id ?? areaId,
          why: whyWords(ledger, target.why),
        },
        result: target.doneRound >= round ? target.result : target.triedRound === round ? 'absent' : null,
        tries: target.triedRound === round ? target.tries : 0,
        known: knownTo(questions, factsOf(person, day)),
      };
      return [id, body] as const;
    }),
  );
}

const versionsOf = (targets: readonly CarriedTarget[]): { id: Id; version: number }[] => [
  ...new Map(
    targets.map(({ formId, formVersion }) => [formId, { id: formId, version: formVersion }] as const),
  ).values(),
];

/** The forms that go with them. */
export async function formLines(ctx: Ctx): Promise<{ id: Id; body: Readonly<Record<string, unknown>> }[]> {
  const forms = await formsNamed(ctx, await formsCarried(ctx));
  return forms.map(({ id, title, questions }) => ({ id, body: { title, questions } }));
}
