import { useQueryClient } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { newCommandId, post } from '../../api/call.ts';
import { ClockWords } from './clock.tsx';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { groupsOf, groupWords } from './inbox.groups.ts';
import { Note } from './note.tsx';
import { type CaseLine, type Duty, useInbox, useLines, useNotices, useTold } from './questions.ts';
import { Tags } from './tags.tsx';

/** What waits for me, my posts, my bodies; up and down by the keyboard, the chosen one stands open beside it. */
export function Inbox({ chosen }: { chosen: string | null }) {
  const { t, zone, instant } = useFrame();
  const { data: duties, error } = useInbox();
  const told = useTold().data ?? [];
  const ids = [...new Set([...(duties ?? []), ...told].map(({ recordId }) => recordId))].toSorted();
  const lines = new Map((useLines(ids).data ?? []).map((line) => [line.id, line] as const));
  const list = useRef<HTMLElement>(null);
  useKeys(list);
  if (error) return <FaultBox error={error} />;
  if (!duties) return <Skeleton active paragraph={{ rows: 12 }} />;
  const groups = groupsOf(duties, instant, zone);
  return (
    <nav ref={list} className="inbox" aria-label={t('我的待办', 'My work')}>
      <h1>
        {t('我的待办', 'My work')} <span className="soft number">{duties.length}</span>
      </h1>
      <Notices />
      {duties.length === 0 && (
        <p className="soft nothing">
          {t('没有等您办的事。新的会自己出现在这里。', 'Nothing waits for you. What comes in appears here by itself.')}
        </p>
      )}
      {groups.map(({ name, duties: some }) => (
        <section key={name}>
          <GroupTitle name={name} count={some.length} />
          {some.map((duty) => (
            <DutyLine key={duty.id} duty={duty} line={lines.get(duty.recordId)} isChosen={duty.recordId === chosen} />
          ))}
        </section>
      ))}
      {told.length > 0 && (
        <section>
          <h2>
            {t('提醒', 'Told to me')} <span className="number soft">{told.length}</span>
          </h2>
          {told.map(({ id, text, toldAt, recordId }) => (
            <ToldLine key={id} id={id} words={text} toldAt={toldAt} recordId={recordId} line={lines.get(recordId)} />
          ))}
        </section>
      )}
    </nav>
  );
}

/** Public notices of my areas that I have not noted. */
function Notices() {
  const { t } = useFrame();
  const store = useQueryClient();
  const { data = [] } = useNotices();
  const note = async (id: string): Promise<void> => {
    await post(`/api/notices/${id}/read`, { commandId: newCommandId() });
    await store.invalidateQueries({ queryKey: ['notices'] });
  };
  return data.map(({ id, words }) => (
    <Note key={id} tone="plain" title={words}>
      <p>
        <Button size="small" onClick={() => void note(id)}>
          {t('知道了', 'Noted')}
        </Button>
      </p>
    </Note>
  ));
}

function GroupTitle({ name, count }: { name: keyof typeof groupWords; count: number }) {
  const { say } = useFrame();
  return (
    <h2 className={name === 'late' ? 'late' : ''}>
      {say(groupWords[name])} <span className="number">{count}</span>
    </h2>
  );
}

function DutyLine({ duty, line, isChosen }: { duty: Duty; line: CaseLine | undefined; isChosen: boolean }) {
  const { t, say } = useFrame();
  const whose = { person: t('本人', 'me'), post: t('本岗位', 'my post'), body: t('本单位', 'my body') }[duty.mine];
  return (
    <Link href={`/cases/${duty.recordId}`} className="line" aria-current={isChosen ? 'page' : undefined}>
      <span className="what">
        <strong>{line ? say(line.title) : '…'}</strong>
        <ClockWords clock={duty.clock} />
      </span>
      <span className="soft small">
        {say(duty.dutyWords)} · {line?.place} · {whose}
        {duty.assigneeName ? ` · ${duty.assigneeName}` : ''}
      </span>
      {line && line.flags.length > 0 && (
        <span>
          <Tags flags={line.flags} />
        </span>
      )}
    </Link>
  );
}

interface ToldLineProps {
  readonly id: string;
  readonly words: { zh: string; en: string };
  readonly toldAt: string;
  readonly recordId: string;
  readonly line: CaseLine | undefined;
}

/** Whoever opens what they were told of has read it. */
function ToldLine({ id, words, toldAt, recordId, line }: ToldLineProps) {
  const { say, when } = useFrame();
  const store = useQueryClient();
  const note = async (): Promise<void> => {
    await post(`/api/messages/${id}/read`, { commandId: newCommandId() }).catch(() => undefined);
    await store.invalidateQueries({ queryKey: ['told'] });
  };
  return (
    <Link href={`/cases/${recordId}`} className="line" onClick={() => void note()}>
      <span className="what">
        <span>{say(words)}</span>
        <small className="soft number">{when(toldAt)}</small>
      </span>
      <span className="soft small">{line ? say(line.title) : ''}</span>
    </Link>
  );
}

/** ↑ ↓ (or k j) go through the list and open what they reach; Enter goes on into the case. */
function useKeys(list: RefObject<HTMLElement | null>): void {
  const [, go] = useLocation();
  useEffect(() => {
    const onKey = (press: globalThis.KeyboardEvent): void => {
      const step = stepOf(press);
      if (step === 0 || isTyping(press.target)) return;
      const lines = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a.line') ?? [])];
      const at = lines.findIndex((line) => line === document.activeElement || line.ariaCurrent === 'page');
      const next = lines[at < 0 ? 0 : at + step];
      if (!next) return;
      press.preventDefault();
      next.focus();
      go(next.pathname.replace(/^\/console/, ''));
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [list, go]);
}

const stepOf = ({
  key,
  altKey,
  ctrlKey,
  metaKey,
}: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>): number =>
  altKey || ctrlKey || metaKey ? 0 : key === 'ArrowDown' || key === 'j' ? 1 : key === 'ArrowUp' || key === 'k' ? -1 : 0;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [role=combobox], [role=listbox]') !== null;
