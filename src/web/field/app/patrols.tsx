import { useState } from 'react';
import { Link } from 'wouter';
import { kindWords } from '../../../domains/work/patrols/kind.model.ts';
import {
  judgeCode,
  judgePosition,
  judgeTick,
  readCode,
  type Verdict,
  verdictWords,
} from '../../../domains/work/patrols/tick.model.ts';
import { storable } from '../../../kernel/storable.ts';
import { newCommandId } from '../../api/call.ts';
import type { Held, OutboxItem } from '../engine/contract.ts';
import { isLeft, recordOf } from '../engine/outbox.ts';
import type { PatrolBody, SpotBody, TickBody } from '../engine/patrol.ts';
import { calledOf } from './called.ts';
import { useFrame } from './frame.tsx';
import { KeepFault, Note } from './note.tsx';
import { type PatrolNow, patrolNow, urgency } from './patrol.due.ts';
import { useNames } from './scope.ts';
import { SendingLink } from './sending.tsx';
import { useFix } from './use_fix.ts';
import { useOne, useOutbox, useWork } from './work.tsx';

/** Patrols in today's list: what is under way or due now, and what comes next. */
export function PatrolsDue({ patrols }: { patrols: readonly Held<PatrolBody>[] }) {
  const { now, zone } = useFrame();
  const lines = patrols
    .map((held) => ({ held, state: patrolNow(held.body, now, zone) }))
    .toSorted(
      (a, b) => urgency(a.state) - urgency(b.state) || a.held.body.title.localeCompare(b.held.body.title, 'zh'),
    );
  return (
    <ul className="list">
      {lines.map(({ held, state }) => (
        <li key={held.id}>
          <PatrolLine held={held} state={state} />
        </li>
      ))}
    </ul>
  );
}

function PatrolLine({ held: { id, body, leaving }, state }: { held: Held<PatrolBody>; state: PatrolNow }) {
  const { t } = useFrame();
  const names = useNames();
  const isWanted = state.isOn && state.left.length > 0;
  return (
    <Link href={`/patrols/${id}`} className="line">
      <div className="head">
        <strong>{t(`巡查：${body.title}`, `Patrol: ${body.title}`)}</strong>
        {isWanted && (
          <span className="time number near">
            <span aria-hidden="true">◐ </span>
            {t(`还差 ${state.left.length} 个点`, `${state.left.length} places left`)}
          </span>
        )}
      </div>
      <p className="soft number">
        <RoundSaid state={state} />
        {' · '}
        {names.place(body.areaId)}
      </p>
      <p>
        {state.walk && <span className="tag near">{t('巡查中', 'under way')}</span>}
        {leaving && <span className="tag near">{t('交接中', 'handing over')}</span>}
      </p>
    </Link>
  );
}

function RoundSaid({ state: { round, isOn, left, unchecked } }: { state: PatrolNow }) {
  const { t, when } = useFrame();
  if (round === null) return t('最近不用巡', 'nothing due soon');
  const [from, to] = [when(new Date(round.start).toISOString()), when(new Date(round.end).toISOString())];
  if (!isOn) return t(`下一轮 ${from} 起`, `next round from ${from}`);
  if (left.length === 0 && unchecked.length > 0)
    return t(
      `这一轮都打过点，${unchecked.length} 个点位码待核，到 ${to}`,
      `this round: ${unchecked.length} numbers to be checked, until ${to}`,
    );
  return left.length === 0
    ? t(`这一轮已巡全，到 ${to}`, `this round is whole, until ${to}`)
    : t(`这一轮到 ${to}`, `this round until ${to}`);
}

/** One patrol: its places, and while one walks, ticking them. Nothing of it needs a network. */
export function PatrolScreen({ params: { id } }: { params: { id: string } }) {
  const { t, now, zone, say } = useFrame();
  const held = useOne<PatrolBody>('patrol', id);
  if (held === undefined) return null;
  if (held === null)
    return (
      <Note tone="near" title={t('这项巡查不在手机里了', 'This patrol is not on the phone any more')}>
        <p>
          {t(
            '它可能已经结束，或改由别人去。没发出的仍在“我的”里。',
            'It may be over, or somebody else walks it now. What is unsent is still under Mine.',
          )}
        </p>
      </Note>
    );
  const { body } = held;
  const state = patrolNow(body, now, zone);
  return (
    <>
      <p>
        <Link href="/">← {t('回今日', 'Back to today')}</Link>
      </p>
      <header>
        <h1>{body.title}</h1>
        <p className="soft">
          {say(kindWords[body.kind])} · <RoundSaid state={state} />
        </p>
      </header>
      <Refusals id={id} />
      <Walking id={id} body={body} state={state} />
      <Spots id={id} body={body} state={state} />
      <p className="soft">
        {t(
          `只在您按“打点”时记一次位置，别人看不到，${body.positionDays} 天后自动删；到没到、离点多远会留着。`,
          `A position is taken only when you tick, seen by nobody else, and removed after ${body.positionDays} days; whether you were there stays.`,
        )}
      </p>
    </>
  );
}

