import { html } from 'ghtml';
import type { z } from 'zod';
import type { publicAlikeView } from '../../domains/work/duplicates/public_alike.model.ts';
import type { Language } from '../../kernel/words.ts';
import { dayAndTime } from '../ui/time.ts';

export type PublicAlike = z.output<typeof publicAlikeView>;

interface Frame {
  readonly language: Language;
  readonly zone: string;
}

/** Asked when the report is safely in, with its code and photos: a tap joins it to an earlier one, or leaves it as it is. */
export function alikePanel(
  code: string,
  commandId: string,
  alike: readonly PublicAlike[],
  { language, zone }: Frame,
): string {
  if (alike.length === 0) return '';
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return html`<section class="panel" aria-labelledby="alike"><h2 id="alike">${t('可能已有人报过', 'Perhaps somebody reported it already')}</h2>
<p>${t('附近有正在办的事，看看是不是同一件。是的话并在一起办，进展照样告诉您。', 'These are being dealt with nearby. If one is the same, yours goes on with it and you hear of it all the same.')}</p>
!${alike.map(
    (
      one,
    ) => html`<div class="alike"><p><strong>${one.type[language]}</strong><br>${one.place}<br><span class="soft small">${t('报于', 'reported')} ${dayAndTime(one.reportedAt, zone, language)} · ${one.state[language]} · <span class="code">${one.number}</span></span></p>
<p class="small">${one.reasons.map((why) => why[language]).join(t('，', ', '))}</p>
<form method="post" action="/track/${code}/join"><input type="hidden" name="commandId" value="${commandId}"><input type="hidden" name="number" value="${one.number}"><button>${t('是同一件，也告诉我', 'It is the same, tell me too')}</button></form></div>`,
  )}
<p><a class="button" href="/track/${code}">${t('不是，我的是另一件', 'No, mine is another')}</a></p></section>`;
}
