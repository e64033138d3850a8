import { html } from 'ghtml';
import type { z } from 'zod';
import { robotShapes } from '../../domains/telling/messages/group.model.ts';
import type { robotForm, robotView } from '../../domains/telling/robots/robot.model.ts';
import type { Words } from '../../kernel/words.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';

/** The robots of chat groups: public notices of an area are posted there as well. */
type Robot = z.output<typeof robotView>;

export interface RobotsShown {
  readonly robots: readonly Robot[];
  readonly areas: readonly { readonly id: string; readonly name: string; readonly depth: number }[];
  readonly newId: () => string;
  readonly fault: Fault | null;
  readonly done: 'set' | 'test' | null;
  /** What was typed into the form that was refused; never the address. */
  readonly typed: Partial<Readonly<Record<keyof z.input<typeof robotForm>, string>>>;
}

export function robotsPage(frame: DeskFrame, shown: RobotsShown): string {
  const t = (zh: string, en: string): string => (frame.language === 'zh' ? zh : en);
  const { robots, fault, done } = shown;
  const said = {
    set: t('已保存。试发一句，看群里收到没有。', 'Saved. Send a test line and look whether the group has it.'),
    test: t(
      '试发交出去了，过几秒刷新，看下面写的结果。',
      'The test line is on its way; reload in a few seconds for the result below.',
    ),
  };
  return desk(
    frame,
    { zh: '群机器人', en: 'Group robots' },
    html`<p><a href="/console/channel">← ${t('频道', 'Channel')}</a></p>
<h1>${t('群机器人', 'Group robots')}</h1>
<p>${t('公开的通知发出时，同一句话也发到群里。只发公开的那句话，不发报事、留言和任何个人信息。', 'When a public notice is issued, the same line is posted to the group. Only that line: no report, no message, nothing about a person.')}</p>
!${faultBox(fault)}
!${done ? html`<div class="good" role="status">${said[done]}</div>` : ''}
!${robots.map((robot) => one(frame, shown, robot))}
<h2>${t('加一个', 'Add one')}</h2>!${setForm(frame, shown, null)}`,
  );
}

function one(frame: DeskFrame, shown: RobotsShown, robot: Robot): string {
  const { language } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const { id, place, shape, host, enabled } = robot;
  const test = html`<form method="post" action="/console/channel/robots/${id}/test"><input type="hidden" name="commandId" value="${shown.newId()}"><p><button>${t('试发一句', 'Send a test line')}</button></p></form>`;
  return html`<div class="panel"><p><strong>${place}</strong> · ${robotShapes[shape].name[language]} · <span class="code">${host}</span> · !${enabled ? html`<span class="settled">${t('启用', 'on')}</span>` : html`<span class="soft">${t('停用', 'off')}</span>`}</p>
<p>!${verdictOf(frame, robot)}</p>
!${enabled ? test : ''}
<details><summary>${t('修改', 'Change')}</summary>!${setForm(frame, shown, robot)}</details></div>`;
}

const verdicts: Readonly<Record<string, Words>> = {
  private_address: { zh: '地址通向内网，没有发', en: 'the address leads into a private network; not sent' },
  unreachable: { zh: '连不上', en: 'it could not be reached' },
  timeout: { zh: '等了 10 秒没有回答', en: 'no answer within 10 seconds' },
  too_large: { zh: '回答不像机器人', en: 'the answer is not that of a robot' },
  no_verdict: { zh: '回答看不懂，请核对是哪一种群', en: 'the answer makes no sense; check which chat it is' },
};

function verdictOf({ language, zone }: DeskFrame, { verdict, verdictAt }: Robot): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  if (verdict === null || verdictAt === null)
    return html`<span class="soft">${t('还没有发过。', 'Nothing was sent yet.')}</span>`;
  const at = html`<span class="soft small">${dayAndTime(verdictAt, zone, language)}</span>`;
  if (verdict === 'taken')
    return html`<span class="settled">${t('最近一次：群里收到了', 'Last line: the group has it')}</span> !${at}`;
  const why = verdicts[verdict]?.[language] ?? t(`对方不收（${verdict}）`, `they refuse it (${verdict})`);
  return html`<span class="late">${t('最近一次没有发到：', 'Last line not delivered: ')}${why}</span> !${at} <span class="soft">${t('会自己再试。', 'It is tried again.')}</span>`;
}

function setForm({ language }: DeskFrame, { areas, newId, typed }: RobotsShown, robot: Robot | null): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const id = robot?.id ?? newId();
  const was = robot ?? typed;
  const option = (value: string, name: string, chosen: string | undefined): string =>
    html`<option value="${value}" !${value === chosen ? 'selected' : ''}>${name}</option>`;
  const note = robot
    ? t('不改就空着', 'leave empty to keep it')
    : t('从群里的机器人设置复制', 'from the robot’s settings in the chat');
  return html`<form method="post" action="/console/channel/robots"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="id" value="${id}">
<label for="area-${id}">${t('哪里的通知', 'Notices of')}</label><select id="area-${id}" name="areaId">!${areas.map(({ id: value, name, depth }) => option(value, `${'　'.repeat(depth)}${name}`, was.areaId))}</select>
<label for="shape-${id}">${t('哪一种群', 'Which chat')}</label><select id="shape-${id}" name="shape">!${Object.entries(robotShapes).map(([value, { name }]) => option(value, name[language], was.shape))}</select>
<label for="address-${id}">${t('机器人地址', 'Address of the robot')} <span class="soft">${note}</span></label><input id="address-${id}" name="address" type="url" maxlength="500" autocomplete="off" !${robot ? '' : 'required'}>
<label class="pick"><input type="checkbox" name="enabled" value="true" !${robot?.enabled === false ? '' : 'checked'}>${t('启用', 'On')}</label>
<p><button class="primary">${t('保存', 'Save')}</button></p></form>`;
}
