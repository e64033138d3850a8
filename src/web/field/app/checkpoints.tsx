import { useState } from 'react';
import { Link } from 'wouter';
import { asked, askedWords, checkpointKindWords, modeWords } from '../../../domains/work/checkpoints/kind.model.ts';
import { storable } from '../../../kernel/storable.ts';
import type { Words } from '../../../kernel/words.ts';
import { newCommandId } from '../../api/call.ts';
import type { GateBody } from '../engine/checkpoint.ts';
import type { Held, OutboxItem } from '../engine/contract.ts';
import { recordOf } from '../engine/outbox.ts';
import { calledOf } from './called.ts';
import { useFrame } from './frame.tsx';
import { type GateNow, type GateShift, gateNow, gateRuleAt } from './gate.now.ts';
import { KeepFault, Note } from './note.tsx';
import { type Passage, PassageForm } from './passage_form.tsx';
import { Passages } from './passages.tsx';
import { useNames } from './scope.ts';
import { useOne, useOutbox, useWork } from './work.tsx';

/** Gates in today's list: those at which one stands today, the others below. */
export function GatesDue({ gates }: { gates: readonly Held<GateBody>[] }) {
  const { t, now } = useFrame();
  const lines = gates.map((held) => ({ held, state: gateNow(held.body, now) }));
  const [mine, others] = [lines.filter(({ state }) => state.isMine), lines.filter(({ state }) => !state.isMine)];
  return (
    <>
      <GateList lines={mine} />
      {others.length > 0 && (
        <details>
          <summary>
            {t(`今天没有我的班的卡口 ${others.length} 个`, `${others.length} gates without a shift of mine`)}
          </summary>
          <GateList lines={others} />
        </details>
      )}
    </>
  );
}

interface Line {
  readonly held: Held<GateBody>;
  readonly state: GateNow;
}

