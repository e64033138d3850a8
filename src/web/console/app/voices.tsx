import { useFrame } from './frame.tsx';
import { useVoices } from './questions.ts';

/** What whoever reported said aloud. Loaded when somebody listens, not before. */
export function Voices({ caseId }: { caseId: string }) {
  const { t, when } = useFrame();
  const { data: voices = [] } = useVoices(caseId);
  if (voices.length === 0) return null;
  return (
    <section>
      <h2>{t('录音', 'Recordings')}</h2>
      {voices.map(({ id, seconds, addedBy, addedAt }) => (
        <figure key={id} className="voice">
          {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said in it */}
          <audio
            controls
            preload="none"
            src={`/api/voices/${id}`}
            aria-label={t(`录音 ${seconds} 秒`, `${seconds} s`)}
          />
          <figcaption className="soft small number">
            {t(`${seconds} 秒`, `${seconds} s`)} · {addedBy} · {when(addedAt)}
          </figcaption>
        </figure>
      ))}
    </section>
  );
}
