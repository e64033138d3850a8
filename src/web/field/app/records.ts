import type { Boundary } from '../../../kernel/geo.ts';
import type { Words } from '../../../kernel/words.ts';

/** The records a phone holds, as the screens read them; cases and the holder stand in `engine/case.ts`. */
export interface AreaBody {
  readonly parentId: string | null;
  readonly name: string;
  readonly level: string;
  /** One works there; what lies above has a name only. */
  readonly mine: boolean;
  readonly boundary: Boundary | null;
}

export interface CaseTypeBody {
  readonly name: Words;
  readonly conditions: readonly { readonly code: string; readonly when: Words; readonly evidence: string }[];
}

export interface BodyBody {
  readonly name: string;
}
