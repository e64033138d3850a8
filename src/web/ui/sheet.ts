import { dark, light, radius, systemSans, target } from './tokens.ts';

const variables = (colours: Readonly<Record<string, string>>): string =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value};`)
    .join('');

/** The tokens as variables, for every sheet. */
export const tokenSheet = `
:root{${variables(light)}color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{${variables(dark)}}}
body{font-family:${systemSans}}
`;

/** The one sheet of the server-rendered pages: a column for residents, a plain desk for the console. */
export const sheet = `${tokenSheet}*{box-sizing:border-box}
html{font-size:100%}
body{margin:0;background:var(--paper);color:var(--ink);font-size:1rem;line-height:1.6}
main{max-width:640px;margin:0 auto;padding:16px 16px 40px}
main.desk{max-width:1180px}
.desk header.top{padding-inline:max(16px,calc((100% - 1148px)/2))}
.desk input,.desk select,.desk textarea{max-width:520px}
header.top{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;padding:12px max(16px,calc((100% - 608px)/2));background:var(--panel);border-bottom:1px solid var(--line)}
header.top .name{font-weight:600;font-size:1.25rem;margin-right:auto;color:var(--ink);text-decoration:none}
a{color:var(--accent);text-underline-offset:3px}
header.top a,nav a{display:inline-flex;align-items:center;min-height:${target.least}px}
h1{font-size:1.75rem;line-height:1.3;margin:16px 0 8px}
h2{font-size:1.25rem;margin:24px 0 8px}
p{margin:8px 0}
.soft{color:var(--softInk)}
.small{font-size:.875rem}
.code{font-family:ui-monospace,Consolas,monospace;font-variant-numeric:tabular-nums}
.panel{background:var(--panel);border:1px solid var(--line);border-radius:${radius}px;padding:16px;margin:16px 0}
label{display:block;margin:16px 0 4px;font-weight:600}
label .soft{font-weight:400}
input,textarea,select{width:100%;font:inherit;color:inherit;background:var(--panel);border:1px solid var(--softInk);border-radius:${radius}px;padding:10px 12px;min-height:${target.least}px}
input[type=checkbox],input[type=radio]{width:24px;min-height:24px;height:24px;vertical-align:middle;margin:0 8px 0 0}
label.pick{display:flex;align-items:center;min-height:${target.least}px;font-weight:400;margin:0}
textarea{min-height:112px}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
button,.button{font:inherit;font-weight:600;min-height:${target.least}px;padding:0 20px;border-radius:${radius}px;border:1px solid var(--accent);background:var(--panel);color:var(--accent);cursor:pointer;display:inline-flex;align-items:center;justify-content:center;text-decoration:none}
button.primary,.button.primary{min-height:${target.primary}px;background:var(--accent);color:var(--panel);width:100%}
main.desk button.primary{width:auto;min-height:${target.least}px}
button.danger{border-color:var(--late);color:var(--late)}
.fault{border-left:4px solid var(--late);padding:8px 12px;background:var(--panel);margin:16px 0}
.fault strong{color:var(--late)}
.good{border-left:4px solid var(--settled);padding:8px 12px;background:var(--panel);margin:16px 0}
.late{color:var(--late);font-weight:600}
.near{color:var(--near);font-weight:600}
.settled{color:var(--settled);font-weight:600}
ol.way{list-style:none;margin:0;padding:0}
ol.way li{padding:4px 0 12px 28px;position:relative;border-left:2px solid var(--line);margin-left:10px}
ol.way li::before{content:'';position:absolute;left:-9px;top:10px;width:16px;height:16px;border-radius:50%;border:2px solid var(--softInk);background:var(--paper)}
ol.way li.past::before{background:var(--settled);border-color:var(--settled)}
ol.way li.now::before{background:var(--accent);border-color:var(--accent)}
ol.way li.now{font-weight:600}
table{width:100%;border-collapse:collapse;line-height:1.4}
th,td{text-align:left;padding:10px 8px;border-bottom:1px solid var(--line);vertical-align:top}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
.asks{display:grid;gap:0 16px;grid-template-columns:repeat(auto-fit,minmax(160px,1fr))}
.share{white-space:nowrap}
.wide{overflow-x:auto;margin:0 0 16px}
.wide:focus-visible{outline:3px solid var(--accent)}
.beside{width:auto;min-width:100%}
.beside td.number{white-space:nowrap}
.beside th[scope=row]{position:sticky;left:0;background:var(--paper);min-width:7em;font-weight:600}
td details{border:0;padding:0}
.value{font-size:1.25rem;font-weight:600;white-space:nowrap}
.cols{display:grid;gap:24px}
@media (min-width:900px){.cols{grid-template-columns:minmax(0,3fr) minmax(0,2fr)}}
.tags{display:inline-flex;gap:6px;flex-wrap:wrap}
.tag{border:1px solid var(--softInk);border-radius:${radius}px;padding:0 6px;font-size:.8125rem}
details{border-bottom:1px solid var(--line);padding:8px 0}
summary{min-height:${target.least}px;display:flex;align-items:center;gap:8px;cursor:pointer;font-weight:600;color:var(--accent)}
summary::-webkit-details-marker{display:none}
summary::before{content:'';width:8px;height:8px;border-right:2px solid;border-bottom:2px solid;transform:rotate(-45deg);flex:none;margin:0 4px}
details[open]>summary::before{transform:rotate(45deg)}
details.due{background:var(--panel);border:1px solid var(--accent);border-radius:${radius}px;padding:4px 16px 8px;margin:0 0 8px}
.barred{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;padding:12px 0;border-bottom:1px solid var(--line)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:8px 0}
dt{color:var(--softInk)}
dd{margin:0}
.big{font-size:1.75rem;font-weight:600;letter-spacing:.06em}
#alike{margin-top:0}
.alike{border-top:1px solid var(--line);padding:8px 0}
ul.plain{list-style:none;padding:0;margin:0}
ul.plain>li{padding:6px 0}
.shots{display:flex;flex-wrap:wrap;gap:12px;margin:8px 0}
.shots figure{margin:0}
.shots img{display:block;max-width:100%;height:auto;border-radius:${radius}px}
figcaption{font-size:.875rem;color:var(--softInk)}
.skip{position:absolute;left:-9999px}
.skip:focus{left:16px;top:8px;background:var(--panel);padding:12px;z-index:1}
@media print{header.top,form,.noprint{display:none}body{background:#fff;color:#000}}
`;
