import { Button } from 'antd';
import { casefileTable } from '../../../domains/work/casefiles/casefile.workflow.ts';
import type { BatchCommand } from '../../../domains/work/desks/board.model.ts';
import { summaryOf } from './batch.words.ts';
import type { Verdict } from './board.questions.ts';
import { useFrame } from './frame.tsx';

interface BatchPreviewProps {
  readonly command: BatchCommand;
  /** The body, or the number of the case that stays. */
  readonly name: string;
  readonly verdicts: readonly Verdict[];
  readonly gone: number;
  readonly onStart: (verdicts: readonly Verdict[]) => void;
  readonly onBack: () => void;
}

/** In words and numbers, then case by case: what is not possible first, then what wants a second look. */
export function BatchPreview({ command, name, verdicts, gone, onStart, onBack }: BatchPreviewProps) {
  const { t, say } = useFrame();
  const n = verdicts.filter(({ allowed }) => allowed).length;
  const words = say(casefileTable.rows[command].words);
  const rank = ({ allowed, doubt }: Verdict): number => (allowed ? (doubt ? 1 : 2) : 0);
  return (
    <>
      <div role="status">
        {summaryOf(command, verdicts, { name, gone }).map((line) => (
          <p key={line.zh}>{say(line)}</p>
        ))}
      </div>
      <div className="acts">
        {n > 0 && (
          <Button type="primary" onClick={() => onStart(verdicts)}>
            {t(`${words}这 ${n} 件`, `${words} these ${n}`)}
          </Button>
        )}
        <Button onClick={onBack}>{t('回去改', 'Back')}</Button>
      </div>
      <ul>
        {verdicts
          .toSorted((a, b) => rank(a) - rank(b))
          .map((verdict) => (
            <Line key={verdict.id} verdict={verdict} />
          ))}
      </ul>
    </>
  );
}

function Line({ verdict: { title, number, allowed, reason, doubt, limit } }: { verdict: Verdict }) {
  const { t, say } = useFrame();
  return (
    <li>
      <span>
        {say(title)} <small className="soft code">{number}</small>
      </span>
      {!allowed && (
        <span className="late">
          {t('✕ 不能办：', '✕ Not possible: ')}
          {reason && say(reason)}
        </span>
      )}
      {allowed && doubt && <span className="near">{t(`◐ 再看一眼：${doubt.zh}`, `◐ Look again: ${doubt.en}`)}</span>}
      {allowed && limit && <span className="soft small">{t(`处置时限 ${limit.zh}`, `${limit.en} to handle`)}</span>}
    </li>
  );
}
