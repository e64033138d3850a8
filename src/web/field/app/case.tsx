import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { statuses } from '../../../domains/work/casefiles/casefile.model.ts';
import type { casefileView } from '../../../domains/work/casefiles/page.model.ts';
import { dutyWords } from '../../../domains/work/obligations/duty.model.ts';
import { type Stage, stages } from '../../../domains/work/photos/stage.model.ts';
import type { voiceView } from '../../../domains/work/photos/voice.model.ts';
import { get } from '../../api/call.ts';
import type { Wire } from '../../api/wire.ts';
import { flagWords } from '../../console/case.words.ts';
import type { CaseBody } from '../engine/case.ts';
import { isLeft } from '../engine/outbox.ts';
import { AreaMap } from './area_map.tsx';
import { useFrame } from './frame.tsx';
import { Next } from './next.tsx';
import { Note } from './note.tsx';
import { summaryOf, titleOf } from './said.ts';
import { useGrounds, useMe, useNames } from './scope.ts';
import { SendingLink } from './sending.tsx';
import { metresTo, spoken } from './tasks.ts';
import { useFix } from './use_fix.ts';
import { useOne, useOutbox, useStatus } from './work.tsx';

/** A case in the hand: what it is, what I may do, what happened, who owes what. */
export function CaseScreen({ id }: { id: string }) {
  const { t } = useFrame();
  const held = useOne<CaseBody>('casefile', id);
  if (held === undefined) return null;
  if (held === null)
    return (
      <Note tone="near" title={t('这件案卷不在手机里了', 'This case is not on the phone any more')}>
        <p>
          {t(
            '它可能已经办完，或者转给了别人。没发出的仍在“我的”里。',
            'It may be done or have gone to somebody else. What is unsent is still under Mine.',
          )}
        </p>
      </Note>
    );
  const { body: file, leaving } = held;
  return (
    <>
      <Head file={file} />
      {leaving && (
        <Note tone="near" title={t('交接中', 'Handing over')}>
          <p>
            {t(
              '它已不归您办；您没发出的会照样发出，由服务器判断。',
              'It is not yours any more. What you have not sent is still sent and judged.',
            )}
          </p>
        </Note>
      )}
      <Unsent id={id} />
      {!leaving && <Next id={id} file={file} />}
      <Said file={file} />
      {file.point && <Whereabouts file={file} point={file.point} />}
      <Owed file={file} />
      {file.number !== '' && <AtTheServer id={id} />}
    </>
  );
}

function Head({ file }: { file: CaseBody }) {
  const { say, t } = useFrame();
  const names = useNames();
  const place = names.place(file.areaId);
  return (
    <header>
      <h1>{say(names.title(file))}</h1>
      <p>
        {file.flags.map((flag) => (
          <span key={flag} className={flag === 'urgent' ? 'tag late' : 'tag'}>
            {say(flagWords[flag] ?? { zh: flag, en: flag })}
          </span>
        ))}
        <strong>{say(statuses[file.status])}</strong>
        {file.round > 1 && ` · ${t(`第 ${file.round} 轮`, `round ${file.round}`)}`}
      </p>
      <p className="soft">
        {place !== '' && `${place} · `}
        <span className="code">{file.number || t('发出后编号', 'numbered when sent')}</span>
      </p>
    </header>
  );
}

/** What I said about it that the server has not taken yet. */
function Unsent({ id }: { id: string }) {
  const { say } = useFrame();
  const items = (useOutbox() ?? []).filter((item) => item.op.target === id && isLeft(item));
  return items.map((item) => (
    <Note
      key={item.op.commandId}
      tone={item.state.is === 'refused' ? 'late' : 'near'}
      title={item.state.is === 'refused' ? item.state.title : say(titleOf(item.op))}
    >
      <p>
        {item.state.is === 'refused' ? item.state.detail : summaryOf(item.op)} <SendingLink item={item} />
      </p>
    </Note>
  ));
}

function Said({ file }: { file: CaseBody }) {
  const { t, when } = useFrame();
  return (
    <section>
      <h2>{t('报事', 'What was said')}</h2>
      <blockquote>
        {file.words || <span className="soft">{t('（内容已按要求删除）', '(erased on request)')}</span>}
        <br />
        <small className="soft number">{when(file.reportedAt)}</small>
      </blockquote>
    </section>
  );
}

