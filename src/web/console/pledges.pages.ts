import { html } from 'ghtml';
import type { z } from 'zod';
import {
  pledgeIssuers,
  type pledgeView,
  type SignatureCommand,
  type Status,
  type signatureLine,
  type signatureView,
  statuses,
} from '../../domains/work/pledges/pledge.model.ts';
import type { Words } from '../../kernel/words.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { holdsOneOf } from './links.ts';
import { type Say, sayIn } from './people.pages.ts';
import { areaOptions, type Choice, doneBox } from './residents.pages.ts';

/** Pledges: those there are, one of them with who has signed, and what one signer pledged. */
export type Pledge = z.output<typeof pledgeView>;
export type SignatureLine = z.output<typeof signatureLine>;
export type Signature = z.output<typeof signatureView>;
type Fields = Readonly<Record<string, string>>;

export const PLEDGES = '/console/pledges';
export const SIGNATURES = '/console/pledge-signatures';
const title = { zh: '承诺书', en: 'Pledges' };

export const only = ['all', 'asked', 'signed', 'redeemed'] as const;
export type Only = (typeof only)[number];
const onlyWords: Readonly<Record<Only, Words>> = { all: { zh: '全部', en: 'all' }, ...statuses };
const marks: Readonly<Record<Status, string>> = { asked: '○', signed: '◐', redeemed: '●' };
const countAt = (id: string, which: Only, count: number): string =>
  html`<a href="${PLEDGES}/${id}?only=${which}#signatures">${count.toLocaleString('en')}</a>`;

export function pledgesPage(frame: DeskFrame, pledges: readonly Pledge[]): string {
  const t = sayIn(frame.language);
  const issues = holdsOneOf(frame, pledgeIssuers);
  const none = issues
    ? t('还没有。写好条款和请谁签，发出后对方的待办里就有。', 'None yet. Write the articles and who is to sign.')
    : t('现在没有要您签的。', 'There is nothing for you to sign.');
  const line = ({ id, title: name, area, openedBy, openedAt, counts, signBy }: Pledge): string =>
    html`<li><h2><a href="${PLEDGES}/${id}">${name}</a></h2><p>${t('请签', 'Asked')} !${countAt(id, 'all', counts.signers)} · ${t('已签', 'signed')} ${counts.signed} · ${t('还没签', 'not signed')} !${countAt(id, 'asked', counts.asked)} · ${t('已兑现评定', 'looked at')} !${countAt(id, 'redeemed', counts.redeemed)}</p>
<p class="soft small">${[area, openedBy, dayIn(openedAt, frame.zone), ...(signBy === null ? [] : [t(`${signBy} 前签`, `sign by ${signBy}`)])].join(' · ')}</p></li>`;
  return desk(
    frame,
    title,
    html`<h1>${title[frame.language]}</h1>
!${issues ? html`<p class="ways"><a class="button" href="${PLEDGES}/new">${t('发一份承诺书', 'Ask for a pledge')}</a></p>` : ''}
!${pledges.length === 0 ? html`<p>${none}</p>` : html`<ul class="parts">!${pledges.map(line)}</ul>`}`,
  );
}

export interface PledgeShown {
  readonly pledge: Pledge;
  readonly lines: readonly SignatureLine[];
  readonly which: Only;
  readonly done: string | null;
}

