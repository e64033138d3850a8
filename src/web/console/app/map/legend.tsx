import { mapKinds, mapKindWords, mapStates, mapStateWords } from '../../../../domains/work/finding/map.model.ts';
import { useFrame } from '../frame.tsx';
import { Mark } from './mark.tsx';
import { outlines } from './marks.ts';

/** What the marks mean: the shape says what, sign and colour how it stands. Always there. */
export function Legend() {
  const { t, say } = useFrame();
  return (
    <section className="legend" aria-label={t('图例', 'Legend')}>
      <ul className="plain">
        {mapStates.map((state) => (
          <li key={state}>
            <Mark kind="matter" state={state} /> {say(mapStateWords[state])}
          </li>
        ))}
      </ul>
      <ul className="plain">
        {mapKinds.map((kind) => (
          <li key={kind}>
            <svg className="mark bare" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
              <path className="outline" d={outlines[kind]} />
            </svg>{' '}
            {say(mapKindWords[kind])}
          </li>
        ))}
        <li>
          <span className="cluster" aria-hidden="true">
            8
          </span>{' '}
          {t('几件在一起', 'several together')}
        </li>
      </ul>
    </section>
  );
}
