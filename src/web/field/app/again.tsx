import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Op } from '../engine/contract.ts';
import { halfWritten } from './drafts.ts';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';
import { againOf, DRAFT, type Draft } from './report.form.ts';
import { useWork } from './work.tsx';

/** What becomes of a refused report: put right and said again, with its photos, or put away. */
export function Again({ op }: { op: Op }) {
  const { t } = useFrame();
  const { engine, store } = useWork();
  const [, go] = useLocation();
  const [isTaken, setTaken] = useState(false);
  const written = (): Promise<Draft | null> => store.drafts.read<Draft>(DRAFT).catch(() => null);
  const again = async (): Promise<void> => {
    const left = await written();
    const isOther = left?.instead !== op.commandId;
    if (left && isOther && halfWritten([left]).drafts > 0) return setTaken(true);
    if (isOther) await store.drafts.write(DRAFT, againOf(op, (await store.open()).files));
    go('/report');
  };
  /** Not while it is being put right: its photos would go with it. */
  const putAway = async (): Promise<void> => {
    if ((await written())?.instead === op.commandId) go('/report');
    else await engine.dismiss(op.commandId);
  };
  return (
    <>
      {isTaken && (
        <Note
          tone="near"
          title={t('还有一条上报没写完，先报完那一条', 'Another report is half written: finish that first')}
        />
      )}
      <div className="row">
        <button type="button" onClick={() => void again()}>
          {t('改好再报', 'Put right, report again')}
        </button>
        <button type="button" onClick={() => void putAway()}>
          {t('知道了，收起', 'I see, put it away')}
        </button>
      </div>
    </>
  );
}
