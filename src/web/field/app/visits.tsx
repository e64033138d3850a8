import { useEffect, useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import {
  type AnswerFault,
  knownAnswers,
  MOST_PHOTOS,
  photosIn,
  readAnswers,
  stillKnown,
} from '../../../domains/land/registry/forms/form.model.ts';
import { isFinal, type Result, results, resultWordsOf } from '../../../domains/work/campaigns/result.model.ts';
import { blankForm, type FormState, Questions } from '../../forms/questions.tsx';
import { dayIn } from '../../ui/time.ts';
import type { Held } from '../engine/contract.ts';
import { isLeft } from '../engine/outbox.ts';
import { VISIT } from '../engine/predict.ts';
import type { FormBody, VisitBody } from '../engine/visit.ts';
import { useFrame } from './frame.tsx';
import { KeepFault, Note } from './note.tsx';
import { isLeftToVisit, unitOf } from './rounds.ts';
import { useNames } from './scope.ts';
import { SendingState } from './sending.tsx';
import { Shots } from './shots.tsx';
import { useHeld, useOne, useOutbox, useWork } from './work.tsx';

/** Who is to be visited in one campaign: those left first, door by door; whoever was visited below. */
export function VisitList({ params: { campaign: campaignId } }: { params: { campaign: string } }) {
  const { t } = useFrame();
  const visits = useHeld<VisitBody>('visit');
  const mine = useMemo(
    () =>
      (visits ?? [])
        .filter(({ body }) => body.campaignId === campaignId)
        .toSorted((a, b) => a.body.home.localeCompare(b.body.home, 'zh', { numeric: true })),
    [visits, campaignId],
  );
  const [first] = mine;
  if (!visits) return null;
  if (!first)
    return (
      <Note tone="near" title={t('这次走访不在手机里了', 'This campaign is not on the phone any more')}>
        <p>
          {t(
            '它可能已经结束，或改由别的网格走访。没发出的仍在“我的”里。',
            'It may be over, or another grid visits now. What is unsent is still under Mine.',
          )}
        </p>
      </Note>
    );
  const left = mine.filter(({ body }) => isLeftToVisit(body));
  const done = mine.filter(({ body }) => !isLeftToVisit(body));
  const unit = unitOf(first.body);
  return (
    <>
      <header>
        <h1>{first.body.title}</h1>
        <p className="soft">
          {t(
            `第 ${first.body.round} 轮 · ${first.body.dueOn} 前`,
            `round ${first.body.round} · by ${first.body.dueOn}`,
          )}
        </p>
        <p>
          <strong>{t(`还有 ${left.length} ${unit}`, `${left.length} left`)}</strong>
          <span className="soft">{t(` · 共 ${mine.length} ${unit}`, ` of ${mine.length}`)}</span>
        </p>
      </header>
      <PeopleList rows={left} />
      {left.length === 0 && <p className="settled">● {t('都走到了。', 'All of it was visited.')}</p>}
      {done.length > 0 && (
        <details>
          <summary>{t(`走访过的 ${done.length} ${unit}`, `${done.length} visited`)}</summary>
          <PeopleList rows={done} />
        </details>
      )}
    </>
  );
}

const wordsOf = ({ ledger = 'residents' }: VisitBody) => resultWordsOf(ledger);

function PeopleList({ rows }: { rows: readonly Held<VisitBody>[] }) {
  const { say, t } = useFrame();
  const names = useNames();
  const outbox = useOutbox() ?? [];
  return (
    <ul className="list">
      {rows.map(({ id, body, leaving }) => {
        const unsent = outbox.find((item) => item.op.target === id && isLeft(item));
        return (
          <li key={id}>
            <Link href={`/visits/${body.campaignId}/${id}`} className="line">
              <div className="head">
                <strong>{body.name}</strong>
                {body.result && (
                  <span className={isFinal(body.result) ? 'settled' : 'near'}>{say(wordsOf(body)[body.result])}</span>
                )}
              </div>
              <p className="soft">{[body.home, names.place(body.areaId)].filter(Boolean).join(' · ')}</p>
              <p>
                {leaving && <span className="tag near">{t('交接中', 'handing over')}</span>}
                {body.why !== '' && <span className="soft">{body.why} </span>}
                {unsent && <SendingState item={unsent} />}
              </p>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

interface Draft {
  readonly result: Result;
  readonly form: FormState;
}
const blank: Draft = { result: 'done', form: blankForm };

/** At the door: what came of it, and what is to be asked. Kept while it is typed, sent when there is a network. */
export function VisitScreen({ params: { campaign: campaignId, id } }: { params: { campaign: string; id: string } }) {
  const { t } = useFrame();
  const held = useOne<VisitBody>('visit', id);
  const form = useOne<FormBody>('form', held?.body.formId ?? '');
  if (held === undefined || form === undefined) return null;
  const back = (
    <p>
      <Link href={`/visits/${campaignId}`}>← {t('回名单', 'Back to the list')}</Link>
    </p>
  );
  if (held === null || form === null)
    return (
      <>
        {back}
        <Note tone="near" title={t('这一个不在您的名单里了', 'This is not on your list any more')}>
          <p>
            {t(
              '可能已改由别的网格走访。没发出的仍在“我的”里。',
              'Another grid may visit them now. What is unsent is under Mine.',
            )}
          </p>
        </Note>
      </>
    );
  return (
    <>
      {back}
      <header>
        <h1>{held.body.name}</h1>
        <p>{held.body.home}</p>
        <p className="soft">{held.body.why}</p>
      </header>
      <VisitForm key={id} held={held} form={form.body} />
    </>
  );
}

function VisitForm({ held: { id, body }, form }: { held: Held<VisitBody>; form: FormBody }) {
  const { t, say, language, now, zone } = useFrame();
  const { engine, store } = useWork();
  const [, go] = useLocation();
  const key = `visit ${id} ${body.round}`;
  const [draft, setDraft] = useState<Draft | null>(null);
  const [faults, setFaults] = useState<readonly AnswerFault[]>([]);
  const [fault, setFault] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    void store.drafts
      .read<Draft>(key)
      .catch(() => null)
      .then((left) => setDraft(left ?? blank));
  }, [store, key]);
  if (!draft) return null;
  const wrongIn = ({ result, form: { answers, confirmed } }: Draft): readonly AnswerFault[] => {
    const known = knownAnswers(stillKnown(body.known, confirmed));
    return result === 'done' ? readAnswers(form.questions, answers, dayIn(now, zone), known).faults : [];
  };
  const put = (next: Draft): void => {
    setDraft(next);
    // What is mended is not told any more.
    if (faults.length > 0) setFaults(wrongIn(next));
    void store.drafts.write(key, next).catch(() => undefined);
  };
  const give = async (): Promise<void> => {
    const { answers, confirmed } = draft.form;
    const isDone = draft.result === 'done';
    const wrong = wrongIn(draft);
    setFaults(wrong);
    setFault(null);
    if (wrong.length > 0) return;
    setBusy(true);
    try {
      await engine.submit({
        ...{ name: VISIT, params: { id }, target: id, urgent: false },
        files: isDone ? photosIn(form.questions, answers) : [],
        body: { round: body.round, result: draft.result, ...(isDone ? { answers, confirmed } : {}) },
      });
      await store.drafts.drop(key);
      void engine.sync();
      go(`/visits/${body.campaignId}`);
    } catch (error) {
      setFault(error);
      setBusy(false);
    }
  };
  return (
    <>
      <fieldset>
        <legend>{t('这次怎么样', 'What came of it')}</legend>
        {results.map((result) => (
          <label className="pick" key={result}>
            <input
              type="radio"
              name="result"
              checked={draft.result === result}
              onChange={() => put({ ...draft, result })}
            />
            {say(wordsOf(body)[result])}
            {result === 'absent' && body.tries > 0 && t(`（已去过 ${body.tries} 次）`, ` (${body.tries} times so far)`)}
          </label>
        ))}
      </fieldset>
      {draft.result === 'done' && (
        <Questions
          questions={form.questions}
          known={body.known}
          state={draft.form}
          faults={faults}
          language={language}
          camera={(asked) => <Shots {...asked} label={t('拍照', 'Take a photo')} stage="answer" most={MOST_PHOTOS} />}
          onState={(next) => put({ ...draft, form: next })}
        />
      )}
      {faults.length > 0 && (
        <Note tone="late" title={t(`有 ${faults.length} 处要改`, `${faults.length} to be mended`)}>
          <p>{t('写的都还在，改好红字的地方再存。', 'What you wrote is still here: mend what is red and save.')}</p>
        </Note>
      )}
      <KeepFault error={fault} />
      <button type="button" className="primary" disabled={isBusy} onClick={() => void give()}>
        {isBusy ? t('正在存……', 'Keeping …') : t('存下这次走访', 'Save this visit')}
      </button>
    </>
  );
}
