import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import {
  type AnswerFault,
  knownAnswers,
  type Question,
  readAnswers,
  stillKnown,
} from '../../../domains/land/registry/forms/form.model.ts';
import type { visitView } from '../../../domains/work/campaigns/answer.model.ts';
import type { targetView } from '../../../domains/work/campaigns/campaign.model.ts';
import { type Result, results, resultWordsOf } from '../../../domains/work/campaigns/result.model.ts';
import { LONGEST_OFFLINE_MS } from '../../../kernel/device_time.ts';
import { get } from '../../api/call.ts';
import type { Wire } from '../../api/wire.ts';
import { blankForm, type FormState, Questions } from '../../forms/questions.tsx';
import { dayIn } from '../../ui/time.ts';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';
import { useOnce } from './use_once.ts';
import './visit.css';

type Target = Wire<z.output<typeof targetView>>;
type Visit = Wire<z.output<typeof visitView>>;

/** One of the list of a campaign: each visit with what was said, and a visit that somebody tells of at the desk. */
export function VisitPage({ id }: { id: string }) {
  const { t } = useFrame();
  const target = useQuery({ queryKey: ['visit', id], queryFn: () => get<Target>(`/api/campaign-targets/${id}`) });
  const visits = useQuery({
    queryKey: ['visit', id, 'visits'],
    queryFn: () => get<Visit[]>(`/api/campaign-targets/${id}/visits`),
  });
  const error = target.error ?? visits.error;
  if (!target.data || !visits.data)
    return (
      <main id="main" className="visit">
        {error ? <FaultBox error={error} /> : <Skeleton active />}
      </main>
    );
  const { name, home, area, why, campaignId, campaign, recordId } = target.data;
  return (
    <main id="main" className="visit">
      <p>
        <a href={`/console/campaigns/${campaignId}`}>← {campaign}</a>
      </p>
      <h1>{name ?? t('已不在台账', 'Not in the ledger any more')}</h1>
      <p>
        {[home, area].filter(Boolean).join(' · ')} <span className="soft">{why}</span>
      </p>
      {recordId && (
        <p>
          <a href={`/console/ledgers/${recordId}`}>{t('看台账里的这一条', 'Its record in the ledger')}</a>
        </p>
      )}
      <div className="columns">
        <VisitEntry key={visits.data.length} target={target.data} />
        <section>
          <h2>{t('去过几次', 'Visits so far')}</h2>
          <Pictures target={target.data} />
          {visits.data.length === 0 && <p className="soft">{t('还没有去过。', 'Nobody was there yet.')}</p>}
          {visits.data.map((visit) => (
            <VisitSaid key={visit.id} visit={visit} target={target.data} />
          ))}
        </section>
      </div>
    </main>
  );
}

function Pictures({ target: { photos, photosDue } }: { target: Target }) {
  const { t } = useFrame();
  return (
    <>
      <p className="shots">
        {photos.map(({ id, addedBy }) => (
          <a key={id} href={`/api/photos/${id}`}>
            <img src={`/api/photos/${id}/thumb`} alt={t(`${addedBy}拍的照片`, `photo by ${addedBy}`)} loading="lazy" />
          </a>
        ))}
      </p>
      {photosDue > 0 && (
        <p className="near small">▲ {t(`还有 ${photosDue} 张照片在路上`, `${photosDue} photos still on their way`)}</p>
      )}
    </>
  );
}

