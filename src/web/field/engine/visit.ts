import type { Known, Question } from '../../../domains/land/registry/forms/form.model.ts';
import type { Result } from '../../../domains/work/campaigns/result.model.ts';
import type { Words } from '../../../kernel/words.ts';

/** Somebody, or some place, to be visited, and the form that goes with them, as `carried.views.ts` tells them. */
export interface VisitBody {
  readonly campaignId: string;
  readonly title: string;
  readonly round: number;
  readonly dueOn: string;
  readonly formId: string;
  readonly recordId: string;
  /** Of what, and what one counts in; not told of what was fetched before there were others than people. */
  readonly ledger?: string;
  readonly unit?: Words;
  readonly name: string;
  readonly home: string;
  readonly areaId: string;
  readonly why: string;
  readonly result: Result | null;
  readonly tries: number;
  readonly known: Known;
}

export interface FormBody {
  readonly title: string;
  readonly questions: readonly Question[];
}
