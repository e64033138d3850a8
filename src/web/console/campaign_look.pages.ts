import { html } from 'ghtml';
import type { z } from 'zod';
import { bareName } from '../../domains/land/registry/batches/columns.model.ts';
import { nameIn } from '../../domains/land/registry/fields/added_fields.model.ts';
import type { Ledger } from '../../domains/land/registry/ledger.model.ts';
import type { previewView } from '../../domains/work/campaigns/campaign.model.ts';
import { n } from '../ui/count.ts';
import { CAMPAIGNS } from './campaigns.pages.ts';
import type { DeskFrame } from './console.pages.ts';
import { kinds } from './form_questions.pages.ts';
import { sayIn } from './people.pages.ts';
import { HOME } from './residents.pages.ts';

/** Before anybody is sent: how many, what of it is known, and which question asks for what is asked or known already. */
export type Preview = z.output<typeof previewView>;
type Looked = Preview['questions'][number];

/** The form that its buttons belong to. */
export const ASKING = 'asking';

export function previewPanel(frame: DeskFrame, ledger: Ledger, preview: Preview): string {
  const { language } = frame;
  const t = sayIn(language);
  const { targets, areas, questions } = preview;
  const { counted } = ledger.says;
  const answerable = questions.filter(({ widget }) => widget !== 'note');
  const asked = answerable.reduce((sum, { known }) => sum + targets - known, 0);
  const cells = targets * answerable.length;
  const [heads, numbers] = [
    [t('问题', 'Question'), t('怎么答', 'How'), t('台账里的', 'In the ledger')],
    [t('已经知道', 'Known'), t('太久要核实', 'Old'), t('要问', 'To ask')],
  ];
  const rows = questions.map((question) => questionRow(frame, ledger, question, targets, [...heads, ...numbers]));
  const here = areas.map(({ area, targets: all, toAsk: left }) =>
    left === all
      ? `${area} ${n(all)}`
      : t(`${area} ${n(all)}（要问 ${n(left)}）`, `${area} ${n(all)} (${n(left)} to ask)`),
  );
  return html`<div class="panel" role="status"><h2>${t(`会走访 ${n(targets)} ${counted.zh}`, `${n(targets)} ${counted.en} would be visited`)}</h2>
!${lackingSaid(frame, ledger, preview)}
<p>${here.join(t('，', ', '))}</p>
!${whoPart(frame, ledger, preview)}
<p>${t(`一共 ${n(cells)} 格，台账里已有 ${n(cells - asked)} 格不用问，最多当面问 ${n(asked)} 格。`, `${n(cells)} cells: ${n(cells - asked)} are known, at most ${n(asked)} are asked.`)}</p>
<table class="records"><thead><tr>!${heads.map((name) => html`<th>${name}</th>`)}!${numbers.map((name) => html`<th class="number">${name}</th>`)}</tr></thead><tbody>!${rows}</tbody></table></div>`;
}

/** Who is counted: the first of them, each with what there is to ask. */
function whoPart({ language }: DeskFrame, ledger: Ledger, { people, targets }: Preview): string {
  const t = sayIn(language);
  const { says, calledBy } = ledger;
  const heads = [nameIn(ledger, calledBy[0] ?? '')[language], t('在哪里', 'Where'), t('要问的', 'To ask')];
  const row = ({ id, name, area, asks }: Preview['people'][number]): string =>
    html`<tr><th scope="row"><a href="${HOME}/${id}">${name || '—'}</a></th>!${[area, asks.length === 0 ? t('都知道', 'all known') : asks.join(t('、', ', '))].map((text, i) => html`<td data-label="${heads[i + 1]}">${text}</td>`)}</tr>`;
  const first =
    people.length < targets
      ? t(`（先列 ${n(people.length)} ${says.counted.zh}）`, ` (the first ${n(people.length)})`)
      : '';
  return html`<details id="who"><summary>${t('看是哪些', 'Who they are')}${first}</summary><table class="records"><thead><tr>!${heads.map((head) => html`<th>${head}</th>`)}</tr></thead><tbody>!${people.map(row)}</tbody></table></details>`;
}