export function pledgePage(frame: DeskFrame, { pledge, lines, which, done }: PledgeShown): string {
  const t = sayIn(frame.language);
  const { id, articles, counts, area, signBy } = pledge;
  const figures: readonly (readonly [string, Only, number])[] = [
    [t('请签的', 'Asked'), 'all', counts.signers],
    [t('还没签', 'Not signed'), 'asked', counts.asked],
    [t('已签、还没评', 'Signed'), 'signed', counts.signed - counts.redeemed],
    [t('已兑现评定', 'Looked at'), 'redeemed', counts.redeemed],
  ];
  return desk(
    frame,
    title,
    html`<p class="noprint"><a href="${PLEDGES}">← ${title[frame.language]}</a></p><h1>${pledge.title}</h1>
<p class="soft">${[area, ...(signBy === null ? [] : [t(`${signBy} 前签`, `sign by ${signBy}`)])].join(' · ')}</p>!${doneBox(done)}
<dl class="figures">!${figures.map(([name, part, count]) => html`<div><dt>${name}</dt><dd>!${countAt(id, part, count)}</dd></div>`)}</dl>
<details><summary>${t(`条款 ${articles.length} 条`, `${articles.length} articles`)}</summary>!${articleList(
      articles.map((one) => html`${one}`),
      articles,
    )}</details>
<h2 id="signatures">${onlyWords[which][frame.language]}</h2>!${signaturesTable(frame, lines)}`,
  );
}

const keptOf = (kept: readonly boolean[]): string => `${kept.filter(Boolean).length}/${kept.length}`;

/** Articles that bear a number of their own are not numbered twice. */
function articleList(lines: readonly string[], texts: readonly string[]): string {
  const isNumbered = texts.every((one) =>
    /^(?:第?[一二三四五六七八九十\d]+[条、.．]|[（(][一二三四五六七八九十\d]+[)）])/.test(one.trim()),
  );
  const rows = lines.map((one) => html`<li>!${one}</li>`);
  return isNumbered ? html`<ul class="plain">!${rows}</ul>` : html`<ol>!${rows}</ol>`;
}

function signaturesTable({ language, zone }: DeskFrame, lines: readonly SignatureLine[]): string {
  const t = sayIn(language);
  if (lines.length === 0) return html`<p class="soft">${t('没有。', 'None.')}</p>`;
  const heads = [t('谁', 'Who'), t('签了没有', 'Signed'), t('兑现', 'Kept')];
  const rows = lines.map(({ id, signer, status, kept, signedAt, ...line }) => {
    const when = signedAt === null ? '' : ` ${line.paperOn ?? dayIn(signedAt, zone)}`;
    const paper = line.paperOn === null ? '' : t('（纸质）', ' (on paper)');
    const said = kept === null ? '—' : t(`做到 ${keptOf(kept)}`, `kept ${keptOf(kept)}`);
    return html`<tr><th scope="row"><a href="${SIGNATURES}/${id}">${signer.name}</a></th><td data-label="${heads[1]}">${marks[status]} ${statuses[status][language]}${when}${paper}</td><td data-label="${heads[2]}">${said}</td></tr>`;
  });
  return html`<table class="records"><thead><tr>!${heads.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>!${rows}</tbody></table>`;
}

export interface SignatureShown {
  readonly signature: Signature;
  readonly fault: Fault | null;
  readonly done: string | null;
  readonly typed: Fields;
  readonly today: string;
  readonly newId: () => string;
}

export function signaturePage(frame: DeskFrame, shown: SignatureShown): string {
  const t = sayIn(frame.language);
  const { pledge, signer, status, signedBy, paperOn, signedAt, kept, assessments, can } = shown.signature;
  const stands =
    kept === null
      ? statuses[status][frame.language]
      : t(`已评定：做到 ${keptOf(kept)}`, `Looked at: kept ${keptOf(kept)}`);
  const day = (at: Date | null): string => (at === null ? '' : dayIn(at, frame.zone));
  const signed =
    signedBy === null
      ? ''
      : paperOn === null
        ? t(`${signedBy} 于 ${day(signedAt)} 签名`, `Signed by ${signedBy}, ${day(signedAt)}`)
        : t(`纸质签于 ${paperOn}，${signedBy} 登记`, `On paper ${paperOn}, written down by ${signedBy}`);
  const may = can.filter(({ allowed }) => allowed);
  const not = can.filter(({ allowed, reason }) => !allowed && reason !== null);
  return desk(
    frame,
    title,
    html`<p class="noprint"><a href="${PLEDGES}/${pledge.id}">← ${pledge.title}</a></p><h1>${signer.name}</h1>!${doneBox(shown.done)}!${faultBox(shown.fault)}
<p>${marks[status]} ${stands}!${pledge.dueOn === null ? '' : html` <span class="soft">${t(`承诺到 ${pledge.dueOn}`, `holds until ${pledge.dueOn}`)}</span>`}</p>
<h2>${t('承诺的条款', 'The articles')}</h2>!${articleList(
      pledge.articles.map(
        (one, i) =>
          html`${one}!${kept === null ? '' : html` <strong class="${kept[i] ? 'settled' : 'late'}">${kept[i] ? t('● 做到', '● kept') : t('▲ 没做到', '▲ not kept')}</strong>`}`,
      ),
      pledge.articles,
    )}
!${signed === '' ? '' : html`<p>${signed}</p>`}!${assessmentsPart(frame, assessments)}
<div class="noprint">!${may.map(({ command, words: name }) => actForm(t, shown, command, name[frame.language]))}
!${not.length === 0 ? '' : html`<details><summary>${t('现在还不能做的', 'Not possible now')}</summary><ul>!${not.map(({ words: name, reason }) => html`<li>${name[frame.language]}：<span class="soft">${reason?.[frame.language] ?? ''}</span></li>`)}</ul></details>`}</div>`,
  );
}

