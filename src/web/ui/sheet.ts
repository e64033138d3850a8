import { dark, light, radius, systemSans, target } from './tokens.ts';

const variables = (colours: Readonly<Record<string, string>>): string =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value};`)
    .join('');

/** The tokens as variables, for every sheet. */
export const tokenSheet = `
:root{${variables(light)}color-scheme:light dark}
@media (prefers-color-scheme:dark){:root:not(.light){${variables(dark)}}}
:root.dark{${variables(dark)}color-scheme:dark}
:root.light{color-scheme:light}
body{font-family:${systemSans}}
`;

/** The one sheet of the server-rendered pages: a column for residents, a plain desk for the console. */
export const sheet = `${tokenSheet}*{box-sizing:border-box}
html{font-size:100%}
html.big-text{font-size:137.5%}
body{margin:0;accent-color:var(--accent);background:var(--paper);color:var(--ink);font-size:1rem;line-height:1.6}
main{max-width:640px;margin:0 auto;padding:16px 16px 40px}
main.desk{max-width:1180px}
.desk header.top{padding:4px 24px;gap:0 20px;font-size:.875rem}
.desk header.top .name{font-size:1rem;margin:0 4px 0 0}
.desk header.top a{text-decoration:none;border-bottom:2px solid transparent}
.desk header.top a[aria-current]{border-color:var(--accent);font-weight:600}
.desk .more.here summary{font-weight:600}
.who{margin-left:auto}
.desk input,.desk select,.desk textarea{max-width:520px}
header.top{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;padding:12px max(16px,calc((100% - 608px)/2));background:var(--panel);border-bottom:1px solid var(--line)}
header.top .name{font-weight:600;font-size:1.25rem;margin-right:auto;color:var(--ink);text-decoration:none}
a{color:var(--accent);text-underline-offset:3px}
header.top a,nav a{display:inline-flex;align-items:center;min-height:${target.least}px}
details.more{position:relative;border:0;padding:0}
.more summary{font-weight:400;padding:0 4px}
.more>div{position:absolute;left:-16px;top:100%;z-index:2;display:flex;flex-direction:column;min-width:160px;padding:4px 16px;background:var(--panel);border:1px solid var(--line);border-radius:${radius}px;box-shadow:0 4px 16px rgb(0 0 0/.16)}
@media (max-width:480px){.desk header.top .name{width:100%}.desk header.top{padding-inline:16px}.who{margin-left:0}header.top{column-gap:12px}body:not(.desk) header.top .name{width:100%}}
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
input[type=checkbox],input[type=radio]{width:24px;min-height:24px;height:24px;vertical-align:middle;margin:0 8px 0 0;flex:none}
label.pick{display:flex;align-items:center;min-height:${target.least}px;font-weight:400;margin:0}
textarea{min-height:112px}
[aria-invalid=true]{border:2px solid var(--late)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
button,.button{font:inherit;font-weight:600;min-height:${target.least}px;padding:0 20px;border-radius:${radius}px;border:1px solid var(--accent);background:var(--panel);color:var(--accent);cursor:pointer;display:inline-flex;align-items:center;justify-content:center;text-decoration:none}
button.primary,.button.primary{min-height:${target.primary}px;background:var(--accent);color:var(--panel);width:100%}
main.desk button.primary{width:auto;min-height:${target.least}px}
button:disabled{color:var(--softInk);border-color:var(--line);cursor:default}
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
.stack{display:grid;gap:8px}
.asks{display:grid;gap:0 16px;grid-template-columns:repeat(auto-fit,minmax(160px,1fr))}
.ways{display:flex;flex-wrap:wrap;gap:0 24px;align-items:center}
.ways a{display:inline-flex;align-items:center;min-height:${target.least}px}
.asked-in-line{display:flex;gap:8px;max-width:520px}
form+table{margin-top:16px}
.desk .asked-in-line button{width:auto;flex:none}
.desk .asked-in-line select,.desk .asked-in-line input{min-width:0}
.tree th[scope=row]{font-weight:400;min-width:7em}
.tree td.number{white-space:nowrap}
fieldset{border:0;margin:16px 0;padding:0}
legend{font-weight:600;padding:0}
.share{white-space:nowrap}
.wide{overflow-x:auto;margin:0 0 16px}
.wide[aria-invalid=true]{border:2px solid var(--late)}
:focus-visible{outline:3px solid var(--accent)}
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
form.over{outline:3px dashed var(--accent);outline-offset:8px}
.panel>details:last-child{border:0;padding-bottom:0}
details.due{background:var(--panel);border:1px solid var(--accent);border-radius:${radius}px;padding:4px 16px 8px;margin:0 0 8px}
.barred{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;padding:12px 0;border-bottom:1px solid var(--line)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:8px 0}
dt{color:var(--softInk)}
dd{margin:0}
.title{font-size:1.25rem;font-weight:600;line-height:1.4}
.big{font-size:1.75rem;font-weight:600;letter-spacing:.06em}
#alike{margin-top:0}
.alike{border-top:1px solid var(--line);padding:8px 0}
ul.plain{list-style:none;padding:0;margin:0}
ul.plain>li{padding:6px 0}
.shots{display:flex;flex-wrap:wrap;gap:12px;margin:8px 0}
.shots figure{margin:0}
.handbook img{display:block;max-width:100%;height:auto;margin:12px 0;border:1px solid var(--line);border-radius:${radius}px}
.shots img{display:block;max-width:100%;height:auto;border-radius:${radius}px}
figcaption{font-size:.875rem;color:var(--softInk)}
.trail{font-size:.875rem}
.trail a{display:inline-flex;align-items:center;min-height:32px}
dl.figures{display:grid;grid-template-columns:1fr 1fr;gap:12px;margin:16px 0}
dl.figures>div{background:var(--panel);border:1px solid var(--line);border-radius:${radius}px;padding:12px 16px}
dl.figures dd{font-size:1.75rem;font-weight:600;line-height:1.3;font-variant-numeric:tabular-nums}
ul.choices{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:8px}
ul.choices>li{display:flex;justify-content:space-between;align-items:center;gap:8px;background:var(--panel);border:1px solid var(--line);border-radius:${radius}px;padding:0 12px}
ul.choices a{display:flex;align-items:center;min-height:${target.least}px;flex:1}
nav.tabs{display:flex;gap:24px;border-bottom:1px solid var(--line);margin-top:24px}
nav.tabs a{text-decoration:none;border-bottom:3px solid transparent}
nav.tabs a[aria-current]{border-color:var(--accent);color:var(--ink);font-weight:600}
ul.cases>li{border-bottom:1px solid var(--line);padding:12px 0}
ul.cases p{margin:2px 0}
figure.mapped{margin:16px 0}
div.scanned svg{display:block;width:min(100%,20rem);height:auto}
svg.map{display:block;width:100%;height:auto;max-height:400px;background:var(--panel);border:1px solid var(--line);border-radius:${radius}px}
.map .land{fill:var(--paper);stroke:var(--softInk);stroke-width:1.5}
.map .open{fill:var(--accent);stroke:var(--panel);stroke-width:2}
.map .done{fill:var(--panel);stroke:var(--settled);stroke-width:3}
.map text{font-size:20px;fill:var(--ink);text-anchor:middle}
.map .place{fill:var(--softInk)}
.map .on{fill:var(--panel);font-weight:600}
.map .count{font-weight:600}
.map .far{text-anchor:start;font-size:16px;fill:var(--softInk)}
.map .scale{fill:none;stroke:var(--softInk);stroke-width:1.5}
.unseen{position:absolute;left:-9999px}
table.figures thead th{vertical-align:bottom;white-space:nowrap}
table.figures .said{max-width:30em}
table.figures .drawn{width:200px;padding-inline:16px}
table.figures .drawn svg{height:44px}
table.figures tr:target{background:var(--panel);box-shadow:inset 4px 0 var(--accent)}
.onphone{display:none}
svg.course{display:block;width:100%;border-bottom:1px solid var(--softInk)}
.course .bar{fill:var(--accent)}
.course .hit{fill:transparent}
.course a:hover .hit{fill:var(--softInk);fill-opacity:.2}
figure.course{margin:16px 0 0;background:var(--panel);border:1px solid var(--line);border-radius:${radius}px;padding:12px 16px}
.plot svg{height:180px;margin-top:8px}
.axis{display:flex;justify-content:space-between;margin:4px 0 0;font-variant-numeric:tabular-nums}
table.steps{width:auto;min-width:min(100%,360px)}
table.steps th[scope=row]{font-weight:400}
@media (max-width:700px){.more>div{position:static;border:0;box-shadow:none;padding:0}.onphone{display:inline}table.figures,table.figures tbody{display:block}table.figures thead{display:none}table.figures tr{display:grid;grid-template-columns:minmax(0,1fr) max-content;gap:4px 16px;padding:12px 0;border-bottom:1px solid var(--line)}table.figures td{border:0;padding:0}table.figures .said{grid-row:1/span 2}table.figures .now{grid-area:1/2}table.figures td.number{max-width:10em}table.figures .drawn{grid-column:1/-1;grid-row:3;width:auto;padding:0}table.figures .drawn:empty{display:none}}
.panel>h2:first-child{margin-top:0}
td.share{font-variant-numeric:tabular-nums}
.folded{border-bottom:1px solid var(--line);margin:0}
.folded a{display:inline-flex;align-items:center;min-height:${target.least}px;margin-right:8px;font-weight:600}
h3{font-size:1.125rem;margin:24px 0 8px}
h4{font-size:1rem;margin:0 0 4px}
ul.conditions>li{border-top:1px solid var(--line);padding:8px 0}
ul.conditions p{margin:2px 0}
blockquote{margin:8px 0;padding:4px 0 4px 12px;border-left:4px solid var(--line)}
.shots a img{object-fit:cover;width:120px;height:90px}
.abreast{display:grid;gap:0 48px;grid-template-columns:repeat(auto-fit,minmax(min(100%,360px),1fr))}
.then-now{display:grid;gap:0 16px;grid-template-columns:1fr 1fr}
.then-now a img{width:100%;max-width:320px;height:auto}
.where .state{font-size:1.25rem;font-weight:600;margin:0 0 8px}
.where dl{margin:0}
.asked{border:2px solid var(--accent);border-radius:${radius}px;padding:0 16px 16px;margin:16px 0;background:var(--panel)}
.asked button.danger{width:100%;min-height:${target.primary}px;margin-top:8px}
.taps{display:flex;flex-wrap:wrap;gap:8px}
.taps button{flex:1;padding:0 8px}
footer.looks{max-width:640px;margin:0 auto;padding:0 16px 24px}
footer.looks form{display:flex;flex-wrap:wrap;gap:8px;border-top:1px solid var(--line);padding-top:12px}
footer.looks button{font-weight:400}
fieldset{border:0;padding:0;margin:16px 0 0}
legend{padding:0;font-weight:600}
.panel>h2:first-child{margin-top:0}
nav.tabs.many{flex-wrap:wrap;gap:0 24px;margin-top:8px}
.limit{display:flex;gap:8px}.limit input{flex:0 0 96px}.limit select{min-width:0}
.limits th[scope=row]{vertical-align:middle}
@media (max-width:700px){table.limits thead{display:none}table.limits,table.limits tbody,table.limits tr,table.limits th,table.limits td{display:block;border:0}table.limits td{padding:4px 0}table.limits td::before{content:attr(data-lane);color:var(--softInk)}}
ul.parts{list-style:none;margin:16px 0;padding:0}
ul.parts>li{background:var(--panel);border:1px solid var(--line);border-radius:${radius}px;padding:8px 16px;margin:0 0 8px}
ul.parts p{margin:2px 0}
ul.parts h2,ul.parts h3{font-size:1rem;margin:4px 0}
ul.parts .acts{display:flex;flex-wrap:wrap;gap:8px;margin:8px 0 4px}
ul.parts .code,.panel .code{overflow-wrap:anywhere}
@media (min-width:900px){ul.parts>li{display:grid;grid-template-columns:200px minmax(0,1fr) auto;gap:0 24px;align-items:center}ul.parts .acts{margin:0}}
.records td.code{white-space:nowrap}
.records th[scope=row]{font-weight:600}
.records.columns td{vertical-align:middle}
.facts th[scope=row]{font-weight:400;color:var(--softInk);width:9em}
.facts td{overflow-wrap:anywhere}
dl.counts{grid-template-columns:repeat(auto-fill,minmax(150px,1fr))}
.counts small{display:block;font-size:.8125rem;font-weight:400;line-height:1.4;color:var(--softInk)}
.correct fieldset{border-top:1px solid var(--line);padding-top:8px}
.correct .asks{grid-template-columns:repeat(auto-fill,minmax(min(100%,240px),1fr))}
.correct p.small{margin:4px 0 0}
.correct .asked-more{margin:4px 0 0}
details.unknown>summary{font-size:1rem;font-weight:600}
.told h3{overflow-wrap:anywhere}
@media (max-width:700px){.records thead{display:none}.records,.records tbody,.records tr,.records th,.records td{display:block;border:0;padding:2px 0}.records tr{border-bottom:1px solid var(--line);padding:10px 0}.records td.number{text-align:left}.records td[data-label]::before{content:attr(data-label) ' ';color:var(--softInk);font-family:${systemSans}}.people th,.people tr td[data-label]{display:inline-block;margin-right:12px}.people tr td[data-label]:not(:last-child):not(.named)::before{content:none}.facts th[scope=row]{width:6.5em}}
.skip{position:absolute;left:-9999px}
.skip:focus{left:16px;top:8px;background:var(--panel);padding:12px;z-index:1}
.original{white-space:pre-wrap;overflow-wrap:anywhere}
.original .cut{color:inherit;text-decoration:none;background:var(--paper)}
.original .heading{font-weight:600}
label.tick{display:flex;gap:8px;align-items:center;min-height:${target.least}px}
label.tick input{width:auto;min-height:0}
@media (min-width:900px){.cutting{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:0 24px;align-items:start}.cutting>div:first-child{position:sticky;top:8px;max-height:96vh;overflow:auto}}
.days{display:flex;flex-wrap:wrap;gap:0 16px}.days label{width:auto}
.stickers{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1rem}
.sticker{border:1px solid currentColor;padding:1rem;text-align:center;break-inside:avoid}
.sticker h2{margin:0}.sticker .qr svg{width:11rem;height:11rem}.sticker .code{margin:0;font-size:1.75rem;font-weight:600;letter-spacing:.08em}
@media print{header.top,form,.noprint{display:none}body{background:#fff;color:#000}}
`;
