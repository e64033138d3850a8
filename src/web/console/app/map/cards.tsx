import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { statuses } from '../../../../domains/work/casefiles/casefile.model.ts';
import { mapKindWords, mapStateWords } from '../../../../domains/work/finding/map.model.ts';
import { ClockWords } from '../clock.tsx';
import { FaultBox } from '../fault.tsx';
import { useFrame } from '../frame.tsx';
import { type MapCase, useMapCases } from '../questions.ts';
import { Mark } from './mark.tsx';

/** What was pressed: what it is, how long is left, and the way to the case. */
export function CaseCards({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const { t } = useFrame();
  const { data: cases, error } = useMapCases(ids);
  const place = useRef<HTMLElement>(null);
  const isThere = cases !== undefined;
  // Whoever pressed a line with the keyboard goes on here.
  useEffect(() => {
    if (isThere) place.current?.focus({ preventScroll: true });
  }, [isThere]);
  if (ids.length === 0) return null;
  return (
    <section ref={place} className="cards" tabIndex={-1} aria-label={t('选中的案卷', 'Chosen cases')}>
      <Button className="close" size="small" onClick={onClose}>
        {t('收起', 'Close')}
      </Button>
      <FaultBox error={error} />
      {cases?.length === 0 && (
        <p className="soft">{t('已经办完，或者转走了。', 'It is done, or has gone elsewhere.')}</p>
      )}
      {cases?.map((file) => (
        <Card key={file.id} file={file} />
      ))}
    </section>
  );
}

function Card({ file: { id, number, title, status, place, kind, state, clock } }: { file: MapCase }) {
  const { t, say } = useFrame();
  return (
    <article>
      <h2>
        <Mark kind={kind} state={state} /> {say(title)}
      </h2>
      <p>
        <span className={state}>{say(mapStateWords[state])}</span>
        {clock?.dueAt && (
          <>
            {' · '}
            <ClockWords clock={clock} />
          </>
        )}
      </p>
      <p className="soft small">
        {place}
        <br />
        {say(statuses[status])} · {say(mapKindWords[kind])} · <span className="code">{number}</span>
      </p>
      <p>
        <Link href={`/cases/${id}`}>{t('打开案卷', 'Open the case')}</Link>
      </p>
    </article>
  );
}
