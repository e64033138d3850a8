import { html } from 'ghtml';
import type { GateRule } from '../../domains/work/checkpoints/checkpoint.model.ts';
import { askedWords, modeWords } from '../../domains/work/checkpoints/kind.model.ts';
import { dayAndTime } from '../ui/time.ts';
import { CHECKPOINTS, type Checkpoint, hoursSaid, rulesNow } from './checkpoints.pages.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { sayIn } from './people.pages.ts';

/** What is put up at the gate: the rule that is in force, in both languages, whatever language the desk is read in. */
export function noticePage(frame: DeskFrame, checkpoint: Checkpoint): string {
  const t = sayIn(frame.language);
  const rule = rulesNow(checkpoint)[checkpoint.mode];
  return desk(
    frame,
    { zh: '门口的告示', en: 'The notice' },
    html`<div class="noprint"><p><a href="${CHECKPOINTS}/${checkpoint.id}">← ${t('回这个卡口', 'Back')}</a></p><p>${t('用 A4 纸打印，贴在门口。平时、战时一转换，就要换新的。', 'Print on A4 and put it up at the gate. Once the rule is switched, put up the new one.')}</p></div>
!${half(checkpoint, rule, 'zh', frame.zone)}
!${rule.pass.en === '' ? '' : half(checkpoint, rule, 'en', frame.zone)}`,
  );
}

function half(checkpoint: Checkpoint, rule: GateRule, language: 'zh' | 'en', zone: string): string {
  const t = sayIn(language);
  const { name, mode, modeSince } = checkpoint;
  const asks = rule.asks.map((one) => askedWords[one][language]).join(t('、', ', '));
  const written =
    rule.asks.length === 0
      ? t(
          '过这里不登记个人信息，只数人数、车数。',
          'No personal data is written down here; people and vehicles are counted.',
        )
      : t(
          `过这里登记：${asks}。用途：${rule.purpose}。登记的内容加密保存 ${rule.keepDays} 天，到日子自动删除，不作他用。`,
          `Written down here: ${asks}. Purpose: ${rule.purpose}. It is kept encrypted for ${rule.keepDays} days, then removed, and used for nothing else.`,
        );
  const clean =
    rule.disinfectMin === null
      ? ''
      : html`<p>${t(`这里每 ${rule.disinfectMin} 分钟消杀一次。`, `Disinfected every ${rule.disinfectMin} minutes.`)}</p>`;
  return html`<section class="panel" lang="${language}"><h1>${name}</h1><p><strong>${t(`现在按${modeWords[mode].zh}规则`, `Now: ${modeWords[mode].en} rules`)}</strong> · ${hoursSaid(checkpoint, t)}</p>
<p>${language === 'zh' ? rule.pass.zh : rule.pass.en}</p><p>${written}</p>!${clean}
<p class="soft small">${checkpoint.area} · ${t(`${dayAndTime(modeSince, zone, language)} 起`, `since ${dayAndTime(modeSince, zone, language)}`)}</p></section>`;
}
