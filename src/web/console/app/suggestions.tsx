import { confidenceWords } from '../../../domains/work/suggestions/suggestion.model.ts';
import { useFrame } from './frame.tsx';
import { type Case, useSuggestions } from './questions.ts';

/** What past dispatches suggest for a case that is not registered yet. It files nothing: whoever registers decides. */
export function Suggestions({ file }: { file: Case }) {
  const { t, say } = useFrame();
  const mayRegister = file.can.some(({ command, allowed }) => command === 'register' && allowed);
  const { data } = useSuggestions(file.id, mayRegister);
  if (!data?.learned) return null;
  const { learned, suggestions } = data;
  const top3 = Math.round(learned.top3 * 100);
  return (
    <section>
      <h2>{t('可能是哪一类', 'What kind it may be')}</h2>
      {suggestions.length === 0 && (
        <p className="soft">
          {t('没有学到过类似的说法，请直接选择分类。', 'Nothing like it was learned; choose the kind yourself.')}
        </p>
      )}
      {suggestions.map(({ typeCode, type, major, confidence, body, rule }) => (
        <div key={typeCode} className="alike">
          <strong>{say(type)}</strong> <span className="soft small">{say(major)}</span>
          <p className="small">
            {say(confidenceWords[confidence])}
            {body && t(`，这里以往派给 ${body.name}`, `; such cases here went to ${body.name}`)}
            {rule && rule.bodyId !== body?.id && t(`，按责任规则是 ${rule.name}`, `; by the rules it is ${rule.name}`)}
          </p>
        </div>
      ))}
      <p className="soft small">
        {t(
          `从 ${learned.lessons} 件已派遣的案卷学来，没学过的近期案卷里前三项有 ${top3}% 含正确分类。只是推荐，由您决定。`,
          `Learned from ${learned.lessons} dispatched cases; of recent ones it had not seen, ${top3}% had the right kind among three. You decide.`,
        )}
      </p>
    </section>
  );
}
