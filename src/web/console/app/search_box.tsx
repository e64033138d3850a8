import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import './search.css';
import { type Hit, type HitGroup, useSearch } from './use_search.ts';

/** One box for everything one may see. “/” comes here from anywhere; ↑ ↓ choose, Enter opens, Esc goes back. */
export function SearchBox() {
  const { t } = useFrame();
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { groups, error, isAsking, isEnough } = useSearch(typed);
  const hits = groups.flatMap((group) => group.hits);
  const chosen = hits[Math.min(at, hits.length - 1)];
  const open = useOpen(() => {
    setTyped('');
    setOpen(false);
    input.current?.blur();
  });
  useSlash(input);
  const press = (key: KeyboardEvent): void => {
    if (key.nativeEvent.isComposing) return;
    if (key.key === 'ArrowDown') setAt((now) => Math.min(now + 1, hits.length - 1));
    else if (key.key === 'ArrowUp') setAt((now) => Math.max(now - 1, 0));
    else if (key.key === 'Enter' && chosen && !isAsking) open(chosen);
    else if (key.key === 'Escape') isOpen && typed !== '' ? setTyped('') : input.current?.blur();
    else return;
    key.preventDefault();
  };
  return (
    <search className="search">
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${id}-found`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && chosen ? `${id}-${chosen.key}` : undefined}
        aria-label={t('查找', 'Search')}
        placeholder={t('查找案卷、地点、人员', 'Search cases, places, people')}
        autoComplete="off"
        maxLength={100}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setAt(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
      />
      <span className="key" aria-hidden="true">
        /
      </span>
      {isOpen && (
        // The press of a finger must not take the focus from the box before it is let go.
        <div className="found" onPointerDown={(press) => press.preventDefault()}>
          <Said typed={typed} isEnough={isEnough} isAsking={isAsking} isEmpty={hits.length === 0} error={error} />
          <div id={`${id}-found`} role="listbox" aria-label={t('找到的', 'What was found')}>
            {!error &&
              groups.map((group) => <Group key={group.title} group={group} id={id} chosen={chosen} onOpen={open} />)}
          </div>
        </div>
      )}
    </search>
  );
}

interface GroupProps {
  readonly group: HitGroup;
  readonly id: string;
  readonly chosen: Hit | undefined;
  readonly onOpen: (hit: Hit) => void;
}

function Group({ group: { title, hits }, id, chosen, onOpen }: GroupProps) {
  return (
    <fieldset aria-label={title}>
      <span aria-hidden="true">{title}</span>
      {hits.map((hit) => (
        <Option key={hit.key} hit={hit} id={id} isChosen={hit === chosen} onOpen={onOpen} />
      ))}
    </fieldset>
  );
}

function Option({
  hit,
  id,
  isChosen,
  onOpen,
}: {
  hit: Hit;
  id: string;
  isChosen: boolean;
  onOpen: (hit: Hit) => void;
}) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isChosen) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the box, as in every list of this kind
    <div
      ref={line}
      id={`${id}-${hit.key}`}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      onClick={() => onOpen(hit)}
    >
      <span>{hit.name}</span>
      <small className="soft number">{hit.beside}</small>
    </div>
  );
}

interface SaidProps {
  readonly typed: string;
  readonly isEnough: boolean;
  readonly isAsking: boolean;
  readonly isEmpty: boolean;
  readonly error: unknown;
}

/** What to type, that nothing was found and what to try, or what went wrong. */
function Said({ typed, isEnough, isAsking, isEmpty, error }: SaidProps) {
  const { t } = useFrame();
  if (error && !isAsking) return <FaultBox error={error} />;
  const hint = t(
    '可以写：说过的话或地点里的两个字、编号后四位、类别、区域拼音首字母（如 eysq）、姓名、单位；报事人念的 12 位查询码。',
    'Write two characters of what was said or of the place, the last digits of a number, a kind, the first pinyin letters of an area (eysq), a name, a body; or the 12 signs of a tracking code.',
  );
  if (typed.trim() === '' || !isEnough) return <p className="soft small">{hint}</p>;
  if (isAsking && isEmpty) return <p className="soft small">{t('正在找……', 'Searching…')}</p>;
  if (!isEmpty) return null;
  return (
    <div role="status">
      <p>{t(`没有找到“${typed.trim()}”。`, `Nothing was found for “${typed.trim()}”.`)}</p>
      <p className="soft small">{hint}</p>
    </div>
  );
}

/** Pages of the desk change in place; the others are fetched. */
function useOpen(leave: () => void): (hit: Hit) => void {
  const [, go] = useLocation();
  return ({ href }) => {
    leave();
    const inside = /^\/console(\/cases\/[^?]+)$/.exec(href)?.[1];
    if (inside) go(inside);
    else window.location.assign(href);
  };
}

function useSlash(input: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (press: globalThis.KeyboardEvent): void => {
      if (press.key !== '/' || press.ctrlKey || press.metaKey || press.altKey) return;
      if (press.target instanceof Element && press.target.closest('input, textarea, select, [contenteditable]')) return;
      press.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [input]);
}
