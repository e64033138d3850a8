import { z } from 'zod';
import type { Words } from '../../../kernel/words.ts';
import { type AreaLevel, levelWords } from '../../land/areas/area.model.ts';
import type { CaseType } from '../standards/standard.model.ts';
import { agoWords } from './alike.model.ts';
import { ASSUMED_M, RADIUS_M } from './pairing.model.ts';
import { metresApart, type Spot, wordsOf } from './said.model.ts';

/**
 * Earlier cases shown to somebody who has just reported. Only what the public may know of a case is compared and shown:
 * nobody's words, no names, nothing that no desk has filed, nothing confidential.
 */
const words = z.object({ zh: z.string(), en: z.string() });

export const publicAlikeView = z.object({
  number: z.string(),
  type: words,
  place: z.string().describe('The area and the one above it'),
  reportedAt: z.date(),
  state: words,
  reasons: z.array(words).describe('What speaks for it'),
});

export interface PublicCandidate {
  readonly number: string;
  readonly type: string;
  readonly areaId: string;
  /** Rounded for the public. */
  readonly spot: Spot | null;
  readonly at: number;
}

export interface JustSaid {
  readonly spot: Spot | null;
  readonly area: { readonly id: string; readonly level: AreaLevel };
  readonly at: number;
  /** Kinds it may be of. */
  readonly types: ReadonlySet<string>;
}

const MOST_SHOWN = 3;

/** Of the same kind and near, or in the same area where a point is missing; the nearest first, then the newest. */
export function publicAlike(
  said: JustSaid,
  around: readonly PublicCandidate[],
): { readonly number: string; readonly reasons: readonly Words[] }[] {
  return around
    .flatMap((one) => {
      const measured = said.spot && one.spot ? metresApart(said.spot, one.spot) : null;
      const isNear = measured === null ? one.areaId === said.area.id : measured <= RADIUS_M;
      return isNear && said.types.has(one.type) && one.at <= said.at ? [{ one, measured }] : [];
    })
    .sort((a, b) => (a.measured ?? ASSUMED_M) - (b.measured ?? ASSUMED_M) || b.one.at - a.one.at)
    .slice(0, MOST_SHOWN)
    .map(({ one, measured }) => ({
      number: one.number,
      reasons: [
        { zh: '看来是同一类事', en: 'it seems the same kind of matter' },
        measured === null ? sameArea(said.area.level) : within(measured),
        agoWords((said.at - one.at) / 3_600_000),
      ],
    }));
}

const sameArea = (level: AreaLevel): Words => ({
  zh: `同一${levelWords[level].zh}`,
  en: `the same ${levelWords[level].en}`,
});

/** No finer than the public point is. */
function within(metres: number): Words {
  const hundreds = Math.max(1, Math.ceil(metres / 100)) * 100;
  return { zh: `相距不到 ${hundreds} 米`, en: `less than ${hundreds} m apart` };
}

const MOSTLY = 0.5;

/** Kinds whose name is mostly in the text. */
export function typesNamed(said: string, types: readonly CaseType[]): string[] {
  const own = wordsOf(said);
  return types.filter(({ name }) => isMostlyIn(own, name.zh) || isMostlyIn(own, name.en)).map(({ code }) => code);
}

function isMostlyIn(said: ReadonlySet<string>, name: string): boolean {
  const all = [...wordsOf(name)];
  return all.length > 0 && all.filter((word) => said.has(word)).length / all.length >= MOSTLY;
}
