import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useRoute } from 'wouter';
import { listenLive } from '../../api/live.ts';
import { CasePane } from './case.tsx';
import { useFrame } from './frame.tsx';
import { Inbox } from './inbox.tsx';

/** The desk in three panes: what waits, the case, what belongs to it. On a narrow screen one after the other. */
export function Desk() {
  const { t, county, me, say, links } = useFrame();
  const [isCase, params] = useRoute('/cases/:id');
  const chosen = isCase ? params.id : null;
  return (
    <>
      <a className="skip" href="#main">
        {t('跳到正文', 'Skip to the content')}
      </a>
      <header className="top">
        <a className="name" href="/console">
          {county}
        </a>
        <nav aria-label={t('各页', 'Pages')}>
          {links.map(({ href, words }) => (
            <a key={href} href={href} aria-current={href === '/console' ? 'page' : undefined}>
              {say(words)}
            </a>
          ))}
        </nav>
        <span className="who soft">
          {me.posts
            .map(({ roleWords, place }) => t(`${roleWords.zh}（${place}）`, `${roleWords.en} (${place})`))
            .join(t('、', ', '))}{' '}
          {me.name}
        </span>
        <LiveDot />
      </header>
      <main id="main" className={chosen ? 'panes open' : 'panes'}>
        <Inbox chosen={chosen} />
        {chosen ? <CasePane key={chosen} id={chosen} /> : <Welcome />}
      </main>
    </>
  );
}

function Welcome() {
  const { t } = useFrame();
  return (
    <article className="case">
      <p className="soft">
        {t(
          '从左边选一件。↑ ↓ 逐件看，不用离开键盘。',
          'Choose one on the left. ↑ ↓ go from one to the next without leaving the keyboard.',
        )}
      </p>
    </article>
  );
}

/** Tells the truth about the connection, and makes stale what something happened to. */
function LiveDot() {
  const { t, when } = useFrame();
  const store = useQueryClient();
  const [isOpen, setOpen] = useState(true);
  const [last, setLast] = useState<string | null>(null);
  useEffect(() => {
    const live = listenLive(({ recordId, recordedAt }) => {
      setLast(recordedAt);
      for (const queryKey of [['inbox'], ['told'], ['lines'], ['case', recordId]])
        void store.invalidateQueries({ queryKey });
    }, setOpen);
    return () => live.close();
  }, [store]);
  return (
    <span className={isOpen ? 'live settled' : 'live late'} role="status">
      <span aria-hidden="true">{isOpen ? '●' : '○'}</span>{' '}
      {isOpen ? t('实时', 'live') : t('连接断了，正在重连', 'connection lost, trying again')}
      {last && <small className="soft number"> {when(last)}</small>}
    </span>
  );
}
