import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import type { Words } from '../../../kernel/words.ts';
import { type BatchItem, type BatchState, countOf } from './batch.ts';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import type { Batch } from './use_batch.ts';

const stateWords: Readonly<Record<BatchState, Words & { tone: string }>> = {
  waiting: { zh: '… 等着', en: '… waits', tone: 'soft' },
  running: { zh: '▸ 正在办', en: '▸ under way', tone: '' },
  done: { zh: '✓ 已办', en: '✓ done', tone: 'settled' },
  refused: { zh: '✕ 没有办：', en: '✕ refused: ', tone: 'late' },
  unsent: {
    zh: '○ 没有发出，网络不通；再试不会重复',
    en: '○ not sent, no connection; trying again counts once',
    tone: 'near',
  },
  left: { zh: '– 停下了，没有办', en: '– stopped before its turn', tone: 'soft' },
};

/** Each with its own verdict as it comes; what is under way is finished, what has not begun can be stopped. */
export function BatchProgress({ batch, words, onEnd }: { batch: Batch; words: string; onEnd: () => void }) {
  const { t } = useFrame();
  const { items, isRunning, error } = batch;
  const open = countOf(items, 'waiting') + countOf(items, 'running');
  const unsent = countOf(items, 'unsent');
  const last = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (!isRunning) last.current?.focus();
  }, [isRunning]);
  return (
    <>
      <progress max={items.length} value={items.length - open} aria-label={words} />
      <p ref={last} role="status" tabIndex={-1}>
        {tally(items, t)}
      </p>
      <FaultBox error={error} />
      <div className="acts">
        {isRunning && <Button onClick={batch.cancel}>{t('停下后面的', 'Stop what has not begun')}</Button>}
        {!isRunning && unsent > 0 && (
          <Button type="primary" onClick={batch.retry}>
            {t(`再试没有发出的 ${unsent} 件`, `Try the ${unsent} that were not sent`)}
          </Button>
        )}
        {!isRunning && <Button onClick={onEnd}>{t('好了', 'Close')}</Button>}
      </div>
      <ul>
        {items.map((item) => (
          <Line key={item.id} item={item} />
        ))}
      </ul>
    </>
  );
}

function tally(items: readonly BatchItem[], t: (zh: string, en: string) => string): string {
  const [done, refused, unsent, left] = (['done', 'refused', 'unsent', 'left'] as const).map((state) =>
    countOf(items, state),
  );
  return [
    t(`共 ${items.length} 件：已办 ${done}`, `${items.length} in all: ${done} done`),
    ...(refused ? [t(`没有办 ${refused}`, `${refused} refused`)] : []),
    ...(unsent ? [t(`没有发出 ${unsent}`, `${unsent} not sent`)] : []),
    ...(left ? [t(`停下 ${left}`, `${left} stopped`)] : []),
  ].join(t('，', ', '));
}

function Line({ item: { number, title, state, says } }: { item: BatchItem }) {
  const { say } = useFrame();
  const words = stateWords[state];
  return (
    <li>
      <span>
        {title} <small className="soft code">{number}</small>
      </span>
      <span className={words.tone}>
        {say(words)}
        {says}
      </span>
    </li>
  );
}