function GateList({ lines }: { lines: readonly Line[] }) {
  const { t } = useFrame();
  const names = useNames();
  return (
    <ul className="list">
      {lines.map(({ held: { id, body }, state }) => (
        <li key={id}>
          <Link href={`/gates/${id}`} className="line">
            <div className="head">
              <strong>{t(`卡口：${body.name}`, `Checkpoint: ${body.name}`)}</strong>
              <ModeMark state={state} />
            </div>
            <p className="soft number">
              {[
                names.place(body.areaId),
                t(
                  `今天过 ${state.passed}，劝返 ${state.refused}`,
                  `${state.passed} passed, ${state.refused} turned back`,
                ),
              ].join(' · ')}
            </p>
            <p>
              {state.toTake.length > 0 && <span className="tag near">{t('该接班了', 'shift to take up')}</span>}
              <CleanSaid state={state} />
            </p>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function ModeMark({ state: { rule } }: { state: GateNow }) {
  const { say } = useFrame();
  if (rule === null) return null;
  return rule.mode === 'emergency' ? (
    <span className="late">▲ {say(modeWords.emergency)}</span>
  ) : (
    <span className="settled">● {say(modeWords.normal)}</span>
  );
}

function CleanSaid({ state: { cleanBy } }: { state: GateNow }) {
  const { t, now, when } = useFrame();
  if (cleanBy === null) return null;
  const at = when(cleanBy.toISOString());
  return now < cleanBy ? (
    <span className="soft number">{t(`${at} 前消杀`, `to be disinfected by ${at}`)}</span>
  ) : (
    <span className="near number">▲ {t(`该消杀了（${at}）`, `disinfection was due ${at}`)}</span>
  );
}

/** One gate: what holds now, the shift, who passes. Nothing of it needs a network. */
export function GateScreen({ params: { id } }: { params: { id: string } }) {
  const { t, say, now } = useFrame();
  const { engine } = useWork();
  const held = useOne<GateBody>('checkpoint', id);
  const outbox = (useOutbox() ?? []).filter(({ op }) => recordOf(op) === id);
  if (held === undefined) return null;
  const refused = outbox.filter(({ state }) => state.is === 'refused');
  if (held === null)
    return (
      <>
        <Refusals gate={null} items={refused} />
        <Note tone="near" title={t('这个卡口不在手机里了', 'This checkpoint is not on the phone any more')}>
          <p>
            {t(
              '它可能已经撤了，或者您不在这里值守了。没发出的仍在“我的”里。',
              'It may be taken down, or you stand there no more. What is unsent is still under Mine.',
            )}
          </p>
        </Note>
      </>
    );
  const { body: gate } = held;
  const state = gateNow(gate, now);
  const give = async (name: string, body: object): Promise<void> => {
    const said = { ...body };
    await engine.submit({
      name: `checkpoint.${name}`,
      params: { id },
      target: id,
      urgent: false,
      files: [],
      body: said,
    });
    void engine.sync();
  };
  return (
    <>
      <p>
        <Link href="/">← {t('回今日', 'Back to today')}</Link>
      </p>
      <header>
        <h1>{gate.name}</h1>
        <p className="soft">
          {say(checkpointKindWords[gate.kind])} ·{' '}
          {gate.opens === gate.closes ? t('全天', 'round the clock') : `${gate.opens}–${gate.closes}`}
        </p>
      </header>
      <RuleSaid state={state} />
      <Refusals gate={gate} items={refused} />
      <TakeUp shifts={state.toTake} onGive={(shiftId, open) => give('take_up', { shiftId, open })} />
      {state.onDuty.length === 0 || state.rule === null ? (
        <Note tone="near" title={t('没人在岗', 'Nobody is on duty')}>
          <p>{t('先接班，再登记。', 'Take up the shift first, then write down.')}</p>
        </Note>
      ) : (
        <section>
          <h2>{t('登记通行', 'Who passes')}</h2>
          <p className="soft">
            {t('在岗：', 'On duty: ')}
            {state.onDuty.map(({ name }) => name).join(t('、', ', '))} ·{' '}
            <span className="number">
              {t(
                `今天过 ${state.passed}，劝返 ${state.refused}`,
                `${state.passed} passed, ${state.refused} turned back`,
              )}
            </span>
          </p>
          <PassageForm
            rule={state.rule.rule}
            onGive={(passage) => give('pass', { passageId: newCommandId(), ...passage })}
          />
          <Cleaning state={state} onGive={() => give('disinfect', {})} />
        </section>
      )}
      <Passages
        gate={gate}
        outbox={outbox}
        onTakeBack={(passageId, reason) => give('take_back', { passageId, reason })}
      />
      <p className="soft">
        {t(
          '登记的内容在手机里加密，发出后就从手机上删掉，只留人数。',
          'What people are asked is kept sealed on the phone and removed when it is sent; how many stays.',
        )}
      </p>
    </>
  );
}

function RuleSaid({ state }: { state: GateNow }) {
  const { t, say, language } = useFrame();
  if (state.rule === null) return null;
  const { pass, asks, purpose, keepDays } = state.rule.rule;
  return (
    <div className="place">
      <p>
        <ModeMark state={state} />
      </p>
      <p>
        <strong>{language === 'en' && pass.en !== '' ? pass.en : pass.zh}</strong>
      </p>
      <p className="soft">
        {asks.length === 0
          ? t('不登记，只数人数、车数', 'people and vehicles are counted, nothing is asked')
          : t(
              `登记${asks.map((one) => askedWords[one].zh).join('、')}：${purpose}，存 ${keepDays} 天`,
              `asked: ${asks.map((one) => say(askedWords[one])).join(', ')}; ${purpose}; kept ${keepDays} days`,
            )}
      </p>
    </div>
  );
}

interface TakeUpProps {
  readonly shifts: readonly GateShift[];
  readonly onGive: (shiftId: string, open: string) => Promise<unknown>;
}

/** Signed by the one who comes, with what those before left open. */
function TakeUp({ shifts, onGive }: TakeUpProps) {
  const { t, when } = useFrame();
  const [left, setLeft] = useState('');
  const [fault, setFault] = useState<unknown>(null);
  if (shifts.length === 0) return null;
  return (
    <section>
      <h2>{t('接班', 'Take up a shift')}</h2>
      <label htmlFor="left">
        {t('上一班没办完的事', 'What those before left open')} <span className="soft">{t('没有就空着', 'if any')}</span>
      </label>
      <input id="left" maxLength={200} value={left} onChange={({ target }) => setLeft(storable(target.value))} />
      {shifts.map(({ id, name, from, to }) => (
        <button
          key={id}
          type="button"
          className="primary"
          onClick={() => onGive(id, left.trim()).then(() => setLeft(''), setFault)}
        >
          {t(`${name}接班，${when(from)} 到 ${when(to)}`, `${name}: ${when(from)} to ${when(to)}`)}
        </button>
      ))}
      <KeepFault error={fault} />
    </section>
  );
}

function Cleaning({ state, onGive }: { state: GateNow; onGive: () => Promise<unknown> }) {
  const { t } = useFrame();
  const [fault, setFault] = useState<unknown>(null);
  return (
    <>
      <p>
        <CleanSaid state={state} />
      </p>
      <div className="row">
        <button type="button" onClick={() => onGive().catch(setFault)}>
          {t('刚消杀过', 'Just disinfected')}
        </button>
      </div>
      <KeepFault error={fault} />
    </>
  );
}

/** The server names a field as a program would. */
const named = (detail: string, say: (words: Words) => string): string =>
  asked.reduce((told, one) => told.replaceAll(`values.${one}: `, `${say(askedWords[one])}：`), detail);

interface RefusalsProps {
  /** Null: not on the phone any more. */
  readonly gate: GateBody | null;
  readonly items: readonly OutboxItem[];
}

/** What the server would not take and why. A passage is put right here, by the rule that was in force when it happened. */
function Refusals({ gate, items }: RefusalsProps) {
  const { t, say, when } = useFrame();
  const { engine } = useWork();
  return items.map(({ op, state }) => {
    if (state.is !== 'refused') return null;
    const rule = gate && op.name === 'checkpoint.pass' ? gateRuleAt(gate, new Date(op.occurredAt)) : null;
    const isMendable = rule !== null && state.code === 'checkpoint.wrong_passage';
    const again = async (passage: Passage): Promise<void> => {
      await engine.again(op.commandId, { ...op.body, ...passage });
      void engine.sync();
    };
    return (
      <Note key={op.commandId} tone="late" title={`${say(calledOf(op))}：${state.title}`}>
        <p className="number">{when(op.occurredAt)}</p>
        <p>{named(state.detail, say)}</p>
        {isMendable && (
          <details>
            <summary>{t('改好再发', 'Put it right')}</summary>
            <PassageForm rule={rule.rule} from={op.body as unknown as Passage} onGive={again} />
          </details>
        )}
        <button type="button" onClick={() => void engine.dismiss(op.commandId)}>
          {t('知道了，收起', 'I see, put it away')}
        </button>
      </Note>
    );
  });
}
