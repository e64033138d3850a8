import { useState } from 'react';
import { get, NotSent, Refused } from '../../api/call.ts';
import { exportUnsent, importUnsent, NotOurBundle } from '../store/bundle.ts';
import { useFrame } from './frame.tsx';
import { FaultNote, Note } from './note.tsx';
import { useStatus, useWork } from './work.tsx';

/** A phone that breaks or has no network for weeks: what was not sent goes to another one in a sealed file. */
export function Carry({ onSignIn }: { onSignIn: () => void }) {
  const { t } = useFrame();
  const { store, lock, dataKey } = useWork();
  const { waiting, refused, filesWaiting } = useStatus();
  const [fault, setFault] = useState<unknown>(null);
  const give = (): void => {
    setFault(null);
    exportUnsent(store, lock, dataKey)
      .then((file) => save(file, `jingwei-${lock.name}.json`))
      .catch(setFault);
  };
  const take = (file: File | undefined): void => {
    if (!file) return;
    setFault(null);
    takeIn(file)
      .then(() => window.location.reload())
      .catch(setFault);
  };
  const takeIn = async (file: File): Promise<void> => {
    const { key } = await get<{ key: string }>('/api/me/phone-key');
    const bytes = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
    await importUnsent(store, lock.accountId, bytes, await file.text());
  };
  return (
    <section>
      <h2>{t('带走没发出的', 'Carry what is unsent')}</h2>
      <p className="soft">
        {t(
          '导出的文件是加密的，只有您本人在另一台手机登录后能读入。读入多少次都只算一次。',
          'The file is sealed: only you can take it in, signed in on another phone. Taken in twice it counts once.',
        )}
      </p>
      <div className="row">
        <button type="button" onClick={give} disabled={waiting + refused + filesWaiting === 0}>
          {t(
            `导出 ${waiting + refused} 条、${filesWaiting} 个照片或录音`,
            `Export ${waiting + refused} items, ${filesWaiting} photos or recordings`,
          )}
        </button>
        <label className="button" htmlFor="bundle">
          {t('读入', 'Take in')}
          <input
            id="bundle"
            type="file"
            accept="application/json,.json"
            onChange={({ target }) => take(target.files?.[0])}
          />
        </label>
      </div>
      {fault instanceof NotOurBundle ? (
        <Note tone="late" title={t('这个文件读不了', 'This file cannot be read')}>
          <p>
            {t(
              '它不是您导出的，或者不完整。手机里的没有改动。',
              'It is not yours, or not whole. Nothing on the phone changed.',
            )}
          </p>
        </Note>
      ) : (
        <FaultNote error={fault} />
      )}
      {fault instanceof Refused && !(fault instanceof NotSent) && (
        <button type="button" onClick={onSignIn}>
          {t('重新登录', 'Sign in again')}
        </button>
      )}
    </section>
  );
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
