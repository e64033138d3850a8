import type { Known, Question } from '../../../domains/land/registry/form.model.ts';
import type { Result } from '../../../domains/work/campaigns/result.model.ts';

/** Somebody to be visited, and the form that goes with them, as `carried.views.ts` tells them. */
export interface VisitBody {
  readonly campaignId: string;
  readonly title: string;
  readonly round: number;
  readonly dueOn: string;
  readonly formId: string;
  readonly recordId: string;
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
