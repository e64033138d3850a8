import { useEffect, useState } from 'react';
import { type Lack, lacksOf } from '../store/fitness.ts';
import { type Lock, makeLock, openLock, recover } from '../store/lock.ts';
import { openPhone, type Phone } from '../store/phone.ts';
import { keepLockTwice, locksKeptTwice } from '../store/second_journal.ts';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';
import { ChoosePin, OpenWithPin } from './pin.tsx';
import { type SignedIn, SignIn } from './sign_in.tsx';
import { Unlocked } from './unlocked.tsx';

/** What stands between a phone in somebody's hand and the work on it. */
type Stage =
  | { readonly is: 'looking' }
  | { readonly is: 'unfit'; readonly lacks: readonly Lack[] }
  | { readonly is: 'sign_in'; readonly why: 'first' | 'forgotten'; readonly back: Lock | null }
  | { readonly is: 'choose'; readonly who: SignedIn; readonly old: Lock | null }
  | { readonly is: 'pin'; readonly lock: Lock }
  | { readonly is: 'open'; readonly lock: Lock; readonly key: CryptoKey };

export function Gate() {
  const { say } = useFrame();
  const [phone, setPhone] = useState<Phone | null>(null);
  const [lacks, setLacks] = useState<readonly Lack[]>([]);
  const [stage, setStage] = useState<Stage>({ is: 'looking' });
  useEffect(() => {
    void look().then((found) => {
      setLacks(found.lacks);
      setPhone(found.phone);
      setStage(found.stage);
    });
  }, []);
  if (stage.is === 'looking') return <main className="door" aria-busy="true" />;
  if (stage.is === 'unfit' || !phone) return <Unfit lacks={lacks} />;
  if (stage.is === 'open')
    return (
      <Unlocked
        phone={phone}
        lock={stage.lock}
        dataKey={stage.key}
        lacks={lacks}
        onLocked={(lock) => setStage(lock ? { is: 'pin', lock } : { is: 'sign_in', why: 'first', back: null })}
      />
    );
  if (stage.is === 'pin')
    return (
      <OpenWithPin
        key={stage.lock.accountId}
        phone={phone}
        lock={stage.lock}
        onOpen={(lock, key) => setStage({ is: 'open', lock, key })}
        onForgotten={() => setStage({ is: 'sign_in', why: 'forgotten', back: stage.lock })}
        onOther={() => setStage({ is: 'sign_in', why: 'first', back: stage.lock })}
      />
    );
  if (stage.is === 'choose') {
    const { who, old } = stage;
    const choose = async (pin: string): Promise<void> => {
      const lock = old ? await recover(old, pin, who.serverKey) : await makeLock(who, pin, who.serverKey);
      const key = await openLock(lock, pin);
      if (!key) throw new Error('a new lock does not open');
      await phone.keep(lock);
      await keepLockTwice(lock).catch(() => undefined);
      setStage({ is: 'open', lock, key });
    };
    return <ChoosePin name={who.name} isAnew={old !== null} onChosen={choose} />;
  }
  const { why, back } = stage;
  return (
    <>
      <SignIn
        why={why}
        onBack={back && (() => setStage({ is: 'pin', lock: back }))}
        onSignedIn={(who) => void phone.locks().then((locks) => setStage(afterSignIn(who, locks, why)))}
      />
      {lacks
        .filter(({ name }) => name === 'worker')
        .map(({ name, says }) => (
          <p key={name} className="door soft">
            {say(says)}
          </p>
        ))}
    </>
  );
}

/** Who worked here before has a PIN already, unless it was forgotten. */
function afterSignIn(who: SignedIn, locks: readonly Lock[], why: 'first' | 'forgotten'): Stage {
  const old = locks.find(({ accountId }) => accountId === who.accountId) ?? null;
  return old && why === 'first' ? { is: 'pin', lock: old } : { is: 'choose', who, old };
}

interface Found {
  readonly lacks: readonly Lack[];
  readonly phone: Phone | null;
  readonly stage: Stage;
}

async function look(): Promise<Found> {
  const lacks = await lacksOf();
  if (lacks.some(({ stops }) => stops)) return { lacks, phone: null, stage: { is: 'unfit', lacks } };
  const phone = await openPhone();
  // A database that the browser threw away: its locks lie beside it a second time.
  if ((await phone.locks()).length === 0)
    for (const lock of await locksKeptTwice().catch(() => [])) await phone.keep(lock);
  const last = await phone.last();
  return { lacks, phone, stage: last ? { is: 'pin', lock: last } : { is: 'sign_in', why: 'first', back: null } };
}

/** The truth, and the way that works: the pages that need a network. */
function Unfit({ lacks }: { lacks: readonly Lack[] }) {
  const { t, say } = useFrame();
  return (
    <main className="door">
      <h1>{t('这里不能离线工作', 'No work without a network here')}</h1>
      {lacks
        .filter(({ stops }) => stops)
        .map(({ name, says }) => (
          <Note key={name} tone="near" title={say(says)} />
        ))}
      <p>
        {t(
          '有网络时可以用网页办理：同样的账号，同样的案卷。',
          'With a network the pages do the same: same account, same cases.',
        )}
      </p>
      <a className="button primary" href="/console">
        {t('用网页办理', 'Work on the pages')}
      </a>
    </main>
  );
}