/** Those of whom all is known need nobody at their door. */
function lackingSaid({ language }: DeskFrame, { says }: Ledger, { targets, toAsk }: Preview): string {
  if (toAsk === targets) return '';
  const t = sayIn(language);
  const { zh, en } = says.counted;
  if (toAsk === 0)
    return html`<p class="settled">${t(`✓ 要问的，这 ${n(targets)} ${zh}台账里都有，而且不旧：不用走访。`, `✓ All of it is known of these ${n(targets)} ${en}: nobody needs to go.`)}</p>`;
  return html`<p>${t(`其中 ${n(targets - toAsk)} ${zh}要问的都已经知道；还要问的是 ${n(toAsk)} ${zh}。`, `Of ${n(targets - toAsk)} ${en} all of it is known; ${n(toAsk)} are left to ask.`)}</p>`;
}

function questionRow(
  frame: DeskFrame,
  ledger: Ledger,
  question: Looked,
  targets: number,
  heads: readonly string[],
): string {
  const t = sayIn(frame.language);
  const { ask, widget, options = [], field, required, when, known, stale } = question;
  const how = [kinds[widget][frame.language], options.map(({ label }) => label).join('、')].filter(Boolean).join('：');
  const notes = [
    ...(when === undefined ? [] : [t('看上一个问题怎么答才问', 'only after an answer')]),
    ...(required ? [t('必填', 'required')] : []),
  ];
  const ours = field === undefined ? t('台账里没有', 'not in the ledger') : nameIn(ledger, field)[frame.language];
  const texts = [[how, ...notes].join(t('，', ', ')), ours].map(
    (text, i) => html`<td data-label="${heads[i + 1]}">${text}</td>`,
  );
  const counts = [n(known), n(stale), widget === 'note' ? '—' : n(targets - known)].map(
    (count, i) => html`<td class="number" data-label="${heads[i + 3]}">${count}</td>`,
  );
  return html`<tr><th scope="row">${ask}!${sameFact(frame, ledger, question)}!${perhapsSame(frame, ledger, question)}</th>!${texts}!${counts}</tr>`;
}

/** The same fact under another name, and who asks for it already. */
function sameFact({ language }: DeskFrame, ledger: Ledger, { ask, field, known, alsoAskedBy }: Looked): string {
  const t = sayIn(language);
  if (field === undefined) return '';
  const { says } = ledger;
  const { zh, en } = nameIn(ledger, field);
  const isOther = bareName(ask) !== bareName(zh) && ask !== en;
  const same = isOther
    ? html`<p class="settled small">● ${t(`就是台账里的“${zh}”，用的是那一项：${n(known)} ${says.counted.zh}已经知道，不再问`, `this is “${en}” of the ledger, which is used: ${n(known)} are known and not asked`)}</p>`
    : '';
  const also = alsoAskedBy.map(
    ({ id, title }) =>
      html`<p class="near small">▲ ${t('正在走访的', 'also asked by')} <a href="${CAMPAIGNS}/${id}">${title}</a>!${t(' 也在问这个', '')}</p>`,
  );
  return html`!${same}!${also}`;
}

/** Its words name a fact, and may mean another: one press takes the one that is there. */
function perhapsSame({ language }: DeskFrame, ledger: Ledger, { name, perhaps }: Looked): string {
  if (perhaps === null) return '';
  const t = sayIn(language);
  const { says } = ledger;
  const { zh, en } = nameIn(ledger, perhaps.field);
  const known = perhaps.known + perhaps.stale;
  return html`<p class="near small">▲ ${t(`像是台账里的“${zh}”，${n(known)} ${says.counted.zh}已经知道。是同一件事就别另起名字`, `perhaps “${en}” of the ledger, known of ${n(known)}. If it is the same, use that one`)}</p><p><button form="${ASKING}" name="do" value="take:${name}:${perhaps.field}" formnovalidate>${t(`改用台账里的“${zh}”`, `Use “${en}”`)}</button></p>`;
}
