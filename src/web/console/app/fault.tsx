import { NotSent, notSentWords, Refused } from '../../api/call.ts';
import { fieldName } from '../../ui/fields.ts';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';

/** What happened, what was kept, what to do next; the code small at the end. */
export function FaultBox({ error }: { error: unknown }) {
  const { t, say } = useFrame();
  if (!error) return null;
  if (error instanceof Refused) return <RefusedBox refused={error} />;
  if (error instanceof NotSent)
    return (
      <Note tone="late" title={say(notSentWords.title)}>
        <p>{say(notSentWords.detail)}</p>
      </Note>
    );
  return <Note tone="late" title={t('页面出错了，请刷新', 'The page failed; reload it')} />;
}

const SIGNED_OUT = 401;

function RefusedBox({ refused: { status, title, detail, errors, code } }: { refused: Refused }) {
  const { t, language } = useFrame();
  return (
    <Note tone="late" title={title}>
      <p>{detail}</p>
      {status === SIGNED_OUT && (
        <p>
          <a href="/console" target="_blank" rel="noreferrer">
            {t('在新页登录，再回来按一次；填写的内容还在', 'Sign in on a new page, then press again here')}
          </a>
        </p>
      )}
      {errors.length > 0 && (
        <ul>
          {errors.map(({ path, says }) => (
            <li key={`${path} ${says}`}>
              <strong>{fieldName(path, language)}</strong> {says}
            </li>
          ))}
        </ul>
      )}
      <small className="code soft">{code}</small>
    </Note>
  );
}