/** Out of the phone's own store: it shows the way where no map does. */
function Whereabouts({
  file,
  point: [lon, lat, accuracyM],
}: {
  file: CaseBody;
  point: NonNullable<CaseBody['point']>;
}) {
  const { t } = useFrame();
  const grounds = useGrounds();
  const fix = useFix();
  const metres = metresTo(file, fix);
  return (
    <section>
      <h2>{t('在哪里', 'Where')}</h2>
      <p className="number">
        {[
          file.placeWords,
          metres !== null && t(`离您 ${spoken(metres).zh}`, `${spoken(metres).en} from you`),
          accuracyM !== null && t(`位置误差 ${accuracyM} 米`, `known within ${accuracyM} m`),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <AreaMap
        grounds={grounds}
        chosenId={file.areaId}
        fix={fix}
        marker={[lon, lat]}
        markerName={t('案卷位置', 'the case')}
      />
    </section>
  );
}

interface Photo {
  readonly id: string;
  readonly stage: Stage;
}

type Voice = Wire<z.output<typeof voiceView>>;
type Told = Wire<z.output<typeof casefileView>>;

/** Who said what, and photos of others, stay at the server: they are looked at when there is a network. */
function AtTheServer({ id }: { id: string }) {
  const { t, say, when } = useFrame();
  const { online, lastSyncAt } = useStatus();
  const [told, setTold] = useState<Told | null>(null);
  const [photos, setPhotos] = useState<readonly Photo[]>([]);
  const [voices, setVoices] = useState<readonly Voice[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again after every sync
  useEffect(() => {
    if (!online) return;
    get<Told>(`/api/casefiles/${id}`).then(setTold, () => undefined);
    get<readonly Photo[]>(`/api/casefiles/${id}/photos`).then(setPhotos, () => undefined);
    get<readonly Voice[]>(`/api/casefiles/${id}/voices`).then(setVoices, () => undefined);
  }, [id, online, lastSyncAt]);
  if (!told)
    return (
      <p className="soft">{t('经过和别人的照片，联网后看。', 'Its story and photos of others need a network.')}</p>
    );
  return (
    <>
      {photos.length > 0 && (
        <section className="shots">
          <h2>{t('照片', 'Photos')}</h2>
          <div className="row">
            {photos.map((photo) => (
              <figure key={photo.id}>
                <a href={`/api/photos/${photo.id}`} target="_blank" rel="noreferrer">
                  <img src={`/api/photos/${photo.id}/thumb`} alt={say(stages[photo.stage])} />
                </a>
                <figcaption>{say(stages[photo.stage])}</figcaption>
              </figure>
            ))}
          </div>
        </section>
      )}
      {voices.length > 0 && (
        <section className="voices">
          <h2>{t('录音', 'Recordings')}</h2>
          {voices.map((voice) => {
            const label = t(`录音 ${voice.seconds} 秒 · ${voice.addedBy}`, `${voice.seconds} s · ${voice.addedBy}`);
            return (
              <figure key={voice.id}>
                <figcaption>{label}</figcaption>
                {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said in it */}
                <audio controls preload="none" src={`/api/voices/${voice.id}`} aria-label={label} />
              </figure>
            );
          })}
        </section>
      )}
      <section>
        <h2>{t('经过', 'What happened')}</h2>
        <ol className="story">
          {told.story.toReversed().map(({ at, kind, by, words }) => (
            <li key={`${at} ${kind}`}>
              <strong>{say(told.steps[kind] ?? { zh: kind, en: kind })}</strong> {say(by)}
              {words !== null && <p>{words}</p>}
              <small className="soft number">{when(at)}</small>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

function Owed({ file }: { file: CaseBody }) {
  const { t, say, left, when } = useFrame();
  const names = useNames();
  const me = useMe();
  if (file.duties.length === 0) return null;
  const who = ({ owedBy, assigneeId }: CaseBody['duties'][number]): string => {
    if (me && (assigneeId === me.personId || me.posts.some((post) => post.id === owedBy))) return t('我', 'me');
    return names.body(owedBy) ?? t('别的岗位', 'another post');
  };
  return (
    <section>
      <h2>{t('谁在办', 'Who has it')}</h2>
      <dl>
        {file.duties.map((duty) => (
          <div key={duty.id} className="pair">
            <dt>{say(dutyWords(duty.duty))}</dt>
            <dd>
              {who(duty)}
              {duty.dueAt !== null && (
                <span className="number">
                  <br />
                  {duty.state === 'running' ? left(duty.dueAt) : t('暂停计时', 'the clock stands')} · {when(duty.dueAt)}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
