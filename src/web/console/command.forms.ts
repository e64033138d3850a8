import { html } from 'ghtml';
import { z } from 'zod';
import { type CasefileCommand, declineOutcomes, forms, outcomes } from '../../domains/work/casefiles/casefile.model.ts';
import type { Language, Words } from '../../kernel/words.ts';

/** One form for each command, from the same description the server checks: a field is drawn by what it means. */
export interface Choices {
  readonly bodies: readonly { readonly id: string; readonly name: string }[];
  /** Filing conditions, grouped by their type's name. */
  readonly conditions: readonly {
    readonly code: string;
    readonly group: string;
    readonly words: Words;
    readonly limit: Words;
    readonly unsure: boolean;
  }[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly areas: readonly { readonly id: string; readonly name: string }[];
  readonly suggestedBodyId: string | null;
}

export interface CommandForm {
  readonly file: { readonly id: string; readonly typeCode: string | null };
  readonly command: string;
  readonly words: Words;
  readonly choices: Choices;
  readonly language: Language;
  readonly commandId: string;
  /** What a clock waits for. */
  readonly isDue: boolean;
}

const fieldWords: Readonly<Record<string, Words>> = {
  words: { zh: '说明', en: 'Words' },
  publicText: { zh: '给报事人和公众看的话', en: 'What the reporter and the public read' },
  conditionCode: { zh: '立案条件', en: 'Filing condition' },
  outcome: { zh: '结果', en: 'Outcome' },
  bodyId: { zh: '承办单位', en: 'Body' },
  bodyIds: { zh: '单位', en: 'Bodies' },
  leadBodyId: { zh: '牵头单位', en: 'Lead' },
  personId: { zh: '人员', en: 'Person' },
  granteeId: { zh: '谁', en: 'Who' },
  intoId: { zh: '并入哪个案卷（编号或链接里的 id）', en: 'Into which case (id)' },
  place: { zh: '区域', en: 'Area' },
  reason: { zh: '原因', en: 'Reason' },
  found: { zh: '核实结果', en: 'Found' },
  answer: { zh: '评价', en: 'Answer' },
  urgent: { zh: '紧急', en: 'Urgent' },
};

const optionWords: Readonly<Record<string, Words>> = {
  ...outcomes,
  ...declineOutcomes,
  not_ours: { zh: '不归我们办', en: 'not ours' },
  wrong_place: { zh: '位置不对', en: 'wrong place' },
  needs_others: { zh: '要别的单位一起', en: 'needs others' },
  unclear: { zh: '情况不清', en: 'unclear' },
  other: { zh: '其他', en: 'other' },
  as_reported: { zh: '与上报一致', en: 'as reported' },
  different: { zh: '与上报不同', en: 'different' },
  not_found: { zh: '未发现', en: 'not found' },
  satisfied: { zh: '满意', en: 'satisfied' },
  mostly_satisfied: { zh: '基本满意', en: 'mostly satisfied' },
  unsatisfied: { zh: '不满意', en: 'not satisfied' },
};

export function commandForm(form: CommandForm): string {
  const { file, command, words, language, commandId, isDue } = form;
  const shape = (forms[command as CasefileCommand] as z.ZodObject).shape;
  const fields = Object.entries(shape).map(([name, type]) => field(form, name, type as z.ZodType));
  return html`<details !${isDue ? 'class="due" open' : ''}><summary>${words[language]}</summary><form method="post" action="/console/cases/${file.id}/${command}"><input type="hidden" name="commandId" value="${commandId}">
!${fields}<p><button class="primary">${words[language]}</button></p></form></details>`;
}

function field(form: CommandForm, name: string, type: z.ZodType): string {
  const id = `${form.command}-${name}`;
  const optional = type.safeParse(undefined).success;
  const inner = type instanceof z.ZodOptional ? (type.unwrap() as z.ZodType) : type;
  const label = fieldWords[name]?.[form.language] ?? name;
  const note = optional ? html` <span class="soft">${form.language === 'zh' ? '可以不填' : 'optional'}</span>` : '';
  return html`<label for="${id}">${label}!${note}</label>!${control(form, id, name, inner, !optional)}`;
}

function control(form: CommandForm, id: string, name: string, type: z.ZodType, required: boolean): string {
  const { choices, language } = form;
  const must = required ? 'required' : '';
  if (name === 'conditionCode') return conditionSelect(form, id);
  if (name === 'bodyId' || name === 'leadBodyId')
    return select(id, name, choices.bodies, choices.suggestedBodyId, required);
  if (name === 'bodyIds')
    return html`<select id="${id}" name="bodyIds" multiple size="6" !${must}>!${choices.bodies.map((body) => html`<option value="${body.id}">${body.name}</option>`)}</select>`;
  if (name === 'personId' || name === 'granteeId') return select(id, name, choices.people, null, required);
  if (name === 'place') return select(id, 'areaId', choices.areas, null, required);
  if (type instanceof z.ZodEnum) {
    const options = type.options.map((option) => ({
      id: String(option),
      name: optionWords[String(option)]?.[language] ?? String(option),
    }));
    return select(id, name, options, null, required);
  }
  if (type instanceof z.ZodBoolean) return html`<input id="${id}" name="${name}" type="checkbox" value="true">`;
  if (name === 'words' || name === 'publicText')
    return html`<textarea id="${id}" name="${name}" maxlength="2000" !${must}></textarea>`;
  return html`<input id="${id}" name="${name}" maxlength="200" !${must}>`;
}

function select(
  id: string,
  name: string,
  options: readonly { id: string; name: string }[],
  chosen: string | null,
  required: boolean,
): string {
  const none = required && chosen !== null ? '' : html`<option value=""></option>`;
  return html`<select id="${id}" name="${name}" !${required ? 'required' : ''}>!${none}!${options.map((option) => html`<option value="${option.id}" !${option.id === chosen ? 'selected' : ''}>${option.name}</option>`)}</select>`;
}

function conditionSelect({ file, choices, language }: CommandForm, id: string): string {
  const groups = [...new Set(choices.conditions.map((condition) => condition.group))];
  const chosen = choices.conditions.find(
    (condition) => file.typeCode !== null && condition.code.startsWith(`${file.typeCode}-`),
  )?.code;
  const unsure = language === 'zh' ? ',待定' : ', unsure';
  return html`<select id="${id}" name="conditionCode" required><option value=""></option>!${groups.map(
    (group) =>
      html`<optgroup label="${group}">!${choices.conditions
        .filter((condition) => condition.group === group)
        .map(
          (condition) =>
            html`<option value="${condition.code}" !${condition.code === chosen ? 'selected' : ''}>${condition.words[language]}(${condition.limit[language]}${condition.unsure ? unsure : ''})</option>`,
        )}</optgroup>`,
  )}</select>`;
}
