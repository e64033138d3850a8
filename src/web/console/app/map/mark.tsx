import type { MapKind, MapState } from '../../../../domains/work/finding/map.model.ts';
import { outlines, signs } from './marks.ts';

/** A case's mark beside words that say the same. */
export function Mark({ kind, state }: { kind: MapKind; state: MapState }) {
  return (
    <svg className={`mark is-${state}`} width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
      <path className="outline" d={outlines[kind]} />
      <path className="sign" d={signs[state]} />
    </svg>
  );
}
