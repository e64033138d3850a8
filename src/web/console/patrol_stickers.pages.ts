import { html } from 'ghtml';
import { renderSVG } from 'uqr';
import type { z } from 'zod';
import type { stickerView } from '../../domains/work/patrols/patrol.model.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { PATROLS } from './patrols.pages.ts';
import { sayIn } from './people.pages.ts';

/** What is put up at each place: its number, and the same to scan. It shows that somebody was there, and tells of nobody. */
export type Sticker = z.output<typeof stickerView>;

const spoken = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

export function stickersPage(
  frame: DeskFrame,
  { id, title, area }: { readonly id: string; readonly title: string; readonly area: string },
  stickers: readonly Sticker[],
): string {
  const t = sayIn(frame.language);
  const cards = stickers.map(
    ({ name, code }) =>
      html`<section class="sticker"><h2>${name}</h2><div class="qr">!${renderSVG(`巡查点 ${code}`, { ecc: 'Q', border: 2 })}</div><p class="code">${spoken(code)}</p><p class="small">${area} · ${title}</p></section>`,
  );
  return desk(
    frame,
    { zh: '点位码', en: 'Stickers' },
    html`<div class="noprint"><p><a href="${PATROLS}/${id}">← ${t('回这项巡查', 'Back')}</a></p><h1>${t('点位码', 'Stickers')}</h1><p>${t('用浏览器的打印，A4 纸，剪开贴在点上。定不到位的地方，到了在手机上输入这六个数字；用相机扫出来的也是它。', 'Print from the browser on A4, cut and put up. Where there is no position, type its six digits on the phone; a camera reads the same off the code.')}</p></div><div class="stickers">!${cards}</div>`,
  );
}
