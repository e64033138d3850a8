import { html } from 'ghtml';
import type { z } from 'zod';
import {
  confidenceWords,
  type suggestionsView,
  type suggestionView,
} from '../../domains/work/suggestions/suggestion.model.ts';
import type { Language } from '../../kernel/words.ts';

type Suggestions = z.output<typeof suggestionsView>;
type Suggestion = z.output<typeof suggestionView>;

/** What past dispatches suggest. A button fills the form below and files nothing: whoever registers reads it and decides. */
export function suggestionsPanel(
  caseId: string,
  { learned, suggestions }: Suggestions,
  chosen: string | null,
  language: Language,
): string {
  if (!learned) return '';
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const top3 = Math.round(learned.top3 * 100);
  return html`<h2>${t('可能是哪一类', 'What kind it may be')}</h2>
!${
    suggestions.length === 0
      ? html`<p class="soft">${t('没有学到过类似的说法，请直接选择分类。', 'Nothing like it was learned; choose the kind yourself.')}</p>`
      : suggestions.map((one) => suggested(caseId, one, one.typeCode === chosen, language))
  }
<p class="soft small">${t(
    `从 ${learned.lessons} 件已派遣的案卷学来（第 ${learned.version} 版）；没有学过的近期案卷里，前三项含正确分类的占 ${top3}%。只是推荐，由您决定。`,
    `Learned from ${learned.lessons} dispatched cases (version ${learned.version}); of recent cases it had not seen, ${top3}% had the right kind among three. A suggestion only: you decide.`,
  )}</p>`;
}

function suggested(caseId: string, one: Suggestion, isChosen: boolean, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const { body, rule } = one;
  const differs = rule !== null && rule.bodyId !== body?.id;
  return html`<div class="panel"><p><strong>${one.type[language]}</strong> <span class="soft small">${one.major[language]}</span><br><span class="small">!${sureness(one, language)}</span></p>
!${body ? html`<p class="small">${t('这里以往派给', 'Such cases here went to')} <strong>${body.name}</strong>!${t('（', ' (')}!${sureness(body, language)}!${t('）', ')')}</p>` : ''}
!${rule && differs ? html`<p class="small">${t('按责任规则是', 'By the rules it is')} <strong>${rule.name}</strong></p>` : ''}
!${
    isChosen
      ? html`<p class="settled" role="status">${t('已填入下面的立案表，请核对后再立案。', 'Filled in below. Read it before you register.')}</p>`
      : html`<form method="get" action="/console/cases/${caseId}#do-register"><input type="hidden" name="type" value="${one.typeCode}"><button>${t('填入立案表', 'Fill the form')}</button></form>`
  }</div>`;
}

/** In words first; the number in tenths, for more it does not know. */
function sureness({ confidence, share }: Pick<Suggestion, 'confidence' | 'share'>, language: Language): string {
  const tenths = Math.round(share * 10);
  const words = confidenceWords[confidence][language];
  if (tenths === 0) return html`${words}`;
  return language === 'zh'
    ? html`${words}，约 ${Math.min(tenths, 9)} 成把握`
    : html`${words}, about ${Math.min(tenths, 9)} in 10`;
}
