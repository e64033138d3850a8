import { useRef, useState } from 'react';
import type { Lock } from '../store/lock.ts';
import type { Phone } from '../store/phone.ts';
import { dropSecondJournal } from '../store/second_journal.ts';
import { type HalfWritten, halfWritten } from './drafts.ts';
import { useFrame } from './frame.tsx';
import { useStatus, useWork } from './work.tsx';

/** Signing out says in numbers what happens. What is unsent or half written stays, sealed; only with none the store goes. */
export function Leave({ phone, onLocked }: { phone: Phone; onLocked: (lock: Lock | null) => void }) {
  const { t } = useFrame();
  const { lock, store } = useWork();
  const { waiting, refused, filesWaiting } = useStatus();
  const asking = useRef<HTMLDialogElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [half, setHalf] = useState<HalfWritten | null>(null);
  const ask = async (): Promise<void> => {
    setHalf(halfWritten(await store.drafts.all()));
    asking.current?.showModal();
  };
  const left = waiting + refused;
  const photos = filesWaiting + (half?.photos ?? 0);
  const isEmpty = left + filesWaiting + (half?.drafts ?? 0) === 0;
  const leave = async (): Promise<void> => {
    setBusy(true);
    // Without a network the session ends by itself; the PIN closes the phone now.
    await fetch('/api/session', { method: 'DELETE', credentials: 'same-origin' }).catch(() => undefined);
    if (isEmpty) {
      store.close();
      await phone.remove(lock.accountId);
      await dropSecondJournal(lock.accountId);
    }
    onLocked(isEmpty ? null : lock);
  };
  return (
    <>
      <p>
        <button type="button" className="danger" onClick={() => void ask()}>
          {t('退出登录', 'Sign out')}
        </button>
      </p>
      <dialog ref={asking} aria-labelledby="leaving">
        <h2 id="leaving">{t('退出登录？', 'Sign out?')}</h2>
        <p>
          {!isEmpty
            ? t(
                `还有 ${left} 条没发出、${half?.drafts ?? 0} 份没写完、${photos} 个照片或录音没发出。退出后它们加密留在这台手机里，您再登录时接着写、接着发；别人打不开。`,
                `${left} items are not sent, ${half?.drafts ?? 0} are half written, ${photos} photos or recordings are not sent. They stay sealed on this phone and go on when you sign in again; nobody else can open them.`,
              )
            : t(
                '没有待发的。退出后，您的案卷会从这台手机里清掉，下次登录要重新下载。',
                'Nothing is unsent. Your cases are removed from this phone; the next sign-in loads them anew.',
              )}
        </p>
        <div className="row">
          <button type="button" onClick={() => asking.current?.close()}>
            {t('先不退出', 'Stay')}
          </button>
          <button type="button" className="danger" disabled={isBusy} onClick={() => void leave()}>
            {t('退出', 'Sign out')}
          </button>
        </div>
      </dialog>
    </>
  );
}
