import { useEffect, useRef, useState } from 'react';
import { machineClock } from '../../../kernel/clock.ts';
import { askToStay, type Lack } from '../store/fitness.ts';
import { type IndexedStore, openIndexedStore } from '../store/indexed_store.ts';
import type { Lock } from '../store/lock.ts';
import type { Phone } from '../store/phone.ts';
import { openSecondJournal } from '../store/second_journal.ts';
import { App } from './app.tsx';
import { watchAway } from './away.ts';
import { useFrame } from './frame.tsx';
import { FaultNote } from './note.tsx';
import { startEngine } from './start.ts';
import { useTurn } from './turn.ts';
import { type Work, WorkProvider } from './work.tsx';

interface UnlockedProps {
  readonly phone: Phone;
  readonly lock: Lock;
  readonly dataKey: CryptoKey;
  readonly lacks: readonly Lack[];
  /** Locked again; null: nothing of this person is on the phone any more. */
  readonly onLocked: (lock: Lock | null) => void;
}

export function Unlocked({ phone, lock, dataKey, lacks, onLocked }: UnlockedProps) {
  const { turn, take } = useTurn(lock.accountId);
  if (turn === 'asking') return <main className="door" aria-busy="true" />;
  if (turn === 'elsewhere') return <Elsewhere onTake={take} />;
  return <Opened phone={phone} lock={lock} dataKey={dataKey} lacks={lacks} onLocked={onLocked} />;
}

function Opened({ phone, lock, dataKey, lacks, onLocked }: UnlockedProps) {
  const { release, language } = useFrame();
  const [work, setWork] = useState<Work | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  useEffect(() => {
    let isHere = true;
    let store: IndexedStore | null = null;
    const open = async (): Promise<void> => {
      const second = await openSecondJournal(lock.accountId);
      store = await openIndexedStore(lock.accountId, dataKey, second);
      const engine = await startEngine(store, release, language);
      // Asked at the moment from which there is something to lose.
      void askToStay();
      if (isHere) setWork({ engine, store, lock, dataKey, lacks });
      else store.close();
    };
    open().catch(setFault);
    return () => {
      isHere = false;
      store?.close();
    };
  }, [lock, dataKey, lacks, release, language]);
  useLockWhenAway(() => onLocked(lock));
  if (fault)
    return (
      <main className="door">
        <FaultNote error={fault} />
      </main>
    );
  if (!work) return <main className="door" aria-busy="true" />;
  return (
    <WorkProvider value={work}>
      <App phone={phone} onLocked={onLocked} />
    </WorkProvider>
  );
}

function useLockWhenAway(onAway: () => void): void {
  const latest = useRef(onAway);
  useEffect(() => {
    latest.current = onAway;
  });
  // Watched through every rendering: a page that is drawn anew while it is hidden does not begin to count again.
  useEffect(
    () =>
      watchAway(
        document,
        () => machineClock.now(),
        () => latest.current(),
      ),
    [],
  );
}

/** Two pages writing into one outbox would number the same item twice. */
function Elsewhere({ onTake }: { onTake: () => void }) {
  const { t } = useFrame();
  return (
    <main className="door">
      <h1>{t('外勤已在另一页打开', 'The app is open on another page')}</h1>
      <p>
        {t(
          '同一时间只在一页里办，免得一件事发两遍。关掉那一页，这里会自己打开。',
          'Work goes on in one page at a time, so that nothing is sent twice. Close that page and this one opens by itself.',
        )}
      </p>
      <button type="button" className="primary" onClick={onTake}>
        {t('换到这一页', 'Go on here')}
      </button>
    </main>
  );
}
