import { html } from 'ghtml';
import { asked, askedWords, modeWords } from '../../domains/work/checkpoints/kind.model.ts';
import { travellers, travellerWords } from '../../domains/work/checkpoints/passage.model.ts';
import { n } from '../ui/count.ts';
import { dayAndTime } from '../ui/time.ts';
import {
  CHECKPOINTS,
  type Checkpoint,
  type CheckpointShown,
  type GateLog,
  type Opened,
  rulesNow,
} from './checkpoints.pages.ts';
import type { DeskFrame } from './console.pages.ts';
import { type Say, sayIn } from './people.pages.ts';

/** The gate itself: who passes, what is disinfected, what goods wait; and what happened there on a day. */
const hidden = (newId: () => string): string => html`<input type="hidden" name="commandId" value="${newId()}">`;

export function gatePanel({ language }: DeskFrame, { checkpoint, typed, newId }: CheckpointShown): string {
  const t = sayIn(language);
  const link = html`${CHECKPOINTS}/${checkpoint.id}`;
  if (checkpoint.onDuty.length === 0)
    return html`<div class="panel" id="gate"><p>${t('没人在岗：先在下面的排班里接班，才能登记。', 'Nobody is on duty: take up a shift below first, then write down.')}</p></div>`;
  const rule = rulesNow(checkpoint)[checkpoint.mode];
  const value = (name: string): string => typed[name] ?? '';
  const asks = rule.asks.map(
    (one) =>
      html`<label for="ask-${one}">${askedWords[one][language]}!${one === 'plate' ? html` <span class="soft">${t('只登记车辆的；送货的有就写', 'of vehicles; of deliveries if there is one')}</span>` : ''}</label><input id="ask-${one}" name="values.${one}" value="${value(`values.${one}`)}" maxlength="60" autocomplete="off">`,
  );
  const kinds = travellers.map(
    (one) =>
      html`<label class="pick"><input type="radio" name="traveller" value="${one}"!${one === (typed.traveller ?? 'people') ? ' checked' : ''}>${travellerWords[one][language]}</label>`,
  );
  return html`<div class="panel" id="gate"><h2>${t('登记通行', 'Who passes')}</h2><p><strong>${t('谁能过：', 'Who may pass: ')}</strong>${language === 'en' && rule.pass.en !== '' ? rule.pass.en : rule.pass.zh}</p>
<form method="post" action="${link}/passages">!${hidden(newId)}<div class="days" role="group" aria-label="${t('谁', 'Who')}">!${kinds}</div>
<label for="count">${t('几个', 'How many')}</label><input id="count" name="count" value="${typed.count ?? '1'}" inputmode="numeric" required maxlength="9" autocomplete="off">
!${asks}
<label for="reason-refused">${t('没让过的，写为什么', 'If turned back, why')} <span class="soft">${t('劝返的只写这一项，别的不用问', 'of them nothing else is asked')}</span></label><input id="reason-refused" name="reason" value="${value('reason')}" maxlength="120" autocomplete="off">
<p class="ways"><button class="primary" name="passed" value="yes">${t('放行', 'Passed')}</button> <button name="passed" value="no">${t('劝返', 'Turned back')}</button></p></form>
<form method="post" action="${link}/disinfections">!${hidden(newId)}<p><button>${t('刚消杀过', 'Just disinfected')}</button></p></form>
<details!${typed.door === undefined ? '' : ' open'}><summary>${t('收下物资', 'Take in goods')}</summary><form method="post" action="${link}/goods">!${hidden(newId)}<label for="sender">${t('谁送来的', 'From whom')}</label><input id="sender" name="sender" value="${value('sender')}" required maxlength="60" autocomplete="off"><label for="door">${t('给哪一户', 'For which door')}</label><input id="door" name="door" value="${value('door')}" required maxlength="60" autocomplete="off"><label for="what">${t('什么东西', 'What')}</label><input id="what" name="what" value="${value('what')}" required maxlength="120" autocomplete="off"><p><button>${t('收下，等人来领', 'Take it in')}</button></p></form></details></div>`;
}

export function openedBox({ language }: DeskFrame, opened: Opened | null): string {
  const t = sayIn(language);
  if (opened === null) return '';
  const rows = asked
    .filter((one) => opened.values[one] !== undefined)
    .map((one) => html`<tr><th scope="row">${askedWords[one][language]}</th><td>${opened.values[one]}</td></tr>`);
  return html`<div class="panel" role="status"><h2>${t('登记的内容', 'What was asked')}</h2><table class="beside"><tbody>!${rows}</tbody></table><p class="soft small">${t('您的名字、时间和原因已经记下。离开这一页就看不到了。', 'Your name, the time and the reason were kept. It is gone once you leave this page.')}</p></div>`;
}

