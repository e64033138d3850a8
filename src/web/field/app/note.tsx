import type { ReactNode } from 'react';
import { NotSent, Refused } from '../../api/call.ts';
import { fieldName } from '../../ui/fields.ts';
import { StoreFull } from '../engine/ports.ts';
import { useFrame } from './frame.tsx';

interface NoteProps {
  readonly tone: 'settled' | 'late' | 'near' | 'plain';
  readonly title: string;
  readonly children?: ReactNode;
}

/** Something said on the page: a coloured edge and words, never a filled surface. */
export function Note({ tone, title, children }: NoteProps) {
  return (
    <div className={`note ${tone}`} role={tone === 'late' ? 'alert' : 'status'}>
      <strong>{title}</strong>
      {children}
    </div>
  );
}

/** What happened, what was kept, what to do; the code small at the end. */
export function FaultNote({ error }: { error: unknown }) {
  const { t, language } = useFrame();
  if (!error) return null;
  if (error instanceof NotSent)
    return (
      <Note tone="late" title={t('现在没有网络', 'There is no network')}>
        <p>
          {t(
            '这一步要联网才能办。手机里存的都还在，有网络时再按一次。',
            'This needs a network. What is kept on the phone stays; press again when there is one.',
          )}
        </p>
      </Note>
    );
  if (!(error instanceof Refused))
    return (
      <Note tone="late" title={t('这一步没有办成', 'This did not work')}>
        <p>{t('手机里存的都还在。请再试一次。', 'What is kept on the phone stays. Try again.')}</p>
        <small className="code soft">{String(error).slice(0, 200)}</small>
      </Note>
    );
  return (
    <Note tone="late" title={error.title}>
      <p>{error.detail}</p>
      {error.errors.map(({ path, says }) => (
        <p key={`${path} ${says}`}>
          <strong>{fieldName(path, language)}</strong> {says}
        </p>
      ))}
      <small className="code soft">{error.code}</small>
    </Note>
  );
}

/** Why something could not be kept on the phone: what was typed is still on the page. */
export function KeepFault({ error }: { error: unknown }) {
  const { t } = useFrame();
  if (!(error instanceof StoreFull)) return <FaultNote error={error} />;
  return (
    <Note tone="late" title={t('手机存满了，没有存下', 'The phone is full: it was not kept')}>
      <p>{t('内容还在这一页。请清理手机后再按一次。', 'What you wrote is still here. Make room, press again.')}</p>
    </Note>
  );
}
