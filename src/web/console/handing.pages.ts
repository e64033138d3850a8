import { html } from 'ghtml';
import type { z } from 'zod';
import type { handoverPreview, receiptView, relievingView } from '../../domains/work/handovers/handover_form.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime } from '../ui/time.ts';
import { clockWords, type DeskFrame, desk } from './console.pages.ts';
import { type Found, personLink, type Say, sayIn, to as way } from './people.pages.ts';

/** Handing over: who to whom, what moves, the receipt; and relieving somebody of a post, with what that leaves behind. */
type Preview = z.output<typeof handoverPreview>;
type Receipt = z.output<typeof receiptView>;

export interface Side {
  readonly id: string | null;
  /** As typed, or the name of whoever was chosen. */
  readonly name: string;
  readonly found: Found;
}
interface Passing {
  readonly from: Side;
  readonly to: Side;
  /** Only these posts, with commas. */
  readonly post: string | null;
  readonly preview: Preview | null;
  readonly fault: Fault | null;
  readonly commandId: string;
  readonly handoverId: string;
}

const heading = { zh: '移交', en: 'Hand over' };

export function handOverPage(frame: DeskFrame, passing: Passing): string {
  const t = sayIn(frame.language);
  const { from, to, fault, preview } = passing;
  return desk(
    frame,
    heading,
    html`<h1>${t('移交', 'Hand over')}</h1>
<p>${t('有人离开或者调岗：岗位、包保的区域、点名交给他的待办，一起转给接手的人。时限照走。', 'Somebody leaves or is moved: posts, areas they answer for and duties given to them by name go to whoever takes over. Clocks run on.')}</p>
!${faultBox(fault)}
!${choosing('giver', t('谁移交', 'From whom'), from, passing, t)}
!${from.id === null ? '' : choosing('receiver', t('谁接手', 'To whom'), to, passing, t)}
!${preview === null ? '' : previewOf(preview, passing, frame)}
<p class="ways"><a href="${way('')}">← ${t('人员', 'People')}</a><a href="/console/handovers">${t('交接记录', 'Receipts')}</a></p>`,
  );
}

/** By name; whoever is found is chosen by a link that keeps the other side. */
function choosing(which: 'giver' | 'receiver', label: string, side: Side, passing: Passing, t: Say): string {
  const other = {
    ...(which === 'receiver' && passing.from.id !== null && { from: passing.from.id }),
    ...(passing.post !== null && { post: passing.post }),
  };
  if (side.id !== null)
    return html`<p><strong>${label}</strong> !${personLink({ personId: side.id, name: side.name })} <a class="small" href="${way('/hand-over', other)}">${t('换一个人', 'somebody else')}</a></p>`;
  const key = which === 'giver' ? 'from' : 'to';
  return html`<form method="get" action="/console/people/hand-over" role="search">!${Object.entries(other).map(([name, value]) => html`<input type="hidden" name="${name}" value="${String(value)}">`)}<label for="${which}">${label} <span class="soft">${t('姓名里的字', 'a part of the name')}</span></label><div class="asked-in-line"><input id="${which}" name="${which}" required maxlength="60" value="${side.name}" autocomplete="off"><button>${t('找', 'Find')}</button></div></form>
!${
    side.name === ''
      ? ''
      : side.found.length === 0
        ? html`<p>${t(`没有名字里带“${side.name}”的人。`, `Nobody is called “${side.name}”.`)}</p>`
        : html`<ul class="plain">!${side.found.map((one) => html`<li><a class="button" href="${way('/hand-over', { ...other, [key]: one.personId })}">${one.name}</a> <span class="soft">${one.places.join(t('、', ', '))}</span></li>`)}</ul>`
  }`;
}