export function goodsTable(
  { language, zone }: DeskFrame,
  checkpoint: Checkpoint,
  { goods }: GateLog,
  newId: () => string,
): string {
  const t = sayIn(language);
  const waiting = goods.filter(({ handedAt }) => handedAt === null);
  const heading = html`<h2 id="goods">${t('等着领的物资', 'Goods that wait')}</h2>`;
  if (waiting.length === 0) return html`!${heading}<p>${t('没有。', 'None.')}</p>`;
  const mayWork = checkpoint.can.some(({ act, allowed }) => act === 'work' && allowed) && checkpoint.onDuty.length > 0;
  const heads = [
    t('给哪一户', 'For'),
    t('什么', 'What'),
    t('谁送来的', 'From'),
    t('收下', 'Taken in'),
    t('交给谁', 'To'),
  ];
  const rows = waiting.map(
    ({ id, sender, door, what, takenInAt, takenInBy }) =>
      html`<tr><th scope="row">${door ?? ''}</th><td data-label="${heads[1]}">${what ?? ''}</td><td data-label="${heads[2]}">${sender ?? ''}</td><td data-label="${heads[3]}">${dayAndTime(takenInAt, zone, language)} ${takenInBy}</td><td data-label="${heads[4]}">!${mayWork ? html`<form method="post" action="${CHECKPOINTS}/${checkpoint.id}/hand-out" class="asked-in-line">!${hidden(newId)}<input type="hidden" name="goodsId" value="${id}"><input name="receiver" required maxlength="60" autocomplete="off" aria-label="${t(`${door ?? ''}的物资交给谁`, `To whom, for ${door ?? ''}`)}"><button>${t('领走了', 'Collected')}</button></form>` : t('接了班才能交', 'take up a shift first')}</td></tr>`,
  );
  return html`!${heading}<table class="records"><thead><tr>!${heads.map((words) => html`<th scope="col">${words}</th>`)}</tr></thead><tbody>!${rows}</tbody></table>`;
}

const shifted = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T12:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

/** What happened on the day, the newest first, and the figures of the days beside it. */
export function logTables(frame: DeskFrame, shown: CheckpointShown): string {
  const { checkpoint, log, today } = shown;
  const { language, zone } = frame;
  const t = sayIn(language);
  const at = (day: string): string => html`${CHECKPOINTS}/${checkpoint.id}?day=${day}#log`;
  const days = checkpoint.days.map(
    ({ day, passed, refused }) =>
      html`<tr><th scope="row"><a href="!${at(day)}">${day}</a></th><td class="number">${n(passed)}</td><td class="number">${n(refused)}</td></tr>`,
  );
  const later = log.day < today ? html` <a href="!${at(shifted(log.day, 1))}">${t('后一天', 'Next day')} →</a>` : '';
  const collected = log.goods.filter(({ handedAt }) => handedAt !== null);
  return html`<h2 id="log">${t(`${log.day} 的记录`, `Records of ${log.day}`)}</h2><p><a href="!${at(shifted(log.day, -1))}">← ${t('前一天', 'Day before')}</a>!${later}</p>
!${days.length === 0 ? '' : html`<details><summary>${t('近七天每天过多少', 'The last seven days')}</summary><table class="beside"><thead><tr><th scope="col">${t('哪天', 'Day')}</th><th scope="col" class="number">${t('过', 'Passed')}</th><th scope="col" class="number">${t('劝返', 'Turned back')}</th></tr></thead><tbody>!${days}</tbody></table></details>`}
!${passageTable(frame, shown)}
<h3 id="cleanings">${t('消杀', 'Disinfections')}</h3>!${log.cleanings.length === 0 ? html`<p>${t('没有记录。', 'None.')}</p>` : html`<ul>!${log.cleanings.map(({ madeAt, by }) => html`<li>${dayAndTime(madeAt, zone, language)} ${by}</li>`)}</ul>`}
!${collected.length === 0 ? '' : html`<h3>${t('领走的物资', 'Goods collected')}</h3><ul>!${collected.map(({ door, what, receiver, takenInAt, takenInBy, handedAt, handedBy }) => html`<li>${door === null ? t('（已到日子，不再记得是谁的）', '(forgotten for whom)') : `${door} ${what ?? ''}`} · ${t('收下', 'in')} ${dayAndTime(takenInAt, zone, language)} ${takenInBy} · ${t('交给', 'to')} ${receiver ?? '–'} ${handedAt === null ? '' : dayAndTime(handedAt, zone, language)} ${handedBy ?? ''}</li>`)}</ul>`}`;
}

