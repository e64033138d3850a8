import { useState } from 'react';
import { MOST_WHY, travellerWords } from '../../../domains/work/checkpoints/passage.model.ts';
import { storable } from '../../../kernel/storable.ts';
import type { GateBody, PassageLine } from '../engine/checkpoint.ts';
import type { OutboxItem } from '../engine/contract.ts';
import { isLeft } from '../engine/outbox.ts';
import { useFrame } from './frame.tsx';
import { canTakeBack } from './gate.now.ts';
import { KeepFault } from './note.tsx';
import { SendingLink } from './sending.tsx';

interface LogProps {
  readonly gate: GateBody;
  readonly outbox: readonly OutboxItem[];
  readonly onTakeBack: (passageId: string, reason: string) => Promise<unknown>;
}

/** What was written down lately, the newest first: how many, not who. What was wrong is struck through and stays. */
export function Passages({ gate: { lately }, outbox, onTakeBack }: LogProps) {
  const { t } = useFrame();
  const [open, setOpen] = useState<string | null>(null);
  if (lately.length === 0) return null;
  return (
    <section>
      <h2>{t('刚登记的', 'Written down lately')}</h2>
      <ul className="list">
        {lately.map((line) => (
          <li key={line.id}>
            <PassageItem
              line={line}
              item={outbox.findLast(({ op }) => op.body.passageId === line.id)}
              isOpen={open === line.id}
              onOpen={(is) => setOpen(is ? line.id : null)}
              onTakeBack={onTakeBack}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ItemProps extends Pick<LogProps, 'onTakeBack'> {
  readonly line: PassageLine;
  readonly item: OutboxItem | undefined;
  readonly isOpen: boolean;
  readonly onOpen: (is: boolean) => void;
}

function PassageItem({ line, item, isOpen, onOpen, onTakeBack }: ItemProps) {
  const { t, say, when, now } = useFrame();
  const { id, at, traveller, count, passed, reason, by, takenBack } = line;
  const said = `${say(travellerWords[traveller])} ${count}`;
  const isBack = takenBack !== null;
  return (
    <article className="item">
      <div className="head">
        {isBack ? <s className="soft">{said}</s> : <strong>{said}</strong>}
        {isBack ? (
          <span className="soft">– {t('已撤，不算数', 'taken back')}</span>
        ) : passed ? (
          <span className="settled">● {t('放行', 'passed')}</span>
        ) : (
          <span className="near">▲ {t('劝返', 'turned back')}</span>
        )}
      </div>
      <p className="soft number">
        {[when(at), reason, by].filter(Boolean).join(' · ')} {item && isLeft(item) && <SendingLink item={item} />}
      </p>
      {isBack && <p>{t(`为什么撤：${takenBack}`, `why: ${takenBack}`)}</p>}
      {canTakeBack(line, now) &&
        (isOpen ? (
          <TakeBack id={id} onGive={onTakeBack} onDone={() => onOpen(false)} />
        ) : (
          <button type="button" className="plain" onClick={() => onOpen(true)}>
            {t('登记错了', 'This is wrong')}
          </button>
        ))}
    </article>
  );
}

interface TakeBackProps {
  readonly id: string;
  readonly onGive: LogProps['onTakeBack'];
  readonly onDone: () => void;
}

function TakeBack({ id, onGive, onDone }: TakeBackProps) {
  const { t } = useFrame();
  const [why, setWhy] = useState('');
  const [fault, setFault] = useState<unknown>(null);
  const field = `why-${id}`;
  return (
    <>
      <label htmlFor={field}>{t('错在哪里', 'What was wrong')}</label>
      <input id={field} maxLength={MOST_WHY} value={why} onChange={({ target }) => setWhy(storable(target.value))} />
      <p className="soft">{t('撤了不算数，记录和原因都留着。', 'It counts no more; it stays, with the reason.')}</p>
      <div className="row">
        <button
          type="button"
          className="danger"
          disabled={why.trim().length < 2}
          onClick={() => onGive(id, why.trim()).then(onDone, setFault)}
        >
          {t('撤掉这一笔', 'Take it back')}
        </button>
        <button type="button" className="plain" onClick={onDone}>
          {t('先不撤', 'Not now')}
        </button>
      </div>
      <KeepFault error={fault} />
    </>
  );
}
