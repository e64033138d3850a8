import { html } from 'ghtml';
import { dayAndTime } from '../ui/time.ts';
import { type PortalFrame, portalPage, tongue } from './frame.ts';

export interface NoticeLine {
  readonly words: string;
  readonly fromAt: Date;
  readonly untilAt: Date;
  readonly areas: readonly { readonly name: string }[];
}

export function noticesPage(frame: PortalFrame, notices: readonly NoticeLine[]): string {
  const t = tongue(frame);
  return portalPage(
    frame,
    { zh: '通知', en: 'Notices' },
    html`<h1>${t('通知', 'Notices')}</h1>
!${notices.length === 0 ? html`<p class="soft">${t('现在没有生效的通知。', 'No notice is in force.')}</p>` : ''}
!${noticeList(frame, notices)}`,
  );
}

export const noticeList = ({ language, zone }: PortalFrame, notices: readonly NoticeLine[]): string =>
  notices
    .map(
      ({ words, areas, fromAt, untilAt }) =>
        html`<div class="panel"><p>${words}</p><p class="soft small">${areas.map((area) => area.name).join('、')} · ${dayAndTime(fromAt, zone, language)} – ${dayAndTime(untilAt, zone, language)}</p></div>`,
    )
    .join('');
