import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useRoute } from 'wouter';
import type { Words } from '../../../kernel/words.ts';
import { listenLive } from '../../api/live.ts';
import { CasePane } from './case.tsx';
import { useFrame } from './frame.tsx';
import { Inbox } from './inbox.tsx';
import { Intake } from './intake.tsx';

/** The desk in three panes: what waits, the case, what belongs to it. On a narrow screen one after the other. */
export function Desk() {
  const { t, county, me, links } = useFrame();
  const [isCase, params] = useRoute('/cases/:id');
  const [isIntake] = useRoute('/intake');
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
          <PageLink {...home} isHere={!isIntake} />
          <Link href="/intake" aria-current={isIntake ? 'page' : undefined}>
            {t('登记来报', 'Write down')}
          </Link>
          {links
            .filter(({ href }) => href !== home.href)
            .map((link) => (
              <PageLink key={link.href} {...link} isHere={false} />
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
      <main id="main" className={chosen || isIntake ? 'panes open' : 'panes'}>
        <Inbox chosen={chosen} />
        {isIntake ? <Intake /> : chosen ? <CasePane key={chosen} id={chosen} /> : <Welcome />}
      </main>
    </>
  );
}

const home = { href: '/console', words: { zh: '我的待办', en: 'My work' } };

function PageLink({ href, words, isHere }: { href: string; words: Words; isHere: boolean }) {
  const { say } = useFrame();
  return (
    <a href={href} aria-current={isHere ? 'page' : undefined}>
      {say(words)}
    </a>
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
