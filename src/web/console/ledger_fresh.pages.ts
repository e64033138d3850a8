import { html } from 'ghtml';
import type { Language } from '../../kernel/words.ts';
import { rowWords } from './ledger.words.ts';
import type { LedgerFileDetail } from './ledger_file.pages.ts';
import { sayIn } from './people.pages.ts';
import { FILES } from './residents.pages.ts';

/** Who would be new, before the file is taken in: names and where they stand, portion by portion. */
export function freshPart(
  { id, counts, stage }: LedgerFileDetail,
  { rows, next }: NonNullable<LedgerFileDetail['fresh']>,
  language: Language,
): string {
  const t = sayIn(language);
  const count = (counts.new ?? 0).toLocaleString('en');
  const none =
    stage === 'looked'
      ? t('这一段里没有新增的人。', 'Nobody is new in this portion.')
      : t(
          '名单只在入账以前看得到；入账以后，人在居民台账里。',
          'The list is there before the file is taken in; then they are in the ledger.',
        );
  const list =
    rows.length === 0
      ? html`<p class="soft">${none}</p>`
      : html`<ol class="plain" id="fresh">!${rows.map(({ where, name }) => html`<li>${name} <span class="soft small">${rowWords(where, language)}</span></li>`)}</ol>`;
  const on =
    next === null
      ? ''
      : html`<a href="${FILES}/${id}?fresh=${next}" rel="next">${t('看后面的行', 'The rows behind it')} →</a>`;
  return html`<h2>${t('新增的人', 'Who is new')} <span class="soft">${count}</span></h2>!${list}<p class="ways"><a href="${FILES}/${id}">← ${t('回到这个文件', 'Back to the file')}</a>!${on}</p>`;
}
