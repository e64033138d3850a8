import { useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import { useFrame } from './frame.tsx';
import { KeepFault, Note } from './note.tsx';
import { blank, DRAFT, type Draft, nextNearby, opOf, problemOf } from './report.form.ts';
import { useGrounds, useMayHandle, useTypes } from './scope.ts';
import { Shots } from './shots.tsx';
import { Voices } from './voice.tsx';
import { WherePicker } from './where.tsx';
import { useWork } from './work.tsx';

/** Camera, place, one line of words, send: the rest may come later. Whatever is typed is kept while it is typed. */
export function Report() {
  const { t, language } = useFrame();
  const { engine, store } = useWork();
  const grounds = useGrounds();
  const [draft, setDraft] = useState<Draft | null>(null);
  // What ends after the page was left or drawn anew still adds to what stands there now.
  const latest = useRef<Draft>(blank());
  const show = (next: Draft): void => {
    latest.current = next;
    setDraft(next);
  };
  const speaking = useRef<(() => Promise<void>) | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [kept, setKept] = useState<Draft | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    void store.drafts
      .read<Draft>(DRAFT)
      .catch(() => null)
      // One that an earlier release left knows no recordings.
      .then(async (left) => {
        const draft = { ...blank(), ...left };
        // Killed between keeping it and clearing it away: it is said already.
        const isSaid = left && (await engine.outbox()).some(({ op }) => op.target === left.casefileId);
        latest.current = isSaid ? nextNearby(draft) : draft;
        setDraft(latest.current);
        if (isSaid) await store.drafts.drop(DRAFT);
      });
  }, [store, engine]);
  const put = (change: Partial<Draft>): void => {
    if (change.where === undefined) setKept(null);
    show({ ...latest.current, ...change });
    void store.drafts.write(DRAFT, latest.current).catch(() => undefined);
  };
  if (!draft) return null;
  const send = async (): Promise<void> => {
    setBusy(true);
    // What is being said belongs to this report, not to the next.
    await speaking.current?.();
    const said = latest.current;
    const wrong = problemOf(said);
    setProblem(wrong && t(wrong.zh, wrong.en));
    setFault(null);
    if (wrong) return setBusy(false);
    try {
      await engine.submit(opOf(said, language));
      if (said.instead) await engine.dismiss(said.instead);
      await store.drafts.drop(DRAFT);
      setKept(said);
      show(nextNearby(said));
      window.scrollTo(0, 0);
      void engine.sync();
    } catch (error) {
      setFault(error);
    }
    setBusy(false);
  };
  return (
    <>
      {kept && (
        <Note tone="settled" title={t('已存在手机里', 'Kept on the phone')}>
          <p>
            {t(
              '联网后自动发出，不会重复。下面接着报附近的，位置已经留好。',
              'It is sent by itself when there is a network, once. Below is the next one nearby, at the same place.',
            )}
          </p>
          <Link href="/">{t('回今日', 'Back to today')}</Link>
        </Note>
      )}
      <Shots
        id="camera"
        isMain
        stage="report"
        label={t('拍照', 'Take a photo')}
        taken={draft.photos}
        onTaken={(photos) => put({ photos })}
      />
      <WherePicker grounds={grounds} where={draft.where} onWhere={(where) => put({ where })} />
      <label htmlFor="words">{t('什么事，一句话', 'What is it, in one line')}</label>
      <textarea
        id="words"
        rows={2}
        maxLength={2000}
        value={draft.words}
        onChange={({ target }) => put({ words: target.value })}
      />
      <Voices kept={draft.voices} onKept={(voices) => put({ voices })} speaking={speaking} />
      <label className="pick">
        <input type="checkbox" checked={draft.urgent} onChange={({ target }) => put({ urgent: target.checked })} />
        {t('紧急，有人可能受伤', 'Urgent: somebody may be hurt')}
      </label>
      <More draft={draft} onChange={put} />
      {problem && <Note tone="late" title={problem} />}
      <KeepFault error={fault} />
      <button type="button" className="primary" disabled={isBusy} onClick={() => void send()}>
        {isBusy
          ? t('正在存……', 'Keeping …')
          : draft.settled
            ? t('上报，已当场办好', 'Report as settled')
            : t('上报', 'Report')}
      </button>
    </>
  );
}

/** What may be left to the desk: the kind, and that it is settled already. */
function More({ draft, onChange }: { draft: Draft; onChange: (change: Partial<Draft>) => void }) {
  const { t, say } = useFrame();
  const types = useTypes();
  const mayHandle = useMayHandle();
  const chosen = useMemo(() => types.find(({ id }) => id === draft.typeCode), [types, draft.typeCode]);
  return (
    <details open={draft.settled || draft.typeCode !== ''}>
      <summary>{t('更多：已当场办好、是哪一类', 'More: settled on the spot, what kind')}</summary>
      {mayHandle && (
        <label className="pick">
          <input
            type="checkbox"
            checked={draft.settled}
            onChange={({ target }) => onChange({ settled: target.checked })}
          />
          {t('我已当场办好', 'I settled it on the spot')}
        </label>
      )}
      <label htmlFor="type">
        {t('是哪一类', 'What kind')} {!draft.settled && <span className="soft">{t('可以不选', 'optional')}</span>}
      </label>
      <select
        id="type"
        value={draft.typeCode}
        onChange={({ target }) => onChange({ typeCode: target.value, conditionCode: '' })}
      >
        <option value="">{t('不确定', 'not sure')}</option>
        {types.map(({ id, body }) => (
          <option key={id} value={id}>
            {say(body.name)}
          </option>
        ))}
      </select>
      {draft.settled && (
        <>
          <label htmlFor="condition">{t('立案条件', 'Filing condition')}</label>
          <select
            id="condition"
            value={draft.conditionCode}
            onChange={({ target }) => onChange({ conditionCode: target.value })}
          >
            <option value="">{chosen ? t('选一条', 'Choose one') : t('先选是哪一类', 'Choose the kind first')}</option>
            {chosen?.body.conditions.map(({ code, when }) => (
              <option key={code} value={code}>
                {say(when)}
              </option>
            ))}
          </select>
          <label htmlFor="did">{t('怎么办的', 'What was done')}</label>
          <textarea
            id="did"
            rows={2}
            maxLength={2000}
            value={draft.did}
            onChange={({ target }) => onChange({ did: target.value })}
          />
          <Shots
            id="after"
            stage="after"
            label={t('拍办好后的样子', 'Photo of the result')}
            taken={draft.after}
            onTaken={(after) => onChange({ after })}
          />
        </>
      )}
    </details>
  );
}
