import { html } from 'ghtml';
import { conditionalIn } from '../../domains/land/registry/fields/choice.model.ts';
import type { Ledger } from '../../domains/land/registry/ledger.model.ts';
import type { Language } from '../../kernel/words.ts';
import { sayIn } from './people.pages.ts';

/** Whoever looks for an own field among the conditions finds out why it is not there. */
export function sealedSaid(ledger: Ledger, language: Language): string {
  const may = conditionalIn(ledger);
  const sealed = (ledger.added ?? []).filter(({ code, isRetired }) => !isRetired && !may.includes(code));
  if (sealed.length === 0) return '';
  const t = sayIn(language);
  const names = sealed.map(({ name }) => name[language]).join(t('、', ', '));
  return html`<p class="soft small">${t(`加密保存的自建字段不能当条件：${names}`, `Own fields that lie sealed are no conditions: ${names}`)}</p>`;
}
