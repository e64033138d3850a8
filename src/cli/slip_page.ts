import { html } from 'ghtml';

/** What is printed and handed out: one A4 page a person, no script, nothing fetched from anywhere. */
export interface PrintedSlip {
  readonly name: string;
  readonly login: string;
  /** Posts and where they stand, in words. */
  readonly posts: readonly string[];
  /** As it stands in the QR code. */
  readonly address: string;
  /** For whoever cannot scan. */
  readonly token: string;
  /** The place to type it. */
  readonly typeAt: string;
  readonly until: string;
  /** An SVG of the address. */
  readonly qr: string;
}

const sheet = `
@page{size:A4;margin:20mm}
*{box-sizing:border-box}
body{margin:0;color:#000;background:#fff;font-family:system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;font-size:12pt;line-height:1.6}
section{max-width:170mm;margin:0 auto;padding:10mm 0;break-after:page}
section:last-child{break-after:auto}
h1{font-size:22pt;margin:0 0 4mm}
dl{display:grid;grid-template-columns:max-content 1fr;gap:1mm 6mm;margin:6mm 0}
dt{color:#444}
dd{margin:0;font-weight:600}
.qr{width:60mm;height:60mm}
.qr svg{display:block;width:100%;height:100%}
.code{font-family:ui-monospace,Consolas,monospace;font-size:14pt;letter-spacing:.04em}
ol{padding-left:6mm}
.en{color:#444;font-size:10pt}
.warn{border:1pt solid #000;padding:3mm 4mm;margin-top:8mm}
`;

const onePage = (county: string, slip: PrintedSlip): string => html`<section>
<p>${county}</p>
<h1>账号启用单</h1>
<dl><dt>姓名</dt><dd>${slip.name}</dd><dt>账号</dt><dd class="code">${slip.login}</dd>!${slip.posts.length > 0 ? html`<dt>岗位</dt><dd>${slip.posts.join('、')}</dd>` : ''}<dt>有效期到</dt><dd>${slip.until}</dd></dl>
<div class="qr">!${slip.qr}</div>
<p>不能扫码：打开 ${slip.typeAt}，输入<br><span class="code">${slip.token}</span></p>
<ol><li>用手机扫上面的二维码。</li><li>核对姓名和账号，自己设一个密码，至少 10 位，可以是一句话。</li><li>用账号和密码登录，撕掉这张单子。</li></ol>
<p class="en">Scan the code, check name and account, choose your own password (10 characters or more), sign in, and tear this page up.</p>
<p class="warn">只能用一次。密码只有您自己知道，谁来要都不要给。单子丢了或者有人用过，马上告诉管理员，重新打印后旧的就作废。</p>
</section>`;

export const slipsPage = (county: string, slips: readonly PrintedSlip[]): string => html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>账号启用单 · ${county}</title><style>!${sheet}</style></head>
<body>
!${slips.map((slip) => onePage(county, slip))}
</body>
</html>
`;
