import { lazy, Suspense, useEffect } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import type { Engine } from '../engine/contract.ts';
import type { Lock } from '../store/lock.ts';
import type { Phone } from '../store/phone.ts';
import { CaseScreen } from './case.tsx';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';
import { useRelease } from './release.ts';
import { Report } from './report.tsx';
import { Strip } from './strip.tsx';
import { Today } from './today.tsx';
import { useStatus, useWork } from './work.tsx';

/** Loaded when they are opened: the first screen does not wait for them. */
const Mine = lazy(async () => ({ default: (await import('./mine.tsx')).Mine }));
const VisitList = lazy(async () => ({ default: (await import('./visits.tsx')).VisitList }));
const VisitScreen = lazy(async () => ({ default: (await import('./visits.tsx')).VisitScreen }));
const PatrolScreen = lazy(async () => ({ default: (await import('./patrols.tsx')).PatrolScreen }));
const InspectionScreen = lazy(async () => ({ default: (await import('./inspections.tsx')).InspectionScreen }));
const GateScreen = lazy(async () => ({ default: (await import('./checkpoints.tsx')).GateScreen }));

interface AppProps {
  readonly phone: Phone;
  readonly onLocked: (lock: Lock | null) => void;
}

export function App({ phone, onLocked }: AppProps) {
  const { t, tellSkew } = useFrame();
  const { engine, store } = useWork();
  const status = useStatus();
  const release = useRelease();
  const [path] = useLocation();
  useEffect(() => tellSkew(status.skewMs), [status.skewMs, tellSkew]);
  useSyncing(engine);
  return (
    <>
      <header className="top">
        <h1>{titleAt(path, t)}</h1>
        <Strip status={status} onSync={() => void engine.sync()} />
      </header>
      <main>
        {status.trouble && (
          <Note tone="late" title={status.trouble.title}>
            <p>{status.trouble.detail}</p>
            {status.trouble.code === 'session.ended' && (
              <Link href="/mine" className="button">
                {t('去重新登录', 'Sign in again')}
              </Link>
            )}
          </Note>
        )}
        {store.recoveredOps > 0 && (
          <Note
            tone="near"
            title={t(
              `从第二本底账找回 ${store.recoveredOps} 条没发出的`,
              `${store.recoveredOps} unsent items came back from the second journal`,
            )}
          />
        )}
        {release.isWaiting && (
          <Note tone="plain" title={t('有新版本', 'There is a new release')}>
            <p>{t('写到一半的会先存下，再换。', 'What is half written is kept first.')}</p>
            <button type="button" onClick={release.takeOver}>
              {t('现在换', 'Take it')}
            </button>
          </Note>
        )}
        <Suspense>
          <Switch>
            <Route path="/" component={Today} />
            <Route path="/report" component={Report} />
            <Route path="/mine">
              <Mine phone={phone} onLocked={onLocked} />
            </Route>
            <Route path="/cases/:id">{({ id }) => <CaseScreen key={id} id={id} />}</Route>
            <Route path="/patrols/:id" component={PatrolScreen} />
            <Route path="/gates/:id" component={GateScreen} />
            <Route path="/inspections/:id/:place?" component={InspectionScreen} />
            <Route path="/visits/:campaign" component={VisitList} />
            <Route path="/visits/:campaign/:id" component={VisitScreen} />
            <Route>
              <Redirect to="/" />
            </Route>
          </Switch>
        </Suspense>
      </main>
      <Tabs path={path} />
    </>
  );
}

/** At once, when the network or the page comes back, and again after as long as the engine thinks it worth. */
function useSyncing(engine: Engine): void {
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    let isHere = true;
    const sync = async (): Promise<void> => {
      clearTimeout(again);
      const { nextTryMs } = await engine.sync();
      if (isHere) again = setTimeout(() => void sync(), nextTryMs);
    };
    const look = (): void => {
      if (document.visibilityState === 'visible') void sync();
    };
    const now = (): void => void sync();
    now();
    window.addEventListener('online', now);
    document.addEventListener('visibilitychange', look);
    return () => {
      isHere = false;
      clearTimeout(again);
      window.removeEventListener('online', now);
      document.removeEventListener('visibilitychange', look);
    };
  }, [engine]);
}

const titleAt = (path: string, t: (zh: string, en: string) => string): string =>
  path.startsWith('/report')
    ? t('上报', 'Report')
    : path.startsWith('/mine')
      ? t('我的', 'Mine')
      : path.startsWith('/cases/')
        ? t('案卷', 'Case')
        : path.startsWith('/visits/')
          ? t('走访', 'Visits')
          : path.startsWith('/patrols/')
            ? t('巡查', 'Patrol')
            : path.startsWith('/gates/')
              ? t('卡口', 'Checkpoint')
              : path.startsWith('/inspections/')
                ? t('检查', 'Inspection')
                : t('今日', 'Today');

function Tabs({ path }: { path: string }) {
  const { t } = useFrame();
  const here = (is: boolean): 'page' | undefined => (is ? 'page' : undefined);
  return (
    <nav className="tabs" aria-label={t('各页', 'Pages')}>
      <ul>
        <li>
          <Link href="/" aria-current={here(!/^\/(report|mine)/.test(path))}>
            {t('今日', 'Today')}
          </Link>
        </li>
        <li>
          <Link href="/report" className="act" aria-current={here(path.startsWith('/report'))}>
            <span aria-hidden="true">＋</span>
            {t('上报', 'Report')}
          </Link>
        </li>
        <li>
          <Link href="/mine" aria-current={here(path.startsWith('/mine'))}>
            {t('我的', 'Mine')}
          </Link>
        </li>
      </ul>
    </nav>
  );
}