function VisitSaid({ visit, target }: { visit: Visit; target: Target }) {
  const { t, say, when } = useFrame();
  const { round, result, person, visitedAt, late, answers, confirmed } = visit;
  const asked = (name: string): string => target.questions.find((one) => one.name === name)?.ask ?? name;
  return (
    <article className="said">
      <h3>{say(resultWordsOf(target.ledger)[result])}</h3>
      <p className="soft small number">
        {t(`第 ${round} 轮`, `round ${round}`)} · {when(visitedAt)} · {person}
        {late && t(' · 结束以后才发来', ' · told after the end')}
      </p>
      <dl>
        {Object.entries(answers).map(([name, answer]) => (
          <div className="pair" key={name}>
            <dt>{asked(name)}</dt>
            <dd>{answer}</dd>
          </div>
        ))}
        {confirmed.map((name) => (
          <div className="pair" key={name}>
            <dt>{asked(name)}</dt>
            <dd>{t('仍然如此', 'still so')}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

/** Photos are taken at the door. */
const noCamera = () => <NoCamera />;
function NoCamera() {
  const { t } = useFrame();
  return <p className="soft">{t('照片在手机上拍。', 'Photos are taken on the phone.')}</p>;
}

/** From a sheet of paper, or told by telephone: the same questions as at the door. */
function VisitEntry({ target }: { target: Target }) {
  const { t, say, language, instant, zone } = useFrame();
  const { id, round, isOpen, mayVisit, recordId, ledger, known } = target;
  const questions = target.questions as readonly Question[];
  const today = dayIn(instant, zone);
  const [day, setDay] = useState(today);
  const [result, setResult] = useState<Result>('done');
  const [form, setForm] = useState(blankForm);
  const [faults, setFaults] = useState<readonly AnswerFault[]>([]);
  const send = useOnce(`/api/campaign-targets/${id}/visits`, [['visit', id]]);
  const why = whyNot({ isOpen, mayVisit, recordId });
  if (why)
    return (
      <section>
        <h2>{t('补录走访', 'Enter a visit')}</h2>
        <p className="soft">{say(why)}</p>
      </section>
    );
  const wrongIn = ({ answers, confirmed }: FormState): readonly AnswerFault[] => {
    const heard = knownAnswers(stillKnown(known, confirmed));
    return result === 'done' ? readAnswers(questions, answers, day, heard).faults : [];
  };
  const put = (next: FormState): void => {
    setForm(next);
    // What is mended is not told any more.
    if (faults.length > 0) setFaults(wrongIn(next));
  };
  const give = (): void => {
    const isDone = result === 'done';
    const wrong = wrongIn(form);
    setFaults(wrong);
    if (wrong.length > 0) return;
    const when = day === today ? {} : { occurredAt: at(day, today, instant) };
    send.mutate({ round, result, ...when, ...(isDone ? { answers: form.answers, confirmed: form.confirmed } : {}) });
  };
  const words = resultWordsOf(ledger);
  return (
    <section className="entry">
      <h2>{t('补录走访', 'Enter a visit')}</h2>
      <label htmlFor="day">{t('哪天去的', 'On which day')}</label>
      <input
        id="day"
        type="date"
        value={day}
        min={earliest(today)}
        max={today}
        required
        onChange={(event) => setDay(event.target.value || today)}
      />
      <fieldset>
        <legend>{t('这次怎么样', 'What came of it')}</legend>
        {results.map((one) => (
          <label className="pick" key={one}>
            <input
              type="radio"
              name="result"
              checked={result === one}
              onChange={() => {
                setResult(one);
                setFaults([]);
              }}
            />
            {say(words[one])}
          </label>
        ))}
      </fieldset>
      {result === 'done' && (
        <Questions {...{ questions, known, faults, language }} state={form} onState={put} camera={noCamera} />
      )}
      {faults.length > 0 && (
        <Note tone="late" title={t(`有 ${faults.length} 处要改`, `${faults.length} to be mended`)}>
          <p>{t('写的都还在，改好红字的地方再存。', 'What you wrote is still here: mend what is red and save.')}</p>
        </Note>
      )}
      <FaultBox error={send.error} />
      <Button type="primary" loading={send.isPending} onClick={give}>
        {t('存下这次走访', 'Save this visit')}
      </Button>
    </section>
  );
}

const DAY_MS = 86_400_000;
const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** What was written down on paper is taken for so long; before that it counts as said today. */
const earliest = (today: string): string =>
  new Date(utc(today) - LONGEST_OFFLINE_MS + DAY_MS).toISOString().slice(0, 10);

/** The same time of another day: nobody remembers the minute. */
const at = (day: string, today: string, instant: Date): string =>
  new Date(instant.getTime() - (utc(today) - utc(day))).toISOString();

function whyNot({ isOpen, mayVisit, recordId }: Pick<Target, 'isOpen' | 'mayVisit' | 'recordId'>) {
  if (recordId === null) return { zh: '已不在台账，不能再补录。', en: 'It is not in the ledger any more.' };
  if (!isOpen) return { zh: '这次走访还没开始，或已经结束。', en: 'The campaign has not begun, or is over.' };
  return mayVisit ? null : { zh: '由网格员、网格长和社区书记录入。', en: 'Entered by those who go there.' };
}