function previewOf(preview: Preview, passing: Passing, frame: DeskFrame): string {
  const t = sayIn(frame.language);
  const { from, to, post, commandId, handoverId } = passing;
  const open = preview.duties.reduce((sum, { count }) => sum + count, 0);
  return html`<h2>${t(`会从 ${preview.from} 转给 ${preview.to}`, `Goes from ${preview.from} to ${preview.to}`)}</h2>
!${listOf(t('岗位', 'Posts'), preview.posts, ({ name, waiting }) => html`${name}!${waiting > 0 ? html` <span class="soft">${t(`岗位上另有 ${waiting} 件待办，跟着岗位走`, `${waiting} open duties stay with the post`)}</span>` : ''}`)}
!${listOf(t('包保', 'In charge of'), preview.charges, ({ area, charge }) => html`${area} <span class="soft">${charge}</span>`)}
!${listOf(t('点名交给他的待办', 'Duties given by name'), preview.duties, (one) => html`${one.duty[frame.language]} <strong>${one.count}</strong> <span class="soft">${one.owedBy}!${one.confidential > 0 ? html` · ${t(`其中保密 ${one.confidential}`, `${one.confidential} confidential`)}` : ''}</span>`)}
!${preview.circles > 0 ? html`<p class="near">${t(`${preview.from} 还在 ${preview.circles} 件保密案卷的知情范围里。这些不移交，由能加人的岗位另行决定。`, `${preview.from} stands in the circle of ${preview.circles} confidential cases. Those are not handed over: whoever admits people decides.`)}</p>` : ''}
<form method="post" action="/console/people/hand-over"><input type="hidden" name="commandId" value="${commandId}"><input type="hidden" name="id" value="${handoverId}"><input type="hidden" name="from" value="${from.id ?? ''}"><input type="hidden" name="to" value="${to.id ?? ''}">!${post === null ? '' : html`<input type="hidden" name="post" value="${post}">`}
<p>${t(`将移交 ${preview.posts.length} 个岗位、${preview.charges.length} 处包保、${open} 件待办。${preview.from} 从这一刻起不再有这些岗位的权限。`, `${preview.posts.length} posts, ${preview.charges.length} responsibilities and ${open} duties go. From this moment ${preview.from} may do nothing through these posts.`)}</p>
<p><button class="primary">${t('移交', 'Hand over')}</button></p></form>`;
}

function listOf<T>(label: string, list: readonly T[], line: (one: T) => string): string {
  return html`<h3>${label} <span class="soft">${list.length}</span></h3>!${list.length === 0 ? '' : html`<ul>!${list.map((one) => html`<li>!${line(one)}</li>`)}</ul>`}`;
}

interface ReceiptsAsked {
  readonly newId: () => string;
  /** The receipt that was made just now, or `confirmed`. */
  readonly done: string | null;
  readonly fault: Fault | null;
}

/** What came to me and waits for my word, first; then the rest. */
export function receiptsPage(frame: DeskFrame, receipts: readonly Receipt[], asked: ReceiptsAsked): string {
  const t = sayIn(frame.language);
  const mine = receipts.filter(({ side, confirmedAt }) => side === 'receiver' && confirmedAt === null);
  const rest = receipts.filter((one) => !mine.includes(one));
  const done =
    asked.done === 'confirmed'
      ? t('已确认接手。', 'Confirmed.')
      : receipts.some(({ id }) => id === asked.done)
        ? t(
            '已移交，下面是回执。等接手的人在自己的页面确认。',
            'Handed over; the receipt is below. Whoever took over confirms it on their own page.',
          )
        : null;
  return desk(
    frame,
    { zh: '交接', en: 'Hand-overs' },
    html`<h1>${t('交接', 'Hand-overs')}</h1>
!${faultBox(asked.fault)}!${done === null ? '' : html`<div class="good" role="status"><strong class="settled">${done}</strong></div>`}
!${receipts.length === 0 ? html`<p>${t('没有移交给您的，也没有您移交出去的。', 'Nothing was handed over to you or by you.')}</p>` : ''}
!${mine.length === 0 ? '' : html`<h2>${t('等我确认', 'Waiting for me')} <span class="soft">${mine.length}</span></h2>!${mine.map((one) => receiptBox(one, frame, asked))}`}
!${rest.length === 0 ? '' : html`<h2>${t('回执', 'Receipts')}</h2>!${rest.map((one) => receiptBox(one, frame, asked))}`}`,
  );
}