/** What the server would not take, and the way to where that is put right. */
function Refusals({ id }: { id: string }) {
  const { t, say } = useFrame();
  const refused = (useOutbox() ?? []).filter(({ op, state }) => state.is === 'refused' && recordOf(op) === id);
  return refused.map(({ op, state }) => (
    <Note key={op.commandId} tone="late" title={`${say(calledOf(op))}：${state.is === 'refused' ? state.title : ''}`}>
      <p>{state.is === 'refused' && state.detail}</p>
      <Link href={`/mine#${op.commandId}`} className="button">
        {t('去改或收起', 'Put it right or away')}
      </Link>
    </Note>
  ));
}

function Walking({ id, body, state: { walk } }: { id: string; body: PatrolBody; state: PatrolNow }) {
  const { t, when } = useFrame();
  const { engine } = useWork();
  const [fault, setFault] = useState<unknown>(null);
  const [isAsked, setAsked] = useState(false);
  const reached = body.places.filter((spot) => walk && isSince(spot.lastAt ?? spot.codeAt, walk.startedAt)).length;
  const left = body.places.length - reached;
  const give = (name: 'patrol.start' | 'patrol.end', patrolId: string): void => {
    setFault(null);
    setAsked(false);
    engine
      .submit({ name, params: { id }, target: patrolId, urgent: false, files: [], body: { patrolId } })
      .then(() => void engine.sync())
      .catch(setFault);
  };
  return (
    <>
      <KeepFault error={fault} />
      {walk === null ? (
        <button type="button" className="primary" onClick={() => give('patrol.start', newCommandId())}>
          {t('开始巡查', 'Start the patrol')}
        </button>
      ) : (
        <div className="head">
          <span className="number near">
            ◐ {t(`巡查中，${when(walk.startedAt)} 起`, `under way since ${when(walk.startedAt)}`)}
          </span>
          {isAsked ? (
            <>
              <button type="button" className="danger" onClick={() => give('patrol.end', walk.patrolId)}>
                {left > 0
                  ? t(`还有 ${left} 个点没到，确定结束`, `${left} places left: end it all the same`)
                  : t('确定结束', 'Yes, end it')}
              </button>
              <button type="button" className="plain" onClick={() => setAsked(false)}>
                {t('接着巡', 'Go on')}
              </button>
            </>
          ) : (
            <button type="button" onClick={() => setAsked(true)}>
              {t(`结束巡查（共 ${body.places.length} 个点）`, `End it (${body.places.length} places)`)}
            </button>
          )}
        </div>
      )}
    </>
  );
}

function Spots({ id, body, state }: { id: string; body: PatrolBody; state: PatrolNow }) {
  const { t, when } = useFrame();
  const [open, setOpen] = useState<string | null>(null);
  const outbox = useOutbox() ?? [];
  return (
    <ul className="list">
      {body.places.map((spot) => {
        const last = outbox.findLast(({ op }) => op.name === 'patrol.tick' && op.body.placeId === spot.id);
        return (
          <li key={spot.id}>
            <article className="item">
              <div className="head">
                <strong>{spot.name}</strong>
                <SpotState spot={spot} state={state} />
              </div>
              <p className="soft number">
                {spot.lastAt === null
                  ? t('从来没打过点', 'never ticked')
                  : t(`上次 ${when(spot.lastAt)}`, `last ${when(spot.lastAt)}`)}
                {spot.lastBy && ` · ${spot.lastBy}`} {last && isLeft(last) && <SendingLink item={last} />}
              </p>
              {last && <Uncounted item={last} spot={spot} />}
              {state.walk &&
                (open === spot.id ? (
                  <TickForm planId={id} patrolId={state.walk.patrolId} spot={spot} onDone={() => setOpen(null)} />
                ) : (
                  <button type="button" onClick={() => setOpen(spot.id)}>
                    {t(`在${spot.name}打点`, `Tick ${spot.name}`)}
                  </button>
                ))}
            </article>
          </li>
        );
      })}
    </ul>
  );
}

/** Said of the last tick here, as long as none that counts came after it. */
function Uncounted({ item: { op, state }, spot }: { item: OutboxItem; spot: SpotBody }) {
  const { t, say } = useFrame();
  if (state.is === 'refused' || isSince(spot.lastAt, op.occurredAt)) return null;
  const told = state.is === 'applied' ? state.answer.verdict : judgeTick(spot, op.body as unknown as TickBody).verdict;
  if (typeof told !== 'string' || told === 'counted' || !Object.hasOwn(verdictWords, told)) return null;
  return told === 'wrong_code' ? (
    <p className="late">✕ {t('点位码不对，请再打一次。', 'Not the number of this place: tick it again.')}</p>
  ) : (
    <p className="near">▲ {t('没有算：', 'not counted: ') + say(verdictWords[told as Verdict])}</p>
  );
}

const isSince = (time: string | null | undefined, start: string): boolean =>
  !!time && Date.parse(time) >= Date.parse(start);

