import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import type { z } from 'zod';
import type { callbackLine, callbacksView } from '../../../domains/work/desks/callback.model.ts';
import { get } from '../../api/call.ts';
import type { Wire } from '../../api/wire.ts';
import { Callback } from './callback.tsx';
import './callbacks.css';
import { ClockWords } from './clock.tsx';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { useListKeys } from './inbox.tsx';
import { Note } from './note.tsx';

export type CallbackLine = Wire<z.output<typeof callbackLine>>;
type Told = Wire<z.output<typeof callbacksView>>;

/** Whom to call back, whose time ends first; what they say is written down beside it. Nobody's past reports are here. */
export function Callbacks() {
  const { t } = useFrame();
  const chosen = new URLSearchParams(useSearch()).get('id');
  const { data: told, error } = useQuery({
    queryKey: ['callbacks'],
    queryFn: () => get<Told>('/api/callbacks'),
  });
  const lines = told?.lines;
  const [, go] = useLocation();
  const [done, setDone] = useState<string | null>(null);
  const open = lines?.find(({ id }) => id === chosen);
  const finish = (line: CallbackLine) => (what: string) => {
    const at = lines?.indexOf(line) ?? -1;
    const next = lines?.[at + 1] ?? lines?.[at - 1];
    setDone(`${line.number} ${what}`);
    go(next ? `/callbacks?id=${next.id}` : '/callbacks');
  };
  return (
    <main id="main" className={open ? 'panes two open' : 'panes two'}>
      <List told={told} error={error} chosen={chosen} />
      <article className="case">
        <Link href="/callbacks" className="back">
          ← {t('回访', 'Call back')}
        </Link>
        {done && <Done says={done} />}
        {open ? <Callback key={open.id} line={open} onDone={finish(open)} /> : lines?.length !== 0 && <Choose />}
      </article>
    </main>
  );
}

function Done({ says }: { says: string }) {
  const { t } = useFrame();
  const note = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is said anew is shown anew
  useEffect(() => note.current?.focus(), [says]);
  return <Note ref={note} tone="settled" title={t(`已记下：${says}`, `Written down: ${says}`)} />;
}

function Choose() {
  const { t } = useFrame();
  return (
    <p className="soft">{t('从左边选一件。↑ ↓ 逐件看。', 'Choose one on the left. ↑ ↓ go from one to the next.')}</p>
  );
}

function List({ told, error, chosen }: { told: Told | undefined; error: unknown; chosen: string | null }) {
  const { t } = useFrame();
  const lines = told?.lines;
  const list = useRef<HTMLElement>(null);
  useListKeys(list);
  return (
    <nav ref={list} className="inbox" aria-label={t('要回访的', 'To call back')}>
      <h1>
        {t('回访', 'Call back')} <span className="soft number">{told?.all}</span>
      </h1>
      <FaultBox error={error} />
      {!lines && !error && <Skeleton active />}
      {lines?.length === 0 && (
        <p className="soft nothing">
          {t(
            '没有要回访的。结案后报事人还没有答复的，会自己出现在这里。',
            'Nobody is to be called. Closed cases whose reporters have not answered appear here by themselves.',
          )}
        </p>
      )}
      {lines?.map((line) => (
        <Line key={line.id} line={line} isChosen={line.id === chosen} />
      ))}
      {told && told.all > told.lines.length && (
        <p className="soft nothing">
          {t(
            `共 ${told.all} 件，这里是最先到期的 ${told.lines.length} 件；办好一件，后面的会补上来。`,
            `These are the ${told.lines.length} of ${told.all} whose time ends first; as they are settled, others move up.`,
          )}
        </p>
      )}
    </nav>
  );
}

function Line({ line, isChosen }: { line: CallbackLine; isChosen: boolean }) {
  const { t, say, when } = useFrame();
  const { id, title, place, clock, hasPhone, tries, triedAt } = line;
  return (
    <Link href={`/callbacks?id=${id}`} className="line" aria-current={isChosen ? 'page' : undefined}>
      <span className="what">
        <strong>{say(title)}</strong>
        <ClockWords clock={clock} />
      </span>
      <span className="soft small">
        {place} · {hasPhone ? t('留了电话', 'left a number') : t('没留电话', 'left no number')}
        {tries > 0 &&
          triedAt &&
          t(` · 留过 ${tries} 次话，上次 ${when(triedAt)}`, ` · ${tries} messages left, last ${when(triedAt)}`)}
      </span>
    </Link>
  );
}
