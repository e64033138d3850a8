import { Timeline } from 'antd';
import { movedText } from '../case.words.ts';
import { useFrame } from './frame.tsx';
import type { Case } from './questions.ts';

/** What happened, the newest first, in plain words. */
export function Story({ file }: { file: Case }) {
  const { t, say, when, language } = useFrame();
  const moved = (body: Case['story'][number]['body']) => movedText(body, language, (at) => when(at.toISOString()));
  const items = file.story.toReversed().map(({ at, kind, by, words, forgotten, body }, i) => ({
    key: `${at} ${kind} ${i}`,
    content: (
      <>
        <strong>{say(file.steps[kind] ?? { zh: kind, en: kind })}</strong> <span>{say(by)}</span>{' '}
        <small className="soft number">{when(at)}</small>
        {words && <p>{words}</p>}
        {moved(body) && <p className="number">{moved(body)}</p>}
        {forgotten && <p className="soft">{t('（文字已按要求删除）', '(words erased on request)')}</p>}
      </>
    ),
  }));
  return (
    <section>
      <h2>{t('经过', 'Story')}</h2>
      <Timeline items={items} />
    </section>
  );
}