/** What was said of it, one after the other: a correction stands beside what it corrects. */
function assessmentsPart({ language, zone }: DeskFrame, assessments: Signature['assessments']): string {
  const t = sayIn(language);
  if (assessments.length === 0) return '';
  const said = assessments.map(({ at, by, kept, words }, i) => {
    const what = i === 0 ? t('逐条评定', 'looked at') : t('更正', 'corrected');
    const not = kept.flatMap((one, at) => (one ? [] : [at + 1])).join('、');
    const missed = not === '' ? '' : t(`，没做到第 ${not} 条`, `, not kept: ${not}`);
    return html`<li><strong>${what}：${t(`做到 ${keptOf(kept)}`, `kept ${keptOf(kept)}`)}</strong>${missed} <span class="soft small">${by} ${dayIn(at, zone)}</span>!${words === null ? '' : html`<p class="original">${words}</p>`}</li>`;
  });
  return html`<h2>${t('评定', 'What was said of it')}</h2><ol class="plain">!${said}</ol>`;
}

function actForm(t: Say, shown: SignatureShown, command: SignatureCommand, name: string): string {
  const { signature, newId } = shown;
  return html`<details id="do-${command}" class="due"!${command === 'correct' ? '' : ' open'}><summary>${name}</summary><form method="post" action="${SIGNATURES}/${signature.id}/${command}"><input type="hidden" name="commandId" value="${newId()}">!${fieldsOf(t, shown, command)}<p><button class="primary">${name}</button></p></form></details>`;
}

function fieldsOf(t: Say, shown: SignatureShown, command: SignatureCommand): string {
  const { typed, today } = shown;
  if (command === 'sign')
    return html`<p>${t('看过上面每一条，写下您的姓名，就是签名。', 'Having read every article, type your name: that is your signature.')}</p><label for="name">${t('您的姓名', 'Your name')}</label><input id="name" name="name" required minlength="2" maxlength="60" autocomplete="off" value="${typed.name ?? ''}">`;
  if (command === 'sign_on_paper')
    return html`<label for="signedOn">${t('纸上签的日期', 'The day on the paper')}</label><input id="signedOn" name="signedOn" type="date" required max="${today}" value="${typed.signedOn ?? ''}">`;
  return keptFields(t, shown, command);
}

