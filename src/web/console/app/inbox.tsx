import { useQueryClient } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { isCase, type OfRecord, recordPage, recordWords } from '../../../domains/work/obligations/record.model.ts';
import type { Words } from '../../../kernel/words.ts';
import { newCommandId, post } from '../../api/call.ts';
import { firstOf, MOST } from '../../ui/first.ts';
import { ClockWords } from './clock.tsx';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { groupsOf, groupWords } from './inbox.groups.ts';
import { Note } from './note.tsx';
import { type CaseLine, type Duty, type Told, useInbox, useLines, useNotices, useTold } from './questions.ts';
import { Tags } from './tags.tsx';

/** What waits for me, my posts, my bodies; up and down by the keyboard, the chosen one stands open beside it. */
export function Inbox({ chosen }: { chosen: string | null }) {
  const { t, zone, instant } = useFrame();
  const { data: waiting, error } = useInbox();
  const [duties, told] = [firstOf(waiting ?? [], MOST.duties), firstOf(useTold().data ?? [], MOST.told)];
  const ids = [...new Set([...duties.shown, ...told.shown].map(({ recordId }) => recordId))].toSorted();
  const lines = new Map((useLines(ids).data ?? []).map((line) => [line.id, line] as const));
  const list = useRef<HTMLElement>(null);
  useListKeys(list);
  if (error) return <FaultBox error={error} />;
  if (!waiting) return <Skeleton active paragraph={{ rows: 12 }} />;
  const groups = groupsOf(duties.shown, instant, zone);
  return (
    <nav ref={list} className="inbox" aria-label={t('我的待办', 'My work')}>
      <h1>
        {t('我的待办', 'My work')} <span className="soft number">{duties.count}</span>
      </h1>
      <Notices />
      {waiting.length === 0 && (
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
      {duties.isCut && (
        <p className="soft nothing">
          {t('只列最先到期的这些，办完一件补一件。', 'Those that are due first; as you finish one, the next appears.')}
        </p>
      )}
      {told.shown.length > 0 && (
        <section>
          <h2>
            {t('提醒', 'Told to me')} <span className="number soft">{told.count}</span>
          </h2>
          {told.shown.map((one) => (
            <ToldLine key={one.id} told={one} line={lines.get(one.recordId)} />
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
  const { t, say, when } = useFrame();
  const whose = { person: t('本人', 'me'), post: t('本岗位', 'my post'), body: t('本单位', 'my body') }[duty.mine];
  return (
    <RecordLink of={duty} isChosen={isChosen}>
      <span className="what">
        <strong>{whatOf(duty, line, say)}</strong>
        <ClockWords clock={duty.clock} />
      </span>
      <span className="soft small">
        {say(duty.dutyWords)}
        {line && ` · ${line.place}`} · {whose}
        {duty.assigneeName ? ` · ${duty.assigneeName}` : ''}
      </span>
      {duty.moved && (
        <span className="soft small">
          {t('原定 ', 'Was due ')}
          <span className="number">{when(duty.moved.was)}</span>
          {t('，', '; ')}
          {say(duty.moved.because)}
        </span>
      )}
      {line && line.flags.length > 0 && (
        <span>
          <Tags flags={line.flags} />
        </span>
      )}
    </RecordLink>
  );
}

const whatOf = (duty: Duty, line: CaseLine | undefined, say: (words: Words) => string): string => {
  if (!isCase(duty)) return duty.title ?? say(recordWords(duty));
  return line ? say(line.title) : '…';
};

interface RecordLinkProps {
  readonly of: OfRecord;
  readonly isChosen?: boolean;
  readonly onOpen?: () => void;
  readonly children: ReactNode;
}

/** A case opens beside the list; every other record has a page of its own. */
function RecordLink({ of, isChosen = false, onOpen, children }: RecordLinkProps) {
  if (!isCase(of))
    return (
      <a href={recordPage(of)} className="line" data-page="own" onClick={onOpen}>
        {children}
      </a>
    );
  return (
    <Link href={`/cases/${of.recordId}`} className="line" aria-current={isChosen ? 'page' : undefined} onClick={onOpen}>
      {children}
    </Link>
  );
}

/** Whoever opens what they were told of has read it. */
function ToldLine({ told, line }: { told: Told; line: CaseLine | undefined }) {
  const { id, text, toldAt } = told;
  const { say, when } = useFrame();
  const store = useQueryClient();
  const note = async (): Promise<void> => {
    await post(`/api/messages/${id}/read`, { commandId: newCommandId() }).catch(() => undefined);
    await store.invalidateQueries({ queryKey: ['told'] });
  };
  return (
    <RecordLink of={told} onOpen={() => void note()}>
      <span className="what">
        <span>{say(text)}</span>
        <small className="soft number">{when(toldAt)}</small>
      </span>
      <span className="soft small">{line ? say(line.title) : ''}</span>
    </RecordLink>
  );
}

/** ↑ ↓ (or k j) go through the list and open what they reach; Enter goes on into the case. */
export function useListKeys(list: RefObject<HTMLElement | null>): void {
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
      if (next.dataset.page === 'own') return;
      go(next.pathname.replace(/^\/console/, '') + next.search);
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
