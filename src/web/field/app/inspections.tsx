import { useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { isLeftToLook, results } from '../../../domains/work/inspections/result.model.ts';
import { newCommandId } from '../../api/call.ts';
import { dayIn } from '../../ui/time.ts';
import type { Held, OutboxItem } from '../engine/contract.ts';
import type { InspectionBody, PlaceLine } from '../engine/inspection.ts';
import { isLeft, recordOf } from '../engine/outbox.ts';
import { calledOf } from './called.ts';
import { useFrame } from './frame.tsx';
import { blankFinding, type Finding, HazardFields, isFindingWhole } from './hazard_form.tsx';
import { KeepFault, Note } from './note.tsx';
import { SendingLink, SendingState } from './sending.tsx';
import { useOne, useOutbox, useWork } from './work.tsx';

const leftIn = ({ places }: InspectionBody): readonly PlaceLine[] =>
  places.filter(({ result }) => isLeftToLook(result));

/** Inspections in today's list: those for which one was named and that are not done. */
export function InspectionsDue({ inspections }: { inspections: readonly Held<InspectionBody>[] }) {
  const { t } = useFrame();
  const due = inspections.filter(({ body }) => leftIn(body).length > 0);
  const sorted = [...due].sort((a, b) => a.body.onDay.localeCompare(b.body.onDay));
  return (
    <ul className="list">
      {sorted.map(({ id, body }) => (
        <li key={id}>
          <Link href={`/inspections/${id}`} className="line">
            <div className="head">
              <strong>{t(`检查：${body.title}`, `Inspection: ${body.title}`)}</strong>
              <span className="time number">{t(`还有 ${leftIn(body).length} 处`, `${leftIn(body).length} left`)}</span>
            </div>
            <p className="soft number">
              {t(`共 ${body.places.length} 处 · ${body.onDay}`, `of ${body.places.length} · ${body.onDay}`)}
            </p>
            {!body.announced && <p className="near">{t('不打招呼，别说出去', 'not announced: keep it to yourself')}</p>}
          </Link>
        </li>
      ))}
    </ul>
  );
}

interface ScreenProps {
  readonly params: { readonly id: string; readonly place?: string };
}

/** One inspection: its places, or one of them. Nothing of it needs a network. */
export function InspectionScreen({ params: { id, place: placeId } }: ScreenProps) {
  const { t } = useFrame();
  const held = useOne<InspectionBody>('inspection', id);
  if (held === undefined) return null;
  if (held === null)
    return (
      <Note tone="near" title={t('这次检查不在手机里了', 'This inspection is not on the phone any more')}>
        <p>{t('它可能已经结束。没发出的仍在“我的”里。', 'It may be over. What is unsent is still under Mine.')}</p>
      </Note>
    );
  const place = held.body.places.find((one) => one.id === placeId);
  return place ? <Place key={place.id} id={id} body={held.body} place={place} /> : <Places id={id} body={held.body} />;
}

function Places({ id, body }: { id: string; body: InspectionBody }) {
  const { t } = useFrame();
  const left = leftIn(body);
  const done = body.places.filter((place) => !left.includes(place));
  return (
    <>
      <p>
        <Link href="/">← {t('回今日', 'Back to today')}</Link>
      </p>
      <header>
        <h1>{body.title}</h1>
        <p className="soft">
          {body.onDay} · {t(`检查表：${body.list.title}`, `checklist: ${body.list.title}`)}
        </p>
        <p>
          <strong>{t(`还有 ${left.length} 处`, `${left.length} left`)}</strong>
          <span className="soft">{t(` · 共 ${body.places.length} 处`, ` of ${body.places.length}`)}</span>
        </p>
      </header>
      <PlaceList id={id} places={left} />
      {left.length === 0 && <p className="settled">● {t('都看过了。', 'All of it was looked at.')}</p>}
      {done.length > 0 && (
        <details>
          <summary>{t(`看过的 ${done.length} 处`, `${done.length} looked at`)}</summary>
          <PlaceList id={id} places={done} />
        </details>
      )}
    </>
  );
}

function PlaceList({ id, places }: { id: string; places: readonly PlaceLine[] }) {
  const { t } = useFrame();
  const outbox = useOutbox() ?? [];
  return (
    <ul className="list">
      {places.map((place) => {
        const unsent = outbox.find((item) => recordOf(item.op) === place.id && isLeft(item));
        return (
          <li key={place.id}>
            <Link href={`/inspections/${id}/${place.id}`} className="line">
              <div className="head">
                <strong>{place.name ?? t('（已不在台账）', '(not in the ledger any more)')}</strong>
                <ResultMark place={place} />
              </div>
              <p className="soft">
                {[place.area, place.result && place.by].filter(Boolean).join(' · ')}{' '}
                {unsent && <SendingState item={unsent} />}
              </p>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function ResultMark({ place: { result } }: { place: PlaceLine }) {
  const { say, t } = useFrame();
  if (result === null) return null;
  if (result === 'absent')
    return (
      <span className="near">
        ○ {say(results.absent)}
        {t('，要再去', ', to go again')}
      </span>
    );
  return result === 'found' ? (
    <span className="late">▲ {say(results.found)}</span>
  ) : (
    <span className="settled">● {say(results.clean)}</span>
  );
}

/** What was ticked and half written at a place: kept on the phone alone. */
interface Draft {
  readonly ticked: readonly string[];
  readonly early: boolean;
  readonly finding: Finding | null;
  /** Of it, for the count of what is half written. */
  readonly words?: string;
  readonly photos?: readonly string[];
}
const blank: Draft = { ticked: [], early: false, finding: null };

function Place({ id, body, place }: { id: string; body: InspectionBody; place: PlaceLine }) {
  const { t, now, zone } = useFrame();
  const { engine, store } = useWork();
  const [, go] = useLocation();
  const key = `inspection ${place.id}`;
  const [draft, setDraft] = useState<Draft | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    void store.drafts
      .read<Draft>(key)
      .catch(() => null)
      .then((left) => setDraft(left ?? blank));
  }, [store, key]);
  if (!draft) return null;
  const { ticked, finding } = draft;
  const put = (change: Partial<Draft>): void => {
    const next = { ...draft, ...change };
    const kept = { ...next, words: next.finding?.words ?? '', photos: next.finding?.photos ?? [] };
    setDraft(next);
    void store.drafts.write(key, kept).catch(() => undefined);
  };
  const isEarly = dayIn(now, zone) < body.onDay;
  const early = isEarly && draft.early;
  const isBarred = isBusy || (isEarly && !early);
  const give = async (act: 'look' | 'find', said: object, files: readonly string[] = []): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      await engine.submit({
        ...{ name: `inspection.${act}`, params: { id: place.id }, target: place.id, urgent: false },
        ...{ files: [...files], body: { ...said, early } },
      });
      if (act === 'look') await store.drafts.drop(key);
      else put({ finding: null });
      void engine.sync();
      if (act === 'look') go(`/inspections/${id}`);
    } catch (error) {
      setFault(error);
    }
    setBusy(false);
  };
  const find = ({ code, where, words, photos, grade, bodyId, amount, unit }: Finding): Promise<void> => {
    const { id: checklistId, version, sector } = body.list;
    const item = code === '' ? {} : { item: { checklistId, version, code } };
    const limit = { amount: Number(amount), unit };
    const said = { hazardId: newCommandId(), what: words.trim(), where: where.trim(), grade, sector, bodyId, limit };
    return give('find', { ...said, ...item }, photos);
  };
  const open = (code: string): void => put({ finding: blankFinding(body.list, code, place.name?.slice(0, 120) ?? '') });
  const rest = body.list.items.length - ticked.length;
  return (
    <>
      <p>
        <Link href={`/inspections/${id}`}>← {t('回名单', 'Back to the list')}</Link>
      </p>
      <header>
        <h1>{place.name ?? t('（已不在台账）', '(not in the ledger any more)')}</h1>
        <p className="soft">
          {place.area} <ResultMark place={place} />
        </p>
      </header>
      <Sent place={place} />
      {isEarly && (
        <label className="pick near">
          <input type="checkbox" checked={draft.early} onChange={({ target }) => put({ early: target.checked })} />
          {t(`检查定在 ${body.onDay}，还没到：这是提前去的`, `It is on ${body.onDay}: I went before the day`)}
        </label>
      )}
      {finding ? (
        <section>
          <h2>{t('发现隐患', 'Something was found')}</h2>
          <HazardFields list={body.list} finding={finding} onChange={(next) => put({ finding: next })} />
          {!isFindingWhole(finding) && (
            <p className="soft">
              {t(
                '看到了什么、具体在哪里、由哪个单位、多久内改好，都要写。',
                'What was seen, where, which body and within what time: all of it is needed.',
              )}
            </p>
          )}
          <div className="row">
            <button
              type="button"
              className="primary"
              disabled={isBarred || !isFindingWhole(finding)}
              onClick={() => void find(finding)}
            >
              {t('登记，交单位整改', 'Enter it; the body owes it')}
            </button>
            <button type="button" className="plain" onClick={() => put({ finding: null })}>
              {t('不登记了', 'Leave it')}
            </button>
          </div>
        </section>
      ) : (
        <>
          <Checklist
            list={body.list}
            ticked={ticked}
            onTick={(code, is) => put({ ticked: is ? [...ticked, code] : ticked.filter((one) => one !== code) })}
            onFind={open}
          />
          <button type="button" onClick={() => open('')}>
            {t('发现别的隐患', 'Something else was found')}
          </button>
          {place.result !== 'found' && (
            <div className="row">
              <button
                type="button"
                className="primary"
                disabled={isBarred}
                onClick={() => (rest > 0 && !isAsked ? setAsked(true) : void give('look', { result: 'clean' }))}
              >
                {rest > 0 && isAsked
                  ? t(`还有 ${rest} 条没打勾，确定没有问题`, `${rest} lines are not ticked: nothing found all the same`)
                  : t('没有发现问题', 'Nothing found')}
              </button>
              <button type="button" disabled={isBarred} onClick={() => void give('look', { result: 'absent' })}>
                {t('没人、没开门', 'Nobody there')}
              </button>
            </div>
          )}
        </>
      )}
      <KeepFault error={fault} />
    </>
  );
}

interface ChecklistProps {
  readonly list: InspectionBody['list'];
  readonly ticked: readonly string[];
  readonly onTick: (code: string, is: boolean) => void;
  readonly onFind: (code: string) => void;
}

/** Line by line: in order, or something is wrong with it. The ticks are for whoever goes; what is kept is what came of it. */
function Checklist({ list, ticked, onTick, onFind }: ChecklistProps) {
  const { t } = useFrame();
  return (
    <section>
      <h2>{list.title}</h2>
      <ul className="list">
        {list.items.map(({ code, text, counts }) => (
          <li key={code} className="item">
            <label className="pick">
              <input
                type="checkbox"
                checked={ticked.includes(code)}
                onChange={({ target }) => onTick(code, target.checked)}
              />
              {text}
            </label>
            {counts !== '' && <p className="soft">{counts}</p>}
            <button type="button" className="plain" onClick={() => onFind(code)}>
              {t('这条有问题', 'This is wrong')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was said of the place on this phone and is not done with. */
function Sent({ place }: { place: PlaceLine }) {
  const { say } = useFrame();
  const mine = (useOutbox() ?? []).filter((item) => recordOf(item.op) === place.id && isLeft(item));
  return mine.map((item) => (
    <p key={item.op.commandId}>
      {say(calledOf(item.op))} {whatOf(item)} <SendingLink item={item} />
    </p>
  ));
}

const whatOf = ({ op: { body } }: OutboxItem): string => (typeof body.what === 'string' ? body.what : '');