/** Kept or not kept is chosen article by article: nothing is taken for granted. */
function keptFields(t: Say, { signature, typed, fault, today }: SignatureShown, command: 'redeem' | 'correct'): string {
  const { articles, dueOn } = signature.pledge;
  const isTyped = typed.count !== undefined;
  const was = (i: number): string => (signature.kept === null ? '' : signature.kept[i] ? 'yes' : 'no');
  const at = (i: number): string => (isTyped ? (typed[`kept_${i}`] ?? '') : was(i));
  const choice = (i: number, value: string, words: string): string =>
    html`<label class="tick"><input type="radio" name="kept_${i}" value="${value}" required!${at(i) === value ? ' checked' : ''}> ${words}</label>`;
  const missing = (i: number): string =>
    fault !== null && isTyped && at(i) === ''
      ? html`<span class="late">▲ ${t('这一条没有选', 'not chosen')}</span>`
      : '';
  const rows = articles.map(
    (one, i) =>
      html`<fieldset class="panel"><legend>${t(`第 ${i + 1} 条`, `Article ${i + 1}`)} !${missing(i)}</legend><p>${one}</p>!${choice(i, 'yes', t('做到', 'kept'))}!${choice(i, 'no', t('没做到', 'not kept'))}</fieldset>`,
  );
  const early =
    command === 'redeem' && dueOn !== null && today < dueOn
      ? html`<p class="near">▲ ${t(`承诺到 ${dueOn}，还没到。`, `It holds until ${dueOn}.`)}</p><label class="tick"><input type="checkbox" name="early" value="yes"!${typed.early ? ' checked' : ''}> ${t('提前评，原因写在下面', 'Say it early; why, below')}</label>`
      : '';
  const [zh, en] =
    command === 'correct'
      ? ['原来评的哪里不对，凭什么更正', 'What was wrong, and how one knows']
      : ['没做到的写明是怎么回事', 'What was not kept, and why'];
  const needed = command === 'correct' ? ' required minlength="2"' : '';
  return html`<input type="hidden" name="count" value="${articles.length}">!${rows}!${early}<label for="${command}-words">${t(zh, en)}</label><textarea id="${command}-words" name="words" rows="3" maxlength="2000"!${needed}>${typed.words ?? ''}</textarea>`;
}

export interface NewShown {
  readonly areas: readonly Choice[];
  readonly typed: Fields;
  readonly fault: Fault | null;
  readonly today: string;
  readonly newId: () => string;
}

export function newPledgePage(frame: DeskFrame, { areas, typed, fault, today, newId }: NewShown): string {
  const t = sayIn(frame.language);
  const value = (name: string): string => typed[name] ?? '';
  return desk(
    frame,
    { zh: '发一份承诺书', en: 'Ask for a pledge' },
    html`<p><a href="${PLEDGES}">← ${title[frame.language]}</a></p><h1>${t('发一份承诺书', 'Ask for a pledge')}</h1>!${faultBox(fault)}
<form method="post" action="${PLEDGES}/new"><input type="hidden" name="commandId" value="${newId()}">
<label for="title">${t('标题', 'Title')}</label><input id="title" name="title" required minlength="2" maxlength="120" value="${value('title')}" autocomplete="off">
<div class="asks"><div><label for="areaId">${t('哪个地方', 'Where')}</label><select id="areaId" name="areaId" required>!${areaOptions(areas, value('areaId') || (areas[0]?.id ?? ''))}</select></div><div><label for="signBy">${t('什么时候前签（可以空着）', 'Sign by, if there is a day')}</label><input id="signBy" name="signBy" type="date" min="${today}" value="${value('signBy')}"></div><div><label for="dueOn">${t('承诺到哪天（到了才评做没做到，可以空着）', 'Holds until, if there is a day')}</label><input id="dueOn" name="dueOn" type="date" min="${today}" value="${value('dueOn')}"></div></div>
<label for="articles">${t('条款，一行一条', 'Articles, one a line')}</label><textarea id="articles" name="articles" rows="10" required>${value('articles')}</textarea>
<label for="names">${t('请谁签，一行一个', 'Who is to sign, one a line')} <span class="soft">${t('单位、村（社区）的名称，或工作人员的姓名；居民个人的承诺现在还不能签', 'bodies, villages, or people who work here; residents cannot sign yet')}</span></label><textarea id="names" name="names" rows="8" required>${value('names')}</textarea>
<p><button class="primary">${t('发出，请他们签', 'Send it to be signed')}</button></p></form>`,
  );
}
