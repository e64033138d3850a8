import { Skeleton } from 'antd';
import { Link } from 'wouter';
import { statuses } from '../../../domains/work/casefiles/casefile.model.ts';
import { settledBy } from '../case.words.ts';
import { Aside } from './aside.tsx';
import { ClockWords } from './clock.tsx';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { Next } from './next.tsx';
import { Photos } from './photos.tsx';
import { type Case, useCase } from './questions.ts';
import { Story } from './story.tsx';
import { Tags } from './tags.tsx';
import { Voices } from './voices.tsx';

/** A case on one screen: what it is, what I may do, what happened; beside it who owes what and what may be the same. */
export function CasePane({ id }: { id: string }) {
  const { data: file, error } = useCase(id);
  if (error) return <FaultBox error={error} />;
  if (!file) return <Skeleton active paragraph={{ rows: 10 }} />;
  return (
    <>
      <article className="case" key={id}>
        <CaseHead file={file} />
        <Said file={file} />
        <Voices caseId={file.id} />
        <Next file={file} />
        <Photos file={file} />
        <Story file={file} />
      </article>
      <Aside file={file} />
    </>
  );
}

function CaseHead({ file }: { file: Case }) {
  const { say, t } = useFrame();
  const waiting = file.duties.filter((duty) => duty.endedAt === null && settledBy[duty.duty]);
  return (
    <header>
      <Link href="/" className="back">
        ← {t('我的待办', 'My work')}
      </Link>
      <h1>
        {say(file.title)} {waiting[0] && <ClockWords clock={waiting[0].clock} />}
      </h1>
      <p className="soft">
        <span title={file.path.join(' / ')}>{file.place}</span> · <span className="code">{file.number}</span> ·{' '}
        {say(statuses[file.status])}
        {file.round > 1 && ` · ${t(`第 ${file.round} 轮`, `round ${file.round}`)}`} <Tags flags={file.flags} />
      </p>
    </header>
  );
}

function Said({ file }: { file: Case }) {
  const { t, when } = useFrame();
  return (
    <section>
      <h2>{t('报事', 'What was said')}</h2>
      {file.reports.map(({ id, channel, words, occurredAt, onBehalf }) => (
        <blockquote key={id}>
          <p>{words ?? <span className="soft">{t('（内容已按要求删除）', '(erased on request)')}</span>}</p>
          <footer className="soft small number">
            {when(occurredAt)}
            {onBehalf && t(' · 代人上报', ' · on behalf of another')}
            {channel === 'area' && (
              <>
                {' · '}
                <a href={`/console/channel/${id}`}>{t('来自频道留言', 'from a message in the channel')}</a>
              </>
            )}
          </footer>
        </blockquote>
      ))}
    </section>
  );
}
