import { html } from 'ghtml';
import { renderSVG } from 'uqr';
import { systemSans } from '../ui/tokens.ts';

/** What is glued to a wall: a grid's name, its code to scan, and the same address to type. Black on white, no script. */
export interface Poster {
  /** The grid, and what it lies in: 二运第一网格, 二运社区. */
  readonly name: string;
  readonly above: string;
  readonly code: string;
  /** As the code carries it. */
  readonly address: string;
  /** An SVG of the address. */
  readonly qr: string;
}

/** 2026-11-22: a poster hangs for years. */
export const dayPrinted = (now: Date, zone: string): string => now.toLocaleDateString('sv-SE', { timeZone: zone });

export const paperSizes = ['a4', 'a3'] as const;
export type PaperSize = (typeof paperSizes)[number];

export interface PosterSheet {
  readonly county: string;
  readonly size: PaperSize;
  /** Who printed it and when, in words; it stands small at the foot. */
  readonly printed: string;
}

/** One measure feeds both sizes: A3 is A4 drawn √2 times as large. */
export const posterSheet = `
@page a4{size:A4;margin:0}
@page a3{size:A3;margin:0}
*{box-sizing:border-box}
body{margin:0;color:#000;background:#fff;font-family:${systemSans}}
.poster{--u:1mm;page:a4;width:calc(var(--u)*210);height:calc(var(--u)*296);overflow:hidden;margin:0 auto;padding:calc(var(--u)*12) calc(var(--u)*16) calc(var(--u)*8);display:flex;flex-direction:column;align-items:center;text-align:center;break-after:page;line-height:1.35}
.a3 .poster{--u:1.414mm;page:a3}
.poster:last-child{break-after:auto}
.poster p,.poster h1,.poster h2{margin:0}
.poster .above{font-size:calc(var(--u)*7.5)}
.poster h2{font-size:calc(var(--u)*13);line-height:1.25;overflow-wrap:anywhere}
.poster h1{font-size:calc(var(--u)*23);line-height:1.15;letter-spacing:.02em;margin-top:calc(var(--u)*5)}
.poster .qr{width:calc(var(--u)*98);height:calc(var(--u)*98);flex:none;margin:calc(var(--u)*4) 0 calc(var(--u)*2)}
.poster .qr svg{display:block;width:100%;height:100%}
.poster .type{font-size:calc(var(--u)*4.6)}
.poster .address{font-family:ui-monospace,Consolas,monospace;font-size:calc(var(--u)*5.6);font-weight:600;overflow-wrap:anywhere}
.poster ol{list-style:none;display:grid;grid-template-columns:repeat(3,1fr);gap:calc(var(--u)*5);width:100%;margin:calc(var(--u)*7) 0 0;padding:0;font-size:calc(var(--u)*5);text-wrap:balance}
.poster li{border-top:calc(var(--u)*.7) solid #000;padding-top:calc(var(--u)*2.5)}
.poster li strong{display:block;font-size:calc(var(--u)*8);line-height:1.2}
.poster .danger{margin-top:auto;font-size:calc(var(--u)*6.4);font-weight:600}
.poster .en{font-size:calc(var(--u)*3.8);color:#333}
.poster .foot{display:flex;justify-content:space-between;width:100%;gap:calc(var(--u)*4);border-top:calc(var(--u)*.2) solid #000;margin-top:calc(var(--u)*4);padding-top:calc(var(--u)*1.5);font-size:calc(var(--u)*3.1);color:#333}
@media screen{body{background:#F6F7F9;padding:24px}.poster{background:#fff;border:1px solid #E3E6EB;margin-bottom:24px;zoom:.6}}
`;

/** Where a code on a wall leads: nothing happens by opening it. */
export function posterOf(
  { code, name, path }: { readonly code: string; readonly name: string; readonly path: readonly string[] },
  publicUrl: string,
): Poster {
  const address = new URL(`/g/${code}`, publicUrl).href;
  // A quarter of it may be scratched off or pasted over.
  return { name, code, address, above: path.slice(1, -1).join(' · '), qr: renderSVG(address, { ecc: 'Q', border: 2 }) };
}

const onePoster = (
  { county, printed }: PosterSheet,
  poster: Poster,
  place: string,
): string => html`<section class="poster">
<p class="above">${county} · ${poster.above}</p>
<h2>${poster.name}</h2>
<h1>有事扫一扫<br>说一次就行</h1>
<div class="qr">!${poster.qr}</div>
<p class="type">不能扫码，请在浏览器输入</p>
<p class="address">${poster.address}</p>
<ol><li><strong>扫码</strong>网格已填好<br>不对可以改</li><li><strong>说事</strong>写一句、拍张照<br>不用登录</li><li><strong>看进展</strong>凭查询码看<br>谁在办、几时办好</li></ol>
<p class="danger">有生命危险，先打 110、119、120</p>
<p class="en">Scan to report a problem here. No account needed; you get a code to follow it.</p>
<p class="foot"><span>${poster.code}</span><span>${printed}</span><span>${place}</span></p>
</section>`;

/** `styles`: the sheet itself for a file of its own, or a link to it. */
export const postersPage = (sheet: PosterSheet, posters: readonly Poster[], styles: 'within' | 'linked'): string =>
  html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>报事二维码 · ${sheet.county}</title>!${styles === 'linked' ? html`<link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/poster.css">` : html`<style>!${posterSheet}</style>`}</head>
<body class="${sheet.size}">
!${posters.map((poster, i) => onePoster(sheet, poster, `${i + 1} / ${posters.length}`))}
</body>
</html>
`;
