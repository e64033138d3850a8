import { html } from 'ghtml';
import type { z } from 'zod';
import type { handedView } from '../../domains/community/requests/everything.model.ts';
import { resultWords } from '../../domains/work/campaigns/result.model.ts';
import type { Language } from '../../kernel/words.ts';
import { dayAndTime } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { rowWords, valueWords } from './ledger.words.ts';
import { type Say, sayIn } from './people.pages.ts';
import type { Request } from './request.pages.ts';
import { REQUESTS } from './requests.pages.ts';

/** Everything that is kept about one person, as it is shown or handed to them: on paper, and as a workbook of the same parts. */
export type Handed = z.output<typeof handedView>;

interface Part {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly none: string;
}

/** The same words on paper and in the workbook. */
function partsOf({ facts, history, reads, visits }: Handed, { language, zone }: DeskFrame): Part[] {
  const t = sayIn(language);
  const when = (at: Date | null): string => (at === null ? '' : dayAndTime(at, zone, language));
  const from = (source: string | null): string => whence(source, language, t);
  const by = (name: string | null): string => name ?? t('系统', 'the program');
  return [
    {
      title: t('登记的内容', 'What is registered'),
      heads: [
        t('项目', 'Field'),
        t('内容', 'Value'),
        t('谁填的', 'Entered by'),
        t('什么时候', 'When'),
        t('从哪里来', 'From'),
      ],
      rows: facts.map(({ field, name, value, setBy, setAt, source }) => [
        name[language],
        valueWords(field, value, language),
        by(setBy),
        when(setAt),
        from(source),
      ]),
      none: t('没有。', 'None.'),
    },
    {
      title: t('登记和更正的经过', 'How it came to be'),
      heads: [t('什么时候', 'When'), t('谁', 'By'), t('从哪里来', 'From'), t('填了什么', 'What was entered')],
      rows: history.map(({ at, by: who, source, fields }) => [
        ...[when(at), by(who), from(source)],
        fields
          .map(
            ({ field, name, value }) =>
              `${name[language]}：${value === '' ? t('（去掉）', '(taken away)') : valueWords(field, value, language)}`,
          )
          .join('；'),
      ]),
      none: t('没有。', 'None.'),
    },
    {
      title: t('走访时说的', 'Said at visits'),
      heads: [
        t('什么时候', 'When'),
        t('哪次走访', 'Campaign'),
        t('谁去的', 'By'),
        t('结果', 'Result'),
        t('回答', 'Answers'),
      ],
      rows: visits.map(({ at, campaign, by: who, result, answers }) => [
        ...[when(at), campaign, who, resultWords[result as keyof typeof resultWords]?.[language] ?? result],
        answers.map(({ question, answer }) => `${question}：${answer}`).join('；'),
      ]),
      none: t('没有走访过。', 'There was no visit.'),
    },
    {
      title: t('谁看过完整号码', 'Who saw the numbers in full'),
      heads: [t('什么时候', 'When'), t('谁', 'Who'), t('看了什么', 'What'), t('为什么', 'Why')],
      rows: reads.map(({ at, by: who, fields, reason }) => [
        ...[when(at), who, fields.map((one) => one[language]).join('、'), reason ?? ''],
      ]),
      none: t('没有人看过。', 'Nobody.'),
    },
  ];
}

const whence = (source: string | null, language: Language, t: Say): string =>
  source === null ? t('当面填写', 'entered by hand') : rowWords(source, language);

const notHere = {
  zh: '不在这里面的：报过的事（案卷）凭查询码查；遮住号码的一般查看不逐次记录；同一户、同一门牌的其他人。',
  en: 'Not in here: cases that were reported (by tracking code); plain looks with numbers covered; others of the household.',
};

export function everythingPage(frame: DeskFrame, request: Request, handed: Handed): string {
  const { language, zone, now, me } = frame;
  const t = sayIn(language);
  const back = `${REQUESTS}/${request.id}`;
  const part = ({ title, heads, rows, none }: Part): string =>
    html`<h2>${title}</h2>!${rows.length === 0 ? html`<p class="soft">${none}</p>` : html`<table class="records"><thead><tr>!${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>!${rows.map((cells) => html`<tr>!${cells.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td data-label="${heads[i] ?? ''}">${cell === '' ? '—' : cell}</td>`))}</tr>`)}</tbody></table>`}`;
  return desk(
    frame,
    { zh: '登记的全部内容', en: 'Everything that is kept' },
    html`<p class="noprint"><a href="${back}">← ${t('回到这件请求', 'Back to the request')}</a></p>
<h1>${handed.name}：${t('登记的全部内容', 'everything that is kept')}</h1>
<p class="soft">${handed.ledger[language]} · ${handed.area} · ${t('截至', 'as of')} ${dayAndTime(now, zone, language)} · ${t('打开的人', 'opened by')} ${me?.name ?? ''}</p>
<p class="noprint near">${t('只显示这一次；您打开过，已经记下来。打印给本人，或者让本人看完，再回去点“已交给本人”。', 'Shown this once, and noted. Print it for them, or let them read it, then say that it was handed over.')}</p>
!${partsOf(handed, frame).map(part)}
<p class="soft small">${notHere[language]}</p>`,
  );
}

export interface Sheet {
  readonly name: string;
  readonly rows: string[][];
}

export const everythingSheets = (frame: DeskFrame, handed: Handed): Sheet[] =>
  partsOf(handed, frame).map(({ title, heads, rows, none }) => ({
    name: title,
    rows: [[...heads], ...(rows.length === 0 ? [[none]] : rows.map((cells) => [...cells]))],
  }));