type Passage = GateLog['passages'][number];
const passedMark = ({ passed, reason }: Passage, t: Say): string =>
  passed
    ? html`<span class="settled">● ${t('放行', 'passed')}</span>`
    : html`<span class="near">▲ ${t('劝返', 'turned back')}</span> ${reason ?? ''}`;

function passageTable(
  { language, zone }: DeskFrame,
  { checkpoint: { id, can }, log: { passages }, typed, newId }: CheckpointShown,
): string {
  const t = sayIn(language);
  if (passages.length === 0) return html`<p>${t('这天没有登记通行。', 'No passage was written down on this day.')}</p>`;
  const mayLook = can.some(({ act, allowed }) => act === 'work' && allowed);
  const heads = [
    t('时间', 'Time'),
    t('谁', 'Who'),
    t('过没过', 'Passed'),
    t('在岗 / 登记', 'On duty / by'),
    t('登记内容', 'Asked'),
  ];
  // The one that was refused just now stands open, with what was typed; only it has a field that a fault may stand at.
  const look = (passageId: string): string => {
    const again = typed.passageId === passageId && typed.lookReason !== undefined;
    const field = again ? ' id="lookReason"' : '';
    return html`<details!${again ? ' open' : ''}><summary>${t('查看', 'Look up')}</summary><form method="post" action="${CHECKPOINTS}/${id}/look-up">!${hidden(newId)}<input type="hidden" name="passageId" value="${passageId}"><label>${t('为什么要看', 'Why')} <input name="lookReason"!${field} value="${again ? (typed.lookReason ?? '') : ''}" required minlength="4" maxlength="120" autocomplete="off"></label><button>${t('查看', 'Look up')}</button></form></details>`;
  };
  // The same holds for taking one back.
  const takeBack = ({ id: passageId, mayTakeBack }: Passage): string => {
    if (!mayTakeBack) return '';
    const again = typed.passageId === passageId && typed.wrongReason !== undefined;
    const field = again ? ' id="wrongReason"' : '';
    return html`<details!${again ? ' open' : ''}><summary>${t('登记错了', 'This is wrong')}</summary><form method="post" action="${CHECKPOINTS}/${id}/take-back">!${hidden(newId)}<input type="hidden" name="passageId" value="${passageId}"><label>${t('错在哪里', 'What was wrong')} <input name="wrongReason"!${field} value="${again ? (typed.wrongReason ?? '') : ''}" required minlength="2" maxlength="120" autocomplete="off"></label><p class="soft small">${t('撤了不算数，记录和原因都留着。', 'It counts no more; it stays, with the reason.')}</p><button class="danger">${t('撤掉这一笔', 'Take it back')}</button></form></details>`;
  };
  const whenSaid = ({ madeAt, arrivedAt, mode }: Passage): string =>
    html`${dayAndTime(madeAt, zone, language)} <span class="soft small">${modeWords[mode][language]}${arrivedAt === null ? '' : t(`，${dayAndTime(arrivedAt, zone, language)} 补传`, `, sent ${dayAndTime(arrivedAt, zone, language)}`)}</span>`;
  const howMany = ({ traveller, count, takenBack }: Passage): string => {
    const words = `${travellerWords[traveller][language]} ${n(count)}`;
    return takenBack === null ? html`${words}` : html`<s>${words}</s>`;
  };
  const outcome = (one: Passage): string => {
    const { takenBack } = one;
    if (takenBack === null) return html`!${passedMark(one, t)}!${takeBack(one)}`;
    const { at, by, why } = takenBack;
    return html`<s>!${passedMark(one, t)}</s> <span class="soft">– ${t('已撤，不算数', 'taken back')}</span> ${why} <span class="soft small">${by} ${dayAndTime(at, zone, language)}</span>`;
  };
  const rows = passages.map(
    (one) =>
      html`<tr><th scope="row">!${whenSaid(one)}</th><td data-label="${heads[1]}">!${howMany(one)}</td><td data-label="${heads[2]}">!${outcome(one)}</td><td data-label="${heads[3]}">${one.onDuty} / ${one.by}</td><td data-label="${heads[4]}">!${one.keptUntil === null ? html`<span class="soft">${t('没有', 'none')}</span>` : html`${t(`存到 ${one.keptUntil}`, `until ${one.keptUntil}`)}!${mayLook ? look(one.id) : ''}`}</td></tr>`,
  );
  return html`<table class="records"><thead><tr>!${heads.map((words) => html`<th scope="col">${words}</th>`)}</tr></thead><tbody>!${rows}</tbody></table>`;
}
