import { type KeyboardEvent, useRef } from 'react';
import { Link } from 'wouter';
import { statuses } from '../../../domains/work/casefiles/casefile.model.ts';
import type { BoardLine } from './board.questions.ts';
import { ClockWords } from './clock.tsx';
import { useFrame } from './frame.tsx';
import { Tags } from './tags.tsx';

interface BoardTableProps {
  readonly lines: readonly BoardLine[];
  readonly picked: ReadonlySet<string>;
  readonly onPick: (picked: ReadonlySet<string>) => void;
}

/** ↑ ↓ go from row to row, the space bar picks, Enter on the name opens the case. */
export function BoardTable({ lines, picked, onPick }: BoardTableProps) {
  const { t } = useFrame();
  const table = useRef<HTMLTableElement>(null);
  const isAll = lines.every(({ id }) => picked.has(id));
  const pick = (id: string, is: boolean): void => {
    const next = new Set(picked);
    if (is) next.add(id);
    else next.delete(id);
    onPick(next);
  };
  return (
    <table ref={table} onKeyDown={(press) => walk(press, table.current)}>
      <thead>
        <tr>
          <th className="pick">
            <label>
              <input
                type="checkbox"
                aria-label={t('全选', 'All')}
                checked={isAll}
                onChange={({ target }) => onPick(new Set(target.checked ? lines.map(({ id }) => id) : []))}
              />
            </label>
          </th>
          <th>{t('案卷', 'Case')}</th>
          <th>{t('现在等谁', 'Whose turn it is')}</th>
          <th className="time">{t('时限', 'Time left')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Row key={line.id} line={line} isPicked={picked.has(line.id)} onPick={(is) => pick(line.id, is)} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ line, isPicked, onPick }: { line: BoardLine; isPicked: boolean; onPick: (is: boolean) => void }) {
  const { t, say } = useFrame();
  const { id, title, place, number, flags, status, dutyWords, owedBy, bodyName, clock, round, into } = line;
  return (
    <tr className={isPicked ? 'picked' : ''}>
      <td className="pick">
        <label>
          <input
            type="checkbox"
            aria-label={say(title)}
            checked={isPicked}
            onChange={({ target }) => onPick(target.checked)}
          />
        </label>
      </td>
      <td className="what">
        <Link href={`/cases/${id}`}>{say(title)}</Link>
        <span className="soft small">
          {place} · <span className="code">{number}</span>
          {round > 1 && ` · ${t(`第 ${round} 轮`, `round ${round}`)}`}
          {into && t(` · 并入 ${into.number}`, ` · merged into ${into.number}`)}
        </span>
        {flags.length > 0 && <Tags flags={flags} />}
      </td>
      <td>
        {dutyWords ? say(dutyWords) : say(statuses[status])}
        <span className="soft small">{owedBy ?? bodyName}</span>
      </td>
      <td className="time">{clock ? <ClockWords clock={clock} /> : <span className="soft">—</span>}</td>
    </tr>
  );
}

/** From one box or name to that of the next row; the space bar and Enter do what they always do. */
function walk(press: KeyboardEvent, table: HTMLTableElement | null): void {
  const step = press.key === 'ArrowDown' ? 1 : press.key === 'ArrowUp' ? -1 : 0;
  const from = press.target;
  if (step === 0 || !table || !(from instanceof HTMLElement)) return;
  const kind = from instanceof HTMLInputElement ? 'input' : 'a';
  const all = [...table.querySelectorAll<HTMLElement>(kind)];
  const next = all[all.indexOf(from) + step];
  if (!next) return;
  press.preventDefault();
  next.focus();
}
