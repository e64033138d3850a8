import { Button } from 'antd';
import { casefileTable } from '../../../domains/work/casefiles/casefile.workflow.ts';
import { type BatchCommand, batchCommands, MOST_AT_ONCE } from '../../../domains/work/desks/board.model.ts';
import type { BoardLine } from './board.questions.ts';
import { useFrame } from './frame.tsx';

interface ChoosingProps {
  readonly chosen: readonly BoardLine[];
  readonly onChoose: (command: BatchCommand) => void;
  readonly onNone: () => void;
}

/** What may be done with what is chosen, by the table of the process: for my posts, and for at least one of the cases. */
export function Choosing({ chosen, onChoose, onNone }: ChoosingProps) {
  const { t, say, me } = useFrame();
  const mine = new Set(me.posts.map(({ role }) => role));
  const offered = batchCommands.filter((command) =>
    casefileTable.rows[command].by.some((by) => typeof by !== 'string' && by.roles.some((role) => mine.has(role))),
  );
  const barred = offered.filter((command) => !fits(command, chosen));
  return (
    <section className="choosing" aria-label={t('选中的', 'What is chosen')}>
      <strong className="count" role="status">
        {t(`已选 ${chosen.length} 件`, `${chosen.length} chosen`)}
      </strong>
      {offered.map((command) => (
        <Button key={command} disabled={barred.includes(command)} onClick={() => onChoose(command)}>
          {say(casefileTable.rows[command].words)}
        </Button>
      ))}
      <Button type="text" onClick={onNone}>
        {t('不选了', 'Choose none')}
      </Button>
      {barred.length > 0 && (
        <small className="soft">
          {t('灰色的：选中的没有一件走到那一步', 'Grey: none of those chosen is at that step')}
          {offered.includes('merge') && chosen.length < 2 && t('；并案至少选两件', '; merging needs two')}
        </small>
      )}
    </section>
  );
}

/** As far as a line tells; the preview knows the rest. */
function fits(command: BatchCommand, chosen: readonly BoardLine[]): boolean {
  const { from, needs = [], unless = [] } = casefileTable.rows[command];
  if (chosen.length > MOST_AT_ONCE || (command === 'merge' && chosen.length < 2)) return false;
  return chosen.some(
    ({ status, flags }) =>
      from.includes(status) &&
      needs.every((flag) => flags.includes(flag)) &&
      !unless.some((flag) => flags.includes(flag)),
  );
}
