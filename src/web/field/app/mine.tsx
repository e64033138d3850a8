import { useCallback, useEffect, useState } from 'react';
import { LITTLE_ROOM, type Room, roomLeft } from '../store/fitness.ts';
import type { Lock } from '../store/lock.ts';
import type { Phone } from '../store/phone.ts';
import { Carry } from './carry.tsx';
import { useFrame } from './frame.tsx';
import { Leave } from './leave.tsx';
import { Note } from './note.tsx';
import { Outbox } from './outbox.tsx';
import { SignIn } from './sign_in.tsx';
import { useStatus, useWork } from './work.tsx';

/** What was said on this phone, the phone itself, and the way out. */
export function Mine({ phone, onLocked }: { phone: Phone; onLocked: (lock: Lock | null) => void }) {
  const { t } = useFrame();
  const { engine, lock } = useWork();
  const [isSigningIn, setSigningIn] = useState(false);
  const [stranger, setStranger] = useState<string | null>(null);
  if (isSigningIn)
    return (
      <SignIn
        why="again"
        onBack={() => setSigningIn(false)}
        onSignedIn={({ accountId, name }) => {
          // Somebody else's session must not send what this person said.
          setStranger(accountId === lock.accountId ? null : name);
          setSigningIn(false);
          if (accountId === lock.accountId) void engine.sync();
        }}
      />
    );
  return (
    <>
      {stranger && (
        <Note
          tone="late"
          title={t(`刚才登录的是 ${stranger}，不是 ${lock.name}`, `${stranger} signed in, not ${lock.name}`)}
        >
          <p>
            {t(
              '这里存的是另一个人的，没有发出。请用自己的账号登录，或者退出后换人。',
              'What is kept here is another person’s and was not sent. Sign in as yourself, or leave and change.',
            )}
          </p>
        </Note>
      )}
      <Outbox />
      <Device />
      <Carry onSignIn={() => setSigningIn(true)} />
      <section>
        <h2>{lock.name}</h2>
        <div className="row">
          <button type="button" onClick={() => setSigningIn(true)}>
            {t('重新登录', 'Sign in again')}
          </button>
          <button type="button" onClick={() => onLocked(lock)}>
            {t('锁上', 'Lock')}
          </button>
        </div>
        <Leave phone={phone} onLocked={onLocked} />
      </section>
    </>
  );
}

const MB = 1024 * 1024;
const WARN_SKEW_MS = 2 * 60_000;

function Device() {
  const { t, say, when, release, skewMs } = useFrame();
  const { lacks, store } = useWork();
  const { lastSyncAt } = useStatus();
  const room = useRoom();
  const mb = (bytes: number): string => Math.round(bytes / MB).toLocaleString('en');
  const minutes = skewMs === null ? 0 : Math.round(Math.abs(skewMs) / 60_000);
  return (
    <section>
      <h2>{t('这台手机', 'This phone')}</h2>
      <dl className="number">
        <dt>{t('上次同步', 'Last sync')}</dt>
        <dd>{lastSyncAt ? when(lastSyncAt) : t('还没有', 'not yet')}</dd>
        <dt>{t('已用', 'Used')}</dt>
        <dd>{room?.usedBytes == null ? '—' : `${mb(room.usedBytes)} MB`}</dd>
        <dt>{t('还能用', 'Free')}</dt>
        <dd>{room?.freeBytes == null ? '—' : `${mb(room.freeBytes)} MB`}</dd>
        <dt>{t('手机时间', 'Clock')}</dt>
        <dd>
          {skewMs === null
            ? t('还没有和服务器对过', 'not compared yet')
            : Math.abs(skewMs) < WARN_SKEW_MS
              ? t('准', 'right')
              : skewMs > 0
                ? t(`快 ${minutes} 分`, `${minutes} min fast`)
                : t(`慢 ${minutes} 分`, `${minutes} min slow`)}
        </dd>
        <dt>{t('版本', 'Release')}</dt>
        <dd className="code">{release}</dd>
      </dl>
      {skewMs !== null && Math.abs(skewMs) >= WARN_SKEW_MS && (
        <Note tone="near" title={t('手机时间不准', 'The clock of this phone is wrong')}>
          <p>
            {t(
              '照样能报，服务器会换算。请在手机设置里打开自动时间。',
              'Work goes on, the server corrects it. Switch automatic time on in the settings.',
            )}
          </p>
        </Note>
      )}
      {room?.freeBytes != null && room.freeBytes < LITTLE_ROOM && (
        <Note tone="near" title={t('存储不多了', 'Little room is left')}>
          <p>{t('文字一直能存，照片可能存不下。请清理手机。', 'Words can be kept, photos perhaps not. Make room.')}</p>
        </Note>
      )}
      {!store.isSecondKept() && (
        <Note tone="near" title={t('第二本底账没有写进去', 'The second journal could not be written')}>
          <p>
            {t('没发出的只有一份。请尽快联网，或者导出。', 'What is unsent is here once only: sync, or export it.')}
          </p>
        </Note>
      )}
      {lacks.map(({ name, says }) => (
        <p key={name} className="soft">
          {say(says)}
        </p>
      ))}
    </section>
  );
}

function useRoom(): Room | null {
  const [room, setRoom] = useState<Room | null>(null);
  const { engine } = useWork();
  const look = useCallback(() => void roomLeft().then(setRoom), []);
  useEffect(() => {
    look();
    return engine.subscribe(look);
  }, [engine, look]);
  return room;
}
