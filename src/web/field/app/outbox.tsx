import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { holdsBack } from '../../../domains/work/devices/lane.model.ts';
import { storable } from '../../../kernel/storable.ts';
import type { OutboxItem } from '../engine/contract.ts';
import { isLeft, isRefused } from '../engine/outbox.ts';
import { isReport } from '../engine/predict.ts';
import { Again } from './again.tsx';
import { calledOf, saidIn } from './called.ts';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';
import { wordsField } from './said.ts';
import { SendingState } from './sending.tsx';
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
            <Item item={item} isBehind={isBehindRefused(item, left)} />
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

/** It waits for what somebody has to see to. */
const isBehindRefused = ({ op, state }: OutboxItem, all: readonly OutboxItem[]): boolean =>
  (state.is === 'waiting' || state.is === 'sending') &&
  all
    .slice(
      0,
      all.findIndex((item) => item.op === op),
    )
    .some((item) => item.state.is === 'refused' && item.op.target === op.target && holdsBack(item.op.name));

function Item({ item, isBehind = false }: { item: OutboxItem; isBehind?: boolean }) {
  const { t, say, when } = useFrame();
  const { op, state, filesWaiting, filesRefused } = item;
  const canChange = state.is === 'waiting' || state.is === 'refused';
  const place = useRef<HTMLElement>(null);
  // Where a “refused” elsewhere leads to.
  useEffect(() => {
    if (location.hash === `#${op.commandId}`) place.current?.scrollIntoView();
  }, [op.commandId]);
  return (
    <article className="item" id={op.commandId} ref={place}>
      <div className="head">
        <strong>{say(calledOf(op))}</strong>
        <SendingState item={item} />
      </div>
      <p>{saidIn(op)}</p>
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
      {op.params.id !== undefined && op.name.startsWith('patrol.') && (
        <Link href={`/patrols/${op.params.id}`} className="button">
          {t('看这项巡查', 'Open the patrol')}
        </Link>
      )}
      {op.params.id !== undefined && op.name.startsWith('checkpoint.') && (
        <Link href={`/gates/${op.params.id}`} className="button">
          {t('看这个卡口', 'Open the checkpoint')}
        </Link>
      )}
      {isBehind && (
        <p className="near">
          {t(
            '前面那条被退回了，先处理那一条，这条就接着发。',
            'Waits for what was refused before it: see to that first.',
          )}
        </p>
      )}
      {state.is === 'refused' && isReport(op) ? <Again op={op} /> : canChange && <Change item={item} />}
      {state.is !== 'refused' && isRefused(item) && <DropFiles item={item} />}
    </article>
  );
}

/** Until it is sent its words can be put right, or all of it taken back; what was refused can be put right as well, or away. */
function Change({ item: { op, state } }: { item: OutboxItem }) {
  const { t } = useFrame();
  const { engine } = useWork();
  const isBack = state.is === 'refused';
  const field = wordsField(op);
  const [words, setWords] = useState<string | null>(null);
  const [isAsked, setAsked] = useState(false);
  const [tooLate, setTooLate] = useState(false);
  const tell = (done: boolean): void => {
    setTooLate(!done);
    setWords(null);
    setAsked(false);
  };
  const keep = async (said: string): Promise<void> => {
    const body = { ...op.body, [field ?? 'words']: said };
    tell(await (isBack ? engine.again(op.commandId, body) : engine.change(op.commandId, body)));
    if (isBack) void engine.sync();
  };
  return (
    <>
      {words !== null && (
        <>
          <label htmlFor={`words-${op.commandId}`}>{t('改成', 'Change to')}</label>
          <textarea
            id={`words-${op.commandId}`}
            maxLength={MOST_SIGNS[op.name] ?? 2000}
            value={words}
            onChange={({ target }) => setWords(storable(target.value))}
          />
        </>
      )}
      <div className="row">
        {words !== null ? (
          <button type="button" disabled={words.trim() === ''} onClick={() => void keep(words.trim())}>
            {isBack ? t('改好再发', 'Send it again') : t('存下改动', 'Keep the change')}
          </button>
        ) : (
          field !== null && (
            <button type="button" onClick={() => setWords(String(op.body[field]))}>
              {t('修改', 'Change')}
            </button>
          )
        )}
        {isBack ? (
          <button type="button" onClick={() => void engine.dismiss(op.commandId)}>
            {t('知道了，收起', 'I see, put it away')}
          </button>
        ) : (
          <button
            type="button"
            className="danger"
            onClick={() => (isAsked ? void engine.withdraw(op.commandId).then(tell) : setAsked(true))}
          >
            {isAsked ? t('确定撤回，不发了', 'Yes, take it back') : t('撤回', 'Take back')}
          </button>
        )}
      </div>
      {tooLate && <Note tone="near" title={t('已经发出去了，改不了', 'It is on its way already')} />}
    </>
  );
}

/** As many as the server takes there; of the others 2,000. */
const MOST_SIGNS: Readonly<Record<string, number>> = {
  'patrol.tick': 200,
  'checkpoint.take_back': 120,
  'inspection.find': 1000,
};

/** Of what is at the server, with files that it would not have. */
function DropFiles({ item: { op, filesRefused } }: { item: OutboxItem }) {
  const { t } = useFrame();
  const { engine } = useWork();
  return (
    <button type="button" onClick={() => void engine.dismiss(op.commandId)}>
      {filesRefused.some(({ isVoice }) => isVoice)
        ? t('知道了，删掉被退回的附件', 'I see, drop what was refused')
        : t('知道了，删掉被退回的照片', 'I see, drop the refused photo')}
    </button>
  );
}
