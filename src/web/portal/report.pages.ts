import { html } from 'ghtml';
import { type Fault, faultBox } from '../ui/page.ts';
import { type PortalFrame, portalPage, tongue } from './frame.ts';

/** Saying it: one form, whole without a script. Opened from a code on a wall it knows the grid. */
export interface ReportDraft {
  readonly commandId: string;
  readonly casefileId: string;
  readonly reportId: string;
  readonly words: string;
  readonly place: string;
  readonly areaId: string;
  readonly lon: string;
  readonly lat: string;
  readonly accuracyM: string;
  readonly phone: string;
  /** The code on the wall that was scanned. */
  readonly scanned: string;
}

export interface AreaChoice {
  readonly id: string;
  readonly name: string;
  readonly depth: number;
  /** What it lies in, in words. */
  readonly above: string;
}

export function reportPage(
  frame: PortalFrame,
  draft: ReportDraft,
  areas: readonly AreaChoice[],
  fault: Fault | null,
): string {
  const t = tongue(frame);
  const here = draft.scanned === '' ? undefined : areas.find(({ id }) => id === draft.areaId);
  return portalPage(
    frame,
    { zh: '我要报事', en: 'Report a matter' },
    html`<h1>${t('我要报事', 'Report a matter')}</h1>
!${here ? '' : html`<p>${t('看到问题说一次就行。我们会告诉您谁来办、什么时候办好，办完请您来说解决没有。', 'Say it once. We tell you who handles it and by when, and ask you whether it is solved.')}</p>`}
!${faultBox(fault)}
<form method="post" action="/" enctype="multipart/form-data">
<input type="hidden" name="commandId" value="${draft.commandId}">
<input type="hidden" name="casefileId" value="${draft.casefileId}">
<input type="hidden" name="reportId" value="${draft.reportId}">
<input type="hidden" name="scanned" value="${draft.scanned}">
!${here ? scannedPlace(t, draft.scanned, here, areaField(t, draft, areas)) : ''}
<label for="words">${t('发生了什么？', 'What is the matter?')}</label>
<textarea id="words" name="words" required maxlength="4000">${draft.words}</textarea>
<label for="place">${t('在哪里？', 'Where?')} <span class="soft">${t('例如：二运巷口、3 号楼下', 'for example: at the gate, below building 3')}</span></label>
<input id="place" name="place" maxlength="200" value="${draft.place}">
<div id="locate" hidden><p><button type="button" id="locate-button">${t('用我现在的位置', 'Use where I am now')}</button> <span id="locate-said" role="status" class="soft"></span></p></div>
<input type="hidden" id="lon" name="lon" value="${draft.lon}">
<input type="hidden" id="lat" name="lat" value="${draft.lat}">
<input type="hidden" id="accuracyM" name="accuracyM" value="${draft.accuracyM}">
!${here ? '' : areaField(t, draft, areas)}
<label for="photos">${t('照片', 'Photos')} <span class="soft">${t('可以不传，最多 6 张', 'optional, up to 6')}</span></label>
<input id="photos" name="photos" type="file" accept="image/jpeg,image/png,image/webp" multiple>
<label for="phone">${t('电话', 'Phone')} <span class="soft">${t('可以不留；只有办事的人联系您时才能看', 'optional; only those who handle it may read it, and that is recorded')}</span></label>
<input id="phone" name="phone" inputmode="tel" autocomplete="tel" maxlength="20" value="${draft.phone}">
<label class="pick"><input id="urgent" type="checkbox" name="urgent" value="true">${t('有人身危险或影响很多人，很急', 'Somebody is in danger or many are affected: urgent')}</label>
<div id="offline" class="fault" role="alert" hidden><strong>${t('现在没有网络，还没有提交', 'There is no network, nothing was sent')}</strong><p>${t('写好的内容还在本页，请不要关闭。有网络后再按“提交”，不会重复。', 'What you wrote is still on this page; do not close it. Press Send again when there is a network; it will not be sent twice.')}</p></div>
<p><button class="primary">${t('提交', 'Send')}</button></p>
</form>
<p class="soft small">${t('有生命危险请先打 110、119 或 120。', 'In danger of life call 110, 119 or 120 first.')}</p>`,
  );
}

type Say = (zh: string, en: string) => string;

function scannedPlace(t: Say, code: string, { name, above }: AreaChoice, field: string): string {
  return html`<div class="panel"><p class="soft small">${t('您扫的二维码在', 'The code you scanned hangs in')}</p>
<p class="title">${name}</p><p class="soft">${above}</p>
<p><a href="/g/${code}/channel">${t('看这里的通知，或者给这里的人留言', 'Notices here, or write to the people here')}</a></p>
<details><summary>${t('事情不在这里？换一个网格', 'Is it elsewhere? Choose another grid')}</summary>!${field}</details></div>`;
}

/** Under overload there is no list; what was chosen before stays chosen. */
function areaField(t: Say, { areaId }: ReportDraft, areas: readonly AreaChoice[]): string {
  const isListed = areaId === '' || areas.some(({ id }) => id === areaId);
  return html`<label for="areaId">${t('属于哪个社区（村）、网格？', 'Which community or grid?')} <span class="soft">${t('不知道可以不选', 'leave it if you do not know')}</span></label>
<select id="areaId" name="areaId"><option value="">${t('不知道', 'I do not know')}</option>!${isListed ? '' : html`<option value="${areaId}" selected>${t('刚才选的', 'As chosen before')}</option>`}!${areas.map(
    ({ id, name, depth }) =>
      html`<option value="${id}" !${id === areaId ? 'selected' : ''}>${'　'.repeat(depth)}${name}</option>`,
  )}</select>`;
}
