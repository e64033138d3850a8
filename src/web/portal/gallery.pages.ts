import { html } from 'ghtml';
import type { Boundary } from '../../kernel/geo.ts';
import { faultBox } from '../ui/page.ts';
import { areaMap } from './area_map.ts';
import { type PortalFrame, portalPage, tongue } from './frame.ts';
import { noticeList } from './notices.pages.ts';

/** What the server-rendered pages are made of, in the states that are seldom seen together. Nothing here is anybody's. */
export function galleryPage(frame: PortalFrame): string {
  const t = tongue(frame);
  return portalPage(
    frame,
    { zh: '样板间', en: 'Gallery' },
    html`<h1>${t('样板间', 'Gallery')}</h1>
<p class="soft">${t('公开页面的每一样组件和它的各种状态。工作台和外勤的在：', 'Every shared part of the public pages in its states. Those of the console and the field app:')} <a href="/_gallery/desk">${t('工作台', 'console')}</a> · <a href="/_gallery/field">${t('外勤', 'field')}</a></p>
!${said(frame)}!${asked(frame)}!${acts(frame)}!${way(frame)}!${figures(frame)}!${names(frame)}!${around(frame)}`,
  );
}

function said(frame: PortalFrame): string {
  const t = tongue(frame);
  const notice = {
    words: t(
      '受降雨影响，二运巷低洼处今晚可能积水，请把车挪到高处。',
      'Rain tonight: move your car from the low part of the lane.',
    ),
    ...{ areas: [{ name: longName }], fromAt: frame.now, untilAt: new Date(frame.now.getTime() + 86_400_000) },
  };
  const fault = {
    title: t('有几处填写不对', 'Some fields are wrong'),
    detail: t('请改正标出的地方再提交；其余内容都还在。', 'Correct what is marked and send again; the rest is kept.'),
    code: 'input.invalid',
    errors: [{ field: t('什么事', 'What it is'), says: t('没有填写', 'is empty') }],
  };
  return html`<h2>${t('说明和出错', 'Said and refused')}</h2>
<div class="good" role="status"><strong class="settled">${t('收到了。', 'Received.')}</strong> ${t('请记下查询码：', 'Keep this code:')}<p class="big code">K7QM-4T9X-2B</p></div>
!${faultBox(fault)}
!${noticeList(frame, [notice])}
<p class="soft">${t('这里现在没有正在办的事。', 'Nothing is open here.')}</p>`;
}

function asked({ language }: PortalFrame): string {
  const t = tongue({ language });
  return html`<h2>${t('填写', 'Fields')}</h2><form>
<label for="g-words">${t('什么事', 'What is it')} <span class="soft">${t('一句话就行', 'one line will do')}</span></label><textarea id="g-words">${t('巷口路面塌了一块，电动车差点摔了', 'The road has sunk at the corner')}</textarea>
<label for="g-place">${t('门牌、路口', 'Number, corner')} <span class="soft">${t('可以不填', 'optional')}</span></label><input id="g-place" autocomplete="off">
<label for="g-area">${t('哪个社区', 'Which community')}</label><select id="g-area"><option>${longName}</option></select>
<label class="pick"><input type="checkbox" checked>${t('办好后告诉我', 'Tell me when it is done')}</label>
<label class="pick"><input type="radio" name="g" checked>${t('解决了', 'Solved')}</label><label class="pick"><input type="radio" name="g">${t('没有解决', 'Not solved')}</label>
</form>`;
}

function acts({ language }: PortalFrame): string {
  const t = tongue({ language });
  return html`<h2>${t('按钮', 'Acts')}</h2><p><button class="primary" type="button">${t('上报', 'Report')}</button></p>
<p><button type="button">${t('补充', 'Add')}</button> <button type="button" class="danger">${t('收回', 'Take back')}</button> <a class="button" href="/track">${t('查进展', 'Track')}</a></p>
<p class="barred"><button type="button" disabled>${t('结案', 'Close')}</button> <span class="soft">${t('还缺核查', 'the check is missing')}</span></p>
<details><summary>${t('还能做什么', 'What else')}</summary><p>${t('收起的内容', 'What was folded away')}</p></details>`;
}

function way({ language }: PortalFrame): string {
  const t = tongue({ language });
  return html`<h2>${t('走到哪一步', 'How far it is')}</h2><ol class="way"><li class="past">${t('收到', 'received')}</li><li class="past">${t('立案', 'filed')}</li><li class="now">${t('办理中', 'being handled')}</li><li>${t('核查', 'checked')}</li></ol>
<p><span class="late">● ${t('超期 2 天', '2 days late')}</span> · <span class="near">◐ ${t('还剩 1 小时 40 分', '1 h 40 min left')}</span> · <span class="settled">● ${t('按时办结', 'done in time')}</span> · <span class="soft">— ${t('没有时限', 'no limit')}</span></p>`;
}

function figures({ language }: PortalFrame): string {
  const t = tongue({ language });
  return html`<h2>${t('数字', 'Figures')}</h2><dl class="figures"><div><dt>${t('正在办', 'Open')}</dt><dd>1,204</dd></div><div><dt>${t('近 90 天办结', 'Closed in 90 days')}</dt><dd>—</dd></div></dl>
<table><thead><tr><th>${t('网格', 'Grid')}</th><th class="number">${t('办结', 'Closed')}</th></tr></thead><tbody><tr><td>${longName}</td><td class="number">12,345</td></tr><tr><td>${t('二运第一网格', 'Eryun grid 1')}</td><td class="number">—<br><span class="soft small">${t('上月才划出', 'new since last month')}</span></td></tr></tbody></table>`;
}

/** As long as they come in the official lists. */
const longName = '城东街道二运社区居民委员会第十七专属网格（二运巷农贸市场及周边沿街商铺）';

function names({ language }: PortalFrame): string {
  const t = tongue({ language });
  return html`<h2>${t('名字和代码', 'Names and codes')}</h2><p class="title">${longName}</p>
<p class="soft">${t('安澜县', 'Anlan')} › ${t('城东街道', 'Chengdong')} · <span class="code">439901001017</span></p>
<p><span class="tags"><span class="tag">${t('紧急', 'urgent')}</span><span class="tag">${t('督办', 'supervised')}</span><span class="tag">${t('保密', 'confidential')}</span></span></p>`;
}

function around({ language }: PortalFrame): string {
  const t = tongue({ language });
  const grid = (lon: number, name: string) => ({ code: name, name, boundary: square(lon, 28.1, 0.004) });
  const cases = [
    { status: 'open', lon: 112.9, lat: 28.1 },
    { status: 'closed', lon: 112.9062, lat: 28.1012 },
    { status: 'open', lon: null, lat: null },
  ] as const;
  const shapes = [grid(112.9, t('第一网格', 'Grid 1')), grid(112.908, t('第二网格', 'Grid 2'))];
  return html`<h2>${t('地图', 'Map')}</h2>!${areaMap(shapes, cases, t('两个网格和两件事', 'Two grids, two matters'))}`;
}

const square = (lon: number, lat: number, half: number): Boundary => {
  const [west, east, south, north] = [lon - half, lon + half, lat - half, lat + half];
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
};
