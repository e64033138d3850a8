import { useState } from 'react';
import { Link } from 'wouter';
import type { OutboxItem } from '../engine/contract.ts';
import { isLeft, isRefused } from '../engine/outbox.ts';
import { isReport } from '../engine/predict.ts';
import { Again } from './again.tsx';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';
import { summaryOf, titleOf } from './said.ts';
import { useOutbox, useWork } from './work.tsx';

/** Everything that was said on this phone and is not done with: where it is, why not, and what can still be done. */
export function Outbox() {
  const { t } = useFrame();
  const items = useOutbox();
  if (!items) return null;
  const left = items.filter(isLeft);
  const sent = items.filter((item) => !left.includes(item));
  return (
    <section>
      <h2>{t('没发完的', 'Not sent yet')}</h2>
      {left.length === 0 && <p className="soft">{t('都发出去了。', 'Everything is sent.')}</p>}
      <ul className="list">
        {left.map((item) => (
          <li key={item.op.commandId}>
            <Item item={item} />
          </li>
        ))}
      </ul>
      {sent.length > 0 && (
        <details>
          <summary>{t(`已发出 ${sent.length} 条`, `${sent.length} sent`)}</summary>
          <ul className="list">
            {sent.map((item) => (
              <li key={item.op.commandId}>
                <Item item={item} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Item({ item }: { item: OutboxItem }) {
  const { t, say, when } = useFrame();
  const { op, state, filesWaiting, filesRefused } = item;
  return (
    <article className="item">
      <div className="head">
        <strong>{say(titleOf(op))}</strong>
        <SendingState item={item} />
      </div>
      <p>{summaryOf(op)}</p>
      <p className="soft">
        <small className="number">
          {when(op.occurredAt)}
          {op.files.length > 0 && ` · ${t(`附件 ${op.files.length} 个`, `${op.files.length} attached`)}`}
          {filesWaiting > 0 && `，${t(`还有 ${filesWaiting} 个没传`, `${filesWaiting} still to send`)}`}
        </small>
      </p>
      {state.is === 'refused' && (
        <Note tone="late" title={state.title}>
          <p>{state.detail}</p>
          <small className="code soft">{state.code}</small>
        </Note>
      )}
      {filesRefused.map(({ sha256, isVoice, code, title, detail }) => (
        <Note
          key={sha256}
          tone="late"
          title={
            isVoice
              ? t(`服务器不收这段录音：${title}`, `A recording was refused: ${title}`)
              : t(`服务器不收这张照片：${title}`, `A photo was refused: ${title}`)
          }
        >
          <p>{detail}</p>
          <small className="code soft">{code}</small>
        </Note>
      ))}
      {op.params.id !== undefined && op.name.startsWith('casefile.') && (
        <Link href={`/cases/${op.params.id}`} className="button">
          {t('看案卷', 'Open the case')}
        </Link>
      )}
      {state.is === 'waiting' && <Change item={item} />}
      {isRefused(item) && (isReport(op) && state.is === 'refused' ? <Again op={op} /> : <PutAway item={item} />)}
    </article>
  );
}

/** Shape, word and colour: waiting, on its way, there, refused. */
export function SendingState({ item: { state, filesWaiting, filesRefused } }: { item: OutboxItem }) {
  const { t } = useFrame();
  if (state.is === 'waiting') return <span className="near">○ {t('待发', 'waiting')}</span>;
  if (state.is === 'sending') return <span className="near">◐ {t('发送中', 'sending')}</span>;
  if (state.is === 'refused') return <span className="late">✕ {t('被退回', 'refused')}</span>;
  if (filesRefused.length > 0) return <span className="late">✕ {t('附件被退回', 'attachment refused')}</span>;
  if (filesWaiting > 0) return <span className="near">◐ {t('附件待传', 'attachments to send')}</span>;
  return <span className="settled">● {t('已发出', 'sent')}</span>;
}

/** Until it is sent its words can be put right, or all of it taken back. */
function Change({ item: { op } }: { item: OutboxItem }) {
  const { t } = useFrame();
  const { engine } = useWork();
  const before = typeof op.body.words === 'string' ? op.body.words : null;
  const [words, setWords] = useState<string | null>(null);
  const [isAsked, setAsked] = useState(false);
  const [tooLate, setTooLate] = useState(false);
  const tell = (done: boolean): void => {
    setTooLate(!done);
    setWords(null);
    setAsked(false);
  };
  return (
    <>
      {words !== null && (
        <>
          <label htmlFor={`words-${op.commandId}`}>{t('改成', 'Change to')}</label>
          <textarea
            id={`words-${op.commandId}`}
            maxLength={2000}
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
        </>
      )}
      <div className="row">
        {words !== null ? (
          <button
            type="button"
            disabled={words.trim() === ''}
            onClick={() => void engine.change(op.commandId, { ...op.body, words: words.trim() }).then(tell)}
          >
            {t('存下改动', 'Keep the change')}
          </button>
        ) : (
          before !== null && (
            <button type="button" onClick={() => setWords(before)}>
              {t('修改', 'Change')}
            </button>
          )
        )}
        <button
          type="button"
          className="danger"
          onClick={() => (isAsked ? void engine.withdraw(op.commandId).then(tell) : setAsked(true))}
        >
          {isAsked ? t('确定撤回，不发了', 'Yes, take it back') : t('撤回', 'Take back')}
        </button>
      </div>
      {tooLate && <Note tone="near" title={t('已经发出去了，改不了', 'It is on its way already')} />}
    </>
  );
}

function PutAway({ item: { op, state, filesRefused } }: { item: OutboxItem }) {
  const { t } = useFrame();
  const { engine } = useWork();
  return (
    <button type="button" onClick={() => void engine.dismiss(op.commandId)}>
      {state.is === 'refused'
        ? t('知道了，收起', 'I see, put it away')
        : filesRefused.some(({ isVoice }) => isVoice)
          ? t('知道了，删掉被退回的附件', 'I see, drop what was refused')
          : t('知道了，删掉被退回的照片', 'I see, drop the refused photo')}
    </button>
  );
}
