import type { SyncStatus } from '../engine/contract.ts';
import { useFrame } from './frame.tsx';

/** The truth about the network in one line: 离线，7 条待发. */
export function Strip({ status, onSync }: { status: SyncStatus; onSync: () => void }) {
  const { t, when } = useFrame();
  const { online, syncing, waiting, refused, filesWaiting, voicesWaiting, trouble, lastSyncAt } = status;
  const photos = filesWaiting - voicesWaiting;
  const left = [
    waiting > 0 && t(`${waiting} 条待发`, `${waiting} to send`),
    photos > 0 && t(`${photos} 张照片待传`, `${photos} photos to send`),
    voicesWaiting > 0 && t(`${voicesWaiting} 段录音待传`, `${voicesWaiting} recordings to send`),
    refused > 0 && t(`${refused} 条被退回`, `${refused} refused`),
  ].filter((part) => part !== false);
  const state = syncing
    ? t('正在同步', 'Syncing')
    : trouble
      ? trouble.title
      : online
        ? t('已联网', 'Online')
        : t('离线', 'Offline');
  const tone = refused > 0 || trouble ? 'late' : !online ? 'near' : waiting + filesWaiting > 0 ? 'plain' : 'settled';
  const mark = tone === 'settled' ? '●' : tone === 'plain' ? '◐' : '○';
  return (
    <div className={`strip ${tone}`}>
      <p role="status">
        <span aria-hidden="true">{mark}</span> {[state, ...left].join(t('，', ', '))}
        {lastSyncAt && (
          <small className="soft number"> {t(`截至 ${when(lastSyncAt)}`, `as of ${when(lastSyncAt)}`)}</small>
        )}
      </p>
      <button type="button" onClick={onSync} disabled={syncing}>
        {t('同步', 'Sync')}
      </button>
    </div>
  );
}