function receiptBox(receipt: Receipt, frame: DeskFrame, { newId }: ReceiptsAsked): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const { id, from, to, at, by, confirmedAt, side, posts, charges, duties, list } = receipt;
  const state =
    confirmedAt === null
      ? html`<span class="near">${t('还没有确认', 'not confirmed yet')}</span>`
      : html`<span class="settled">${t(`${to} 已确认`, `confirmed by ${to}`)} ${dayAndTime(confirmedAt, zone, language)}</span>`;
  return html`<div class="panel"><p><strong>${from} → ${to}</strong> <span class="soft">${dayAndTime(at, zone, language)} · ${by ?? t('在服务器上办理', 'at the shell of the server')}</span><br>!${state}</p>
!${posts.length === 0 ? '' : html`<p>${t('岗位：', 'Posts: ')}${posts.join(t('、', ', '))}</p>`}
!${charges.length === 0 ? '' : html`<p>${t('包保：', 'In charge of: ')}${charges.join(t('、', ', '))}</p>`}
<p>${t(`待办 ${duties} 件`, `${duties} duties`)}</p>
!${list.length === 0 ? '' : html`<details !${confirmedAt === null ? 'open' : ''}><summary>${t(`看得到的 ${list.length} 件`, `${list.length} that I may see`)}</summary><table><tbody>!${list.map((one) => html`<tr><td><strong>${one.dutyWords[language]}</strong></td><td><a href="/console/cases/${one.recordId}">${one.title?.[language] ?? one.number ?? one.recordId}</a><br><span class="soft small code">${one.number ?? ''}</span></td><td>!${one.open ? clockWords(one.clock, frame) : html`<span class="soft">${t('已办完', 'done')}</span>`}</td></tr>`)}</tbody></table></details>`}
!${side === 'receiver' && confirmedAt === null ? html`<form method="post" action="/console/handovers/${id}/confirm"><input type="hidden" name="commandId" value="${newId()}"><p><button class="primary">${t('看过了，确认接手', 'I looked through it and take over')}</button></p></form>` : ''}</div>`;
}

/** Relieving moves nothing by itself: what would be left with an empty chair is said first. */
export function relievePage(
  frame: DeskFrame,
  post: z.output<typeof relievingView>,
  personId: string,
  commandId: string,
  fault: Fault | null,
): string {
  const t = sayIn(frame.language);
  const leaving = post.holders.find((one) => one.personId === personId);
  const others = post.holders.filter((one) => one.personId !== personId);
  return desk(
    frame,
    { zh: '免去', en: 'Relieve' },
    html`<h1>${t('免去', 'Relieve')} <span class="soft">${post.name}</span></h1>
!${faultBox(fault)}
!${leaving ? consequences(post, leaving, others, commandId, t) : html`<p>${t('这个人现在不在这个岗位上，不用免去。', 'This person does not hold the post now.')}</p>`}
<p><a href="${way(`/posts/${post.id}`)}">← ${t('岗位', 'The post')}</a></p>`,
  );
}

type Holder = z.output<typeof relievingView>['holders'][number];

function consequences(
  { id, waiting }: { readonly id: string; readonly waiting: number },
  { personId, name, given }: Holder,
  others: readonly Holder[],
  commandId: string,
  t: Say,
): string {
  return html`<p>${t(`${name} 从这一刻起不再有这个岗位的权限。`, `From this moment ${name} may do nothing through this post.`)}</p>
<ul><li>${others.length > 0 ? t(`还有 ${others.map((one) => one.name).join('、')} 担任。`, `${others.map((one) => one.name).join(', ')} still hold it.`) : t('岗位会空着。', 'The post will be vacant.')}</li>
<li>${t(`岗位上有 ${waiting} 件待办，留在岗位上。`, `${waiting} open duties stay with the post.`)}</li>
<li>${t(`点名交给 ${name} 的有 ${given} 件，免去以后仍写着他的名字。`, `${given} were given to ${name} by name and keep that name.`)}</li></ul>
!${given > 0 || (others.length === 0 && waiting > 0) ? html`<p class="near">${t('要有人接着办，请用移交。', 'For somebody to go on with them, hand over instead.')} <a href="${way('/hand-over', { from: personId, post: id })}">${t('移交这个岗位', 'Hand this post over')}</a></p>` : ''}
<form method="post" action="/console/people/relieve"><input type="hidden" name="commandId" value="${commandId}"><input type="hidden" name="post" value="${id}"><input type="hidden" name="person" value="${personId}"><p><button class="danger">${t('免去', 'Relieve')}</button></p></form>`;
}
