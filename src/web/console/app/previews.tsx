import { daysLate } from '../../../domains/work/photos/late.model.ts';
import { stages } from '../../../domains/work/photos/stage.model.ts';
import { useFrame } from './frame.tsx';
import { usePreviews } from './questions.ts';

/** What photos show that are still on a phone: seen early, and never taken for the photo. */
export function Previews({ caseId }: { caseId: string }) {
  const { t, say, when, instant } = useFrame();
  const { data: previews = [] } = usePreviews(caseId);
  if (previews.length === 0) return null;
  return (
    <div className="shots">
      {previews.map(({ id, stage, addedAt, addedBy }) => {
        const days = daysLate(new Date(addedAt), instant);
        return (
          <figure key={id} className="preview">
            <img src={`/api/previews/${id}`} alt={say(stages[stage])} loading="lazy" />
            <figcaption className="soft small">
              <strong>{t('预览：原图还在路上', 'A preview: the photo is on its way')}</strong>
              <br />
              {say(stages[stage])} · {addedBy} · <span className="number">{when(addedAt)}</span>
              {days !== null && (
                <>
                  <br />
                  <span className="near">
                    {t(
                      `原图 ${days} 天没到：请让${addedBy}打开外勤联网，或重拍。`,
                      `The photo has not come for ${days} days: ask ${addedBy} to open the field app online, or to take it again.`,
                    )}
                  </span>
                </>
              )}
            </figcaption>
          </figure>
        );
      })}
    </div>
  );
}