function SpotState({ spot, state: { isOn, left, unchecked, walk } }: { spot: SpotBody; state: PatrolNow }) {
  const { t } = useFrame();
  const { id, lastAt, lastBy, codeAt } = spot;
  const isOwn = walk !== null && !lastBy && isSince(lastAt, walk.startedAt);
  const isTyped = codeAt !== undefined && !isSince(lastAt, codeAt);
  if (isTyped && (!isOn || unchecked.includes(spot)))
    return <span className="near">◐ {t('待核，联网后核对点位码', 'number to be checked')}</span>;
  if (isOn && !left.some((one) => one.id === id)) return <span className="settled">● {t('这一轮到过', 'ticked')}</span>;
  if (isOwn) return <span className="settled">● {t('这趟到过', 'ticked on this walk')}</span>;
  return <span className="soft">○ {isOn ? t('还没到', 'not yet') : t('没到时候', 'not due')}</span>;
}

interface TickProps {
  readonly planId: string;
  readonly patrolId: string;
  readonly spot: SpotBody;
  readonly onDone: () => void;
}

/** By where one stands, by the number on the sticker, or by word: what cannot be shown is kept, and does not count. */
function TickForm({ planId, patrolId, spot, onDone }: TickProps) {
  const { t, say } = useFrame();
  const { engine } = useWork();
  const fix = useFix();
  const [code, setCode] = useState('');
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const at = fix && { lon: fix.lon, lat: fix.lat, accuracyM: fix.accuracyM };
  const judged = judgePosition(spot, at);
  const isThere = judged.verdict === 'counted';
  const isElsewhere = judgeCode(spot, at).verdict === 'elsewhere';
  const said = reason.trim();
  const hasWords = said.length >= 2;
  const isTyped = code.trim() !== '';
  const isCode = readCode(code) !== null;
  const give = async (tick: Pick<TickBody, 'how' | 'at' | 'code'>): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      const body = { patrolId, placeId: spot.id, ...tick, reason: hasWords ? said : null };
      await engine.submit({
        name: 'patrol.tick',
        params: { id: planId },
        target: patrolId,
        urgent: false,
        files: [],
        body,
      });
      void engine.sync();
      onDone();
    } catch (error) {
      setFault(error);
      setBusy(false);
    }
  };
  const words = `reason-${spot.id}`;
  const number = `code-${spot.id}`;
  return (
    <>
      {spot.lon !== null && (
        <>
          <p className={isThere ? 'settled number' : 'near number'}>
            {fix === null
              ? t('正在定位……定不到就输点位码', 'Locating … or type the number of the sticker')
              : t(
                  `离这个点 ${judged.distanceM ?? 0} 米，误差 ${fix.accuracyM} 米${isThere ? '' : `：${verdictWords[judged.verdict].zh}`}`,
                  `${judged.distanceM ?? 0} m away, within ${fix.accuracyM} m${isThere ? '' : `: ${verdictWords[judged.verdict].en}`}`,
                )}
          </p>
          {isThere && (
            <button
              type="button"
              className="primary"
              disabled={isBusy}
              onClick={() => void give({ how: 'here', at, code: null })}
            >
              {t('到了，打点', 'I am here')}
            </button>
          )}
        </>
      )}
      <label htmlFor={number}>{t('贴纸上的六个数字', 'The six digits on the sticker')}</label>
      <input
        id={number}
        inputMode="numeric"
        autoComplete="off"
        maxLength={40}
        value={code}
        onChange={({ target }) => setCode(storable(target.value))}
      />
      {isTyped && !isCode && (
        <p className="late">{t('数字不对，请照贴纸再输一遍。', 'Not a number of a sticker: type it again.')}</p>
      )}
      {isElsewhere && isCode && (
        <p className="near">
          {t(
            '定位显示您在别处：现在用点位码打点会留着，但不算到过。',
            'Your position is somewhere else: the number is kept, and does not count.',
          )}
        </p>
      )}
      <button
        type="button"
        disabled={isBusy || !isCode}
        onClick={() => void give({ how: 'code', at, code: code.trim() })}
      >
        {t('用点位码打点', 'Tick by the number')}
      </button>
      <details>
        <summary>{t('定不到位，也没有贴纸', 'No position and no sticker')}</summary>
        <label htmlFor={words}>{t('说说为什么', 'Say why')}</label>
        <textarea
          id={words}
          maxLength={200}
          value={reason}
          onChange={({ target }) => setReason(storable(target.value))}
        />
        <p className="soft">
          {t(`会留着给社区看，${say(unproved)}。`, `It is kept for the community, and ${say(unproved)}.`)}
        </p>
        <button
          type="button"
          disabled={isBusy || !hasWords}
          onClick={() => void give({ how: at === null || spot.lon === null ? 'word' : 'here', at, code: null })}
        >
          {t('存下说明', 'Keep it')}
        </button>
      </details>
      <KeepFault error={fault} />
      <button type="button" className="plain" onClick={onDone}>
        {t('先不打', 'Not now')}
      </button>
    </>
  );
}

const unproved = { zh: '这一轮不算到过', en: 'does not count for this round' };
