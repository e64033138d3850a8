import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { z } from 'zod';
import { statuses } from '../../../domains/work/casefiles/casefile.model.ts';
import type { hintsView } from '../../../domains/work/duplicates/draft.model.ts';
import { post } from '../../api/call.ts';
import type { Wire } from '../../api/wire.ts';
import { useFrame } from './frame.tsx';
import { type Draft, draftOfReport } from './use_report.ts';
import { useSettled } from './use_settled.ts';

type Hints = Wire<z.output<typeof hintsView>>;
type AlikeHint = Hints['alike'][number];
/** The earlier case that what is being written down turns out to be. */
export type Joined = AlikeHint['line'];

/** Asked when the typing pauses; of what is confidential nothing is asked. */
export function useHints(draft: Draft | undefined): { hints: Hints | undefined; isAsking: boolean } {
  const asked = useSettled(JSON.stringify(draft && !draft.confidential ? draftOfReport(draft) : null), 500);
  const { data, isFetching } = useQuery({
    queryKey: ['hints', asked],
    enabled: asked !== 'null',
    retry: false,
    placeholderData: (before: Hints | undefined) => before,
    queryFn: () => post<Hints>('/api/casefiles/hints', JSON.parse(asked) as object),
  });
  return { hints: asked === 'null' ? undefined : data, isAsking: isFetching };
}

interface IntakeHintsProps {
  readonly hints: Hints | undefined;
  readonly isAsking: boolean;
  readonly draft: Draft | undefined;
  readonly joined: Joined | null;
  readonly onJoin: (line: Joined | null) => void;
}

/** While somebody speaks: what may be the same matter, and who would answer for it. */
export function IntakeHints({ hints, isAsking, draft, joined, onJoin }: IntakeHintsProps) {
  const { t } = useFrame();
  return (
    <aside id="hints" className="beside hints" tabIndex={-1} aria-label={t('提示', 'Hints')} aria-busy={isAsking}>
      <section>
        <h2>{t('可能已经有人报过', 'Perhaps reported already')}</h2>
        {draft?.confidential && (
          <p className="soft">{t('保密的不拿来比。', 'What is confidential is compared with nothing.')}</p>
        )}
        {!draft?.confidential && !hints && (
          <p className="soft">
            {t(
              '写下说了什么、在哪个网格，这里会提示可能重复的案卷和责任单位。',
              'Write what was said and in which grid: cases it may repeat and the body in charge appear here.',
            )}
          </p>
        )}
        {hints?.alike.length === 0 && <p className="soft">{t('没有发现相像的。', 'Nothing like it was found.')}</p>}
        {hints?.alike.map((alike) => (
          <AlikeCard key={alike.id} alike={alike} isJoined={alike.id === joined?.id} onJoin={onJoin} />
        ))}
      </section>
      {hints && hints.bodies.length > 0 && <Bodies bodies={hints.bodies} />}
    </aside>
  );
}

interface AlikeCardProps {
  readonly alike: AlikeHint;
  readonly isJoined: boolean;
  readonly onJoin: (line: Joined | null) => void;
}

function AlikeCard({ alike: { line, reasons, mayJoin, whyNot }, isJoined, onJoin }: AlikeCardProps) {
  const { t, say, when } = useFrame();
  return (
    <div className="alike">
      {/* In a window of its own: what is being written must stay in sight. */}
      <a href={`/console/cases/${line.id}`} target="_blank" rel="noreferrer">
        {say(line.title)}
      </a>
      <p className="soft small">
        <span className="code">{line.number}</span> · {say(statuses[line.status])} ·{' '}
        <span className="number">{when(line.reportedAt)}</span>
      </p>
      <p className="small">{reasons.map(say).join(t('，', ', '))}</p>
      {mayJoin ? (
        <Button size="small" aria-pressed={isJoined} onClick={() => onJoin(isJoined ? null : line)}>
          {isJoined ? t('✓ 登记后并入这一件', '✓ joins this one') : t('就是这一件', 'It is this one')}
        </Button>
      ) : (
        <p className="soft small">
          {t('不能直接并入：', 'Cannot be joined here: ')}
          {whyNot && say(whyNot)}
        </p>
      )}
    </div>
  );
}

function Bodies({ bodies }: { bodies: Hints['bodies'] }) {
  const { t, say } = useFrame();
  return (
    <section>
      <h2>{t('可能归谁办', 'Who may answer for it')}</h2>
      {bodies.map(({ typeCode, type, bodyName, because }) => (
        <div key={typeCode} className="alike">
          <strong>{bodyName ?? t('由乡镇（街道）先接', 'the township takes it first')}</strong>
          <p className="small">
            {t('如果是', 'If it is: ')}
            {say(type)}
          </p>
          <p className="soft small">{because.map(say).join(t('；', '; '))}</p>
        </div>
      ))}
    </section>
  );
}

/** On a telephone the hints stand below: whoever is about to save is told of them. */
export function HintsNote({ count }: { count: number }) {
  const { t } = useFrame();
  return (
    <p className="near">
      <a href="#hints">
        {t(
          `可能已经有人报过（${count} 件），先看一眼提示`,
          `Perhaps reported already (${count}): look at the hints first`,
        )}
      </a>
    </p>
  );
}

/** Said where the report is saved: what will happen with it besides. */
export function JoinNote({ joined, onLeave }: { joined: Joined; onLeave: () => void }) {
  const { t, say } = useFrame();
  return (
    <p>
      {t(
        `登记后并入 ${joined.number}“${joined.title.zh}”。报事人有自己的查询码，进展照样告诉。`,
        `It will be merged into ${joined.number}, “${say(joined.title)}”. They get a code of their own and hear as others do.`,
      )}{' '}
      <Button size="small" onClick={onLeave}>
        {t('不并了', 'Do not merge')}
      </Button>
    </p>
  );
}
