import type { CasefileFacts, Flag, Status } from '../../../domains/work/casefiles/casefile.model.ts';
import type { Words } from '../../../kernel/words.ts';
import type { WorkflowActor, WorkflowSeat } from '../../../kernel/workflow.ts';

/** The body of a held `casefile`, as the server tells it. Instants are ISO 8601 texts. */
export interface CaseBody {
  readonly number: string;
  readonly status: Status;
  readonly flags: readonly Flag[];
  readonly areaId: string | null;
  readonly scopeNo: number;
  readonly typeCode: string | null;
  readonly conditionCode: string | null;
  readonly placeWords: string;
  readonly words: string;
  readonly point: readonly [lon: number, lat: number, accuracyM: number | null] | null;
  readonly bodyId: string | null;
  readonly round: number;
  readonly mostRounds: number;
  readonly handledBy: string | null;
  readonly outcome: string | null;
  readonly publicText: string | null;
  readonly reportedAt: string;
  readonly closedAt: string | null;
  readonly changedAt: string;
  readonly objectionUntil: string | null;
  readonly evidence: CasefileFacts['evidence'];
  readonly photosAfter: number;
  readonly foundBy: readonly string[];
  readonly duties: readonly CaseDuty[];
  /** Laid over it by this phone: how many of its own items the server does not know yet, or has not told back. */
  readonly unsent?: number;
}

interface CaseDuty {
  readonly id: string;
  readonly duty: string;
  readonly owedByKind: string;
  readonly owedBy: string | null;
  readonly assigneeId: string | null;
  readonly state: string;
  readonly dueAt: string | null;
}

/** The body of a held `me`. */
export interface MeBody {
  readonly personId: string;
  readonly name: string;
  readonly posts: readonly (WorkflowSeat & { readonly roleWords: Words; readonly areaId: string | null })[];
}

/** What the workflow table asks of a case; enough for whoever works here, who never acts as a reporter. */
export function factsOf(body: CaseBody, now: Date): CasefileFacts {
  return {
    status: body.status,
    flags: new Set(body.flags),
    scopeNo: body.scopeNo,
    confidential: false,
    duties: body.duties.map(({ duty, owedByKind, owedBy, assigneeId }) => ({
      ...{ duty, owedByKind, assigneeId },
      owedBy: owedBy ?? '',
    })),
    circle: [],
    round: body.round,
    mostRounds: body.mostRounds,
    handledBy: body.handledBy,
    foundBy: body.foundBy,
    finderCodes: [],
    evidence: body.evidence,
    photosAfter: body.photosAfter,
    objectionOpen: body.objectionUntil !== null && now <= new Date(body.objectionUntil),
    hasCondition: body.conditionCode !== null,
    hasCopies: false,
  };
}

export const actorOf = ({ personId, posts }: MeBody): WorkflowActor => ({
  kind: 'account',
  personId,
  grantee: null,
  posts,
});
