import { useQueryClient } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { staffRoles } from '../../../domains/land/staff/staff.model.ts';
import { listenLive } from '../../api/live.ts';
import { CasePane } from './case.tsx';
import { useFrame } from './frame.tsx';
import { Inbox } from './inbox.tsx';
import { Intake } from './intake.tsx';
import { Notices } from './notices.tsx';
import { useInbox } from './questions.ts';
import { SearchBox } from './search_box.tsx';

/** The desk: what waits on the left, beside it the case or another page. On a narrow screen one after the other. */
export function Desk() {
  const { t, county, me } = useFrame();
  return (
    <>
      <a className="skip" href="#main">
        {t('跳到正文', 'Skip to the content')}
      </a>
      <header className="top">
        <a className="name" href="/console">
          {county}
        </a>
        <Pages />
        {me.posts.some(({ role }) => (staffRoles as readonly string[]).includes(role)) && <SearchBox />}
        <span className="who soft">
          {me.posts
            .map(({ roleWords, place }) => t(`${roleWords.zh}（${place}）`, `${roleWords.en} (${place})`))
            .join(t('、', ', '))}{' '}
          {me.name}
        </span>
        <LiveDot />
      </header>
      <Switch>
        <Route path="/map/:area?">
          {({ area }) => (
            <Suspense fallback={<p className="soft nomap">{t('正在打开地图……', 'Opening the map …')}</p>}>
              <MapPage areaId={area ?? null} />
            </Suspense>
          )}
        </Route>
        <Route path="/areas/:area?">
          {({ area }) => (
            <Suspense fallback={<Skeleton active />}>
              <AreasPage areaId={area ?? null} />
            </Suspense>
          )}
        </Route>
        <Route path="/dispatch">
          <Suspense fallback={<Skeleton active />}>
            <Dispatch />
          </Suspense>
        </Route>
        <Route path="/callbacks">
          <Suspense fallback={<Skeleton active />}>
            <Callbacks />
          </Suspense>
        </Route>
        <Route path="/visits/:id">
          {({ id }) => (
            <Suspense fallback={<Skeleton active />}>
              <VisitPage key={id} id={id} />
            </Suspense>
          )}
        </Route>
        <Route path="/cases/:id">
          {({ id }) => (
            <Panes chosen={id}>
              <CasePane key={id} id={id} />
            </Panes>
          )}
        </Route>
        <Route path="/intake">
          <Panes chosen={null}>
            <Intake />
          </Panes>
        </Route>
        <Route path="/notices">
          <Panes chosen={null}>
            <Notices />
          </Panes>
        </Route>
        <Route>
          <main id="main" className="panes">
            <Inbox chosen={null} />
            <Welcome />
          </main>
        </Route>
      </Switch>
    </>
  );
}

// Pages that are not everybody's come when they are asked for; only whoever opens the map waits for what draws it.
const Dispatch = lazy(async () => ({ default: (await import('./dispatch.tsx')).Dispatch }));
const Callbacks = lazy(async () => ({ default: (await import('./callbacks.tsx')).Callbacks }));
const VisitPage = lazy(async () => ({ default: (await import('./visit.tsx')).VisitPage }));
const AreasPage = lazy(async () => ({ default: (await import('./areas/page.tsx')).AreasPage }));
const MapPage = lazy(async () => ({ default: (await import('./map/page.tsx')).MapPage }));

function Panes({ chosen, children }: { chosen: string | null; children: ReactNode }) {
  return (
    <main id="main" className="panes open">
      <Inbox chosen={chosen} />
      {children}
    </main>
  );
}

const HOME = '/console';

/** What the desk draws itself opens without a new page; the others are pages of the server. */
function Pages() {
  const { t, say, links } = useFrame();
  const [here] = useLocation();
  return (
    <nav aria-label={t('各页', 'Pages')}>
      {links
        .filter(({ seldom }) => !seldom)
        .map(({ href, words, app }) => {
          const path = href.slice(HOME.length);
          const isHome = href === HOME;
          const isHere = isHome ? here === '/' || here.startsWith('/cases/') : app === true && here.startsWith(path);
          const props = { 'aria-current': isHere ? ('page' as const) : undefined, children: say(words) };
          return app || isHome ? (
            <Link key={href} href={path || '/'} {...props} />
          ) : (
            <a key={href} href={href} {...props} />
          );
        })}
      <More key={here} />
    </nav>
  );
}

/** What is not of every day; a new page, another of the desk's own or Escape puts it away again. */
function More() {
  const { t, say, links } = useFrame();
  const seldom = links.filter((link) => link.seldom);
  if (seldom.length === 0) return null;
  return (
    <details
      className="more"
      onKeyDown={({ key, currentTarget }) => {
        if (key !== 'Escape') return;
        currentTarget.open = false;
        currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary>{t('更多', 'More')}</summary>
      <div className="others">
        {seldom.map(({ href, words }) => (
          <a key={href} href={href}>
            {say(words)}
          </a>
        ))}
      </div>
    </details>
  );
}

function Welcome() {
  const { t, links } = useFrame();
  const { data: waiting } = useInbox();
  const help = links.find(({ href }) => href.startsWith('/help'));
  return (
    <article className="case">
      {waiting?.length === 0 ? (
        <p className="soft">
          {t('手上没有事。别的从上面的菜单进；', 'Nothing is on your hands. The rest is in the menu above; ')}
          <a href={help?.href ?? '/help'}>{t('您这个岗位的手册', 'the handbook of your post')}</a>
          {t('一页讲完怎么办。', ' tells on one page how it is done.')}
        </p>
      ) : (
        <p className="soft">
          {t(
            '从左边选一件。↑ ↓ 逐件看，不用离开键盘。',
            'Choose one on the left. ↑ ↓ go from one to the next without leaving the keyboard.',
          )}
        </p>
      )}
    </article>
  );
}

const GATHERED_MS = 700;
const LONGEST_MS = 10_000;
/** What any case may be counted in. */
const everywhere = [['inbox'], ['told'], ['lines'], ['map'], ['board'], ['callbacks']];

/** Tells the truth about the connection, and makes stale what something happened to. */
function LiveDot() {
  const { t, when } = useFrame();
  const store = useQueryClient();
  const [isOpen, setOpen] = useState(true);
  const [last, setLast] = useState<string | null>(null);
  useEffect(() => {
    const changed = new Set<string>();
    let soon: ReturnType<typeof setTimeout> | undefined;
    // In a storm entries come faster than answers: what is being asked for is let through before it is asked for anew.
    const refresh = (waited = 0): void => {
      if (store.isFetching() > 0 && waited < LONGEST_MS) {
        soon = setTimeout(refresh, GATHERED_MS, waited + GATHERED_MS);
        return;
      }
      soon = undefined;
      const keys = [...everywhere, ...[...changed].map((id) => ['case', id])];
      changed.clear();
      for (const queryKey of keys) void store.invalidateQueries({ queryKey });
    };
    const live = listenLive(({ recordId, recordedAt }) => {
      setLast(recordedAt);
      changed.add(recordId);
      soon ??= setTimeout(refresh, GATHERED_MS);
    }, setOpen);
    return () => {
      live.close();
      clearTimeout(soon);
    };
  }, [store]);
  return (
    <span className={isOpen ? 'live settled' : 'live late'} role="status">
      <span aria-hidden="true">{isOpen ? '●' : '○'}</span>{' '}
      {isOpen ? t('实时', 'live') : t('连接断了，正在重连', 'connection lost, trying again')}
      {last && <small className="soft number"> {when(last)}</small>}
    </span>
  );
}
