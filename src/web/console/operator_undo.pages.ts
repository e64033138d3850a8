import { html } from 'ghtml';
import { dayAndTime } from '../ui/time.ts';
import type { DeskFrame } from './console.pages.ts';
import { words } from './operator.pages.ts';
import type { Verdicts } from './operator_imports.pages.ts';

/** Taking an import back: look over what would go, say why, do it, see what came of it. */
const SHOWN = 200;
type NewId = () => string;

export function undoPart(frame: DeskFrame, batch: Verdicts, typed: string, newId: NewId): string {
  const { stage } = batch.undo;
  if (batch.undoneAt !== null) return resultPart(frame, batch);
  if (stage === 'looking' || stage === 'undoing') return runningPart(frame, batch);
  return stage === 'looked' ? lookedPart(frame, batch, typed, newId) : askPart(frame, batch, newId);
}

const whyNot = (frame: DeskFrame, { can }: Verdicts, command: 'look' | 'undo'): string | null =>
  can.find((one) => one.command === command)?.reason?.[frame.language] ?? null;

function lookForm(frame: DeskFrame, batch: Verdicts, says: string, newId: NewId): string {
  const reason = whyNot(frame, batch, 'look');
  const attributes = reason === null ? '' : 'disabled aria-describedby="no-look"';
  return html`<form method="post" action="/console/operator/imports/${batch.id}/look"><input type="hidden" name="commandId" value="${newId()}"><p><button !${attributes}>${says}</button>!${reason === null ? '' : html` <span class="soft" id="no-look">${reason}</span>`}</p></form>`;
}

function askPart(frame: DeskFrame, batch: Verdicts, newId: NewId): string {
  const t = words(frame);
  return html`<div class="panel"><h2>${t('撤回这个批次', 'Take this import back')}</h2>
<p>${t('先逐件核对：哪些会撤回，哪些因为有人办理过要留下。核对不改动任何内容。', 'First each case is looked at: which would go, and which would stay because somebody has worked on it. Looking changes nothing.')}</p>
!${lookForm(frame, batch, t('看看会撤回什么', 'Look what would go'), newId)}</div>`;
}

function runningPart(frame: DeskFrame, { id, undo }: Verdicts): string {
  const t = words(frame);
  const { stage, of, gone, stays, since } = undo;
  const far = (gone ?? 0) + (stays ?? 0);
  const begun = since === null ? '' : dayAndTime(since, frame.zone, frame.language);
  return html`<div class="panel" role="status"><h2>${stage === 'looking' ? t('正在核对会撤回什么', 'Looking over what would go') : t('正在撤回', 'Being taken back')}</h2>
<p><label for="undone">${t(`${far} / ${of} 件`, `${far} of ${of}`)}</label> <progress id="undone" max="${of ?? 0}" value="${far}"></progress> <a href="/console/operator/imports/${id}">${t('再看一次', 'Look again')}</a></p>
<p class="soft small">${t('开始', 'begun')} ${begun} · ${t('在后台做，可以离开本页。很久不动时看', 'It is done behind the page, which you may leave. If it does not move, see')} <a href="/console/operator/jobs">${t('后台任务', 'Jobs')}</a></p></div>`;
}

function lookedPart(frame: DeskFrame, batch: Verdicts, typed: string, newId: NewId): string {
  const t = words(frame);
  const { id, undo, changedOthers } = batch;
  const [gone, stays] = [undo.gone ?? 0, undo.stays ?? 0];
  const at = undo.since === null ? '' : dayAndTime(undo.since, frame.zone, frame.language);
  const reason = whyNot(frame, batch, 'undo');
  return html`<div class="panel"><h2>${t('撤回这个批次', 'Take this import back')}</h2>
<p class="soft small">${t('核对于', 'looked over')} ${at}</p><ul>
<li>${t(`${gone} 件会撤回：案卷变为不受理，时限停止，编号可以重新导入。`, `${gone} cases go: each becomes declined, its clock ends, its number may be imported again.`)}</li>
<li>${t(`${stays} 件会留下：已经有人办理。`, `${stays} cases stay: somebody has worked on them.`)}</li>
!${changedOthers === 0 ? '' : html`<li>${t(`它更新过别的批次的 ${changedOthers} 件，更新保留。`, `It changed ${changedOthers} cases of other batches; those changes stand.`)}</li>`}
<li>${t('核对以后又有人办理的，也会留下。撤回不能恢复，只能重新导入。', 'What is worked on after this look stays too. It cannot be undone, only imported again.')}</li></ul>
!${
    reason === null
      ? html`<form method="post" action="/console/operator/imports/${id}/undo"><input type="hidden" name="commandId" value="${newId()}">
<label for="words">${t('为什么撤回', 'Why it is taken back')} <span class="soft">${t('写给以后查的人，如：对照表用错了', 'for whoever looks it up later, such as: the wrong map')}</span></label><textarea id="words" name="words" required minlength="2" maxlength="200" rows="2">${typed}</textarea>
<p><button class="danger">${t(`撤回 ${gone} 件`, `Take ${gone} cases back`)}</button></p></form>`
      : html`<p><button disabled aria-describedby="no-undo">${t('撤回', 'Take it back')}</button> <span class="soft" id="no-undo">${reason}</span></p>`
  }
!${lookForm(frame, batch, t('重新核对', 'Look over it again'), newId)}</div>
!${keptList(frame, batch, t('会留下的', 'What would stay'))}`;
}

function resultPart(frame: DeskFrame, batch: Verdicts): string {
  const t = words(frame);
  const { undo } = batch;
  if (undo.gone === null) return '';
  return html`<div class="panel"><h2>${t('撤回的结果', 'What came of taking it back')}</h2>
<p>${t(`撤回 ${undo.gone} 件，留下 ${undo.stays ?? 0} 件。`, `${undo.gone} cases withdrawn, ${undo.stays ?? 0} stay.`)} ${t('改好对照表或文件后可以重新导入。', 'Mend map or file and import it again.')}</p>!${undo.words === null ? '' : html`<p class="soft">${t('原因：', 'Why: ')}${undo.words}</p>`}</div>
!${keptList(frame, batch, t('留下的', 'What stays'))}`;
}

function keptList(frame: DeskFrame, { id, kept, undo }: Verdicts, title: string): string {
  const t = words(frame);
  if (kept.length === 0) return '';
  const more = (undo.stays ?? 0) > SHOWN ? t(`下面是前 ${SHOWN} 件，`, `The first ${SHOWN} of them; `) : '';
  return html`<h2>${title} <span class="soft">${undo.stays ?? kept.length}</span></h2>
<p>${more}<a href="/console/operator/imports/${id}/kept.csv">${t('下载（csv）', 'Download (csv)')}</a></p>
<ul class="parts">!${kept.slice(0, SHOWN).map(({ key, number, says }) => html`<li><h3>${key}<br><span class="soft small code">${number ?? t('保密', 'confidential')}</span></h3><div><p>${says[frame.language]}</p></div></li>`)}</ul>`;
}
