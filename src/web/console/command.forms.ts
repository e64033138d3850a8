import { html } from 'ghtml';
import { z } from 'zod';
import { type CasefileCommand, forms } from '../../domains/work/casefiles/casefile.model.ts';
import type { Language, Words } from '../../kernel/words.ts';
import { fieldWords, optionWords } from '../ui/fields.ts';

/** One form for each command, from the same description the server checks: a field is drawn by what it means. */
export interface Choices {
  readonly bodies: readonly { readonly id: string; readonly name: string }[];
  /** Filing conditions, grouped by their type's name. */
  readonly conditions: readonly {
    readonly code: string;
    readonly typeCode: string;
    readonly group: string;
    readonly words: Words;
    readonly limit: Words;
    readonly unsure: boolean;
  }[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly areas: readonly { readonly id: string; readonly name: string }[];
  readonly suggestedBodyId: string | null;
  readonly photos: readonly { readonly id: string; readonly words: Words }[];
  readonly releasedBefore: string;
  /** As the reporter of this case said it: what is released is sealed under their key, not under that of one merged in. */
  readonly ownWords: string | null;
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
  /** The kind of work that somebody took over from what was suggested. */
  readonly chosenType: string | null;
}

export function commandForm(form: CommandForm): string {
  const { file, command, words, language, commandId, isDue } = form;
  const shape = (forms[command as CasefileCommand] as z.ZodObject).shape;
  const fields = Object.entries(shape).map(([name, type]) => field(form, name, type as z.ZodType));
  return html`<details id="do-${command}" !${isDue ? 'class="due" open' : ''}><summary>${words[language]}</summary><form method="post" action="/console/cases/${file.id}/${command}"><input type="hidden" name="commandId" value="${commandId}">
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
  if (type instanceof z.ZodBoolean) return select(id, name, answersTo(name, language), null, required);
  if (name === 'photoIds')
    return html`<div class="shots" id="${id}">!${choices.photos.map((photo, i) => html`<label class="pick"><input type="checkbox" name="photoIds" value="${photo.id}"><img src="/api/photos/${photo.id}/thumb" alt="${photo.words[language]} ${i + 1}"></label>`)}</div>`;
  if (name === 'releasedWords')
    return html`!${ownWords(choices, language)}<textarea id="${id}" name="${name}" maxlength="2000">${choices.releasedBefore}</textarea>`;
  if (name === 'words' || name === 'publicText')
    return html`<textarea id="${id}" name="${name}" maxlength="2000" !${must}></textarea>`;
  return html`<input id="${id}" name="${name}" maxlength="200" !${must}>`;
}

/** Beside the field and not in it: what the public reads is written by the desk, not passed on by a press of the button. */
const ownWords = ({ ownWords }: Choices, language: Language): string =>
  ownWords === null
    ? ''
    : html`<p class="soft small">${language === 'zh' ? '报事人的原话：' : 'As the reporter said it: '}${ownWords}</p>`;

/** Yes and no both change something; what is left empty is not said at all. */
function answersTo(name: string, language: Language): { id: string; name: string }[] {
  const { none, yes, no } = switches[name] ?? plainSwitch;
  return [
    { id: '', name: none[language] },
    { id: 'true', name: yes[language] },
    { id: 'false', name: no[language] },
  ];
}

interface Switch {
  readonly none: Words;
  readonly yes: Words;
  readonly no: Words;
}
const plainSwitch: Switch = {
  none: { zh: '不改', en: 'leave as it is' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
};
const switches: Readonly<Record<string, Switch>> = {
  urgent: {
    none: { zh: '不改（按立案条件）', en: 'leave it to the filing condition' },
    yes: { zh: '紧急', en: 'urgent' },
    no: { zh: '不紧急', en: 'not urgent' },
  },
};

function select(
  id: string,
  name: string,
  options: readonly { id: string; name: string }[],
  chosen: string | null,
  required: boolean,
): string {
  const none =
    options.some((option) => option.id === '') || (required && chosen !== null) ? '' : html`<option value=""></option>`;
  return html`<select id="${id}" name="${name}" !${required ? 'required' : ''}>!${none}!${options.map((option) => html`<option value="${option.id}" !${option.id === chosen ? 'selected' : ''}>${option.name}</option>`)}</select>`;
}

function conditionSelect({ file, choices, language, chosenType }: CommandForm, id: string): string {
  const typeCode = chosenType ?? file.typeCode;
  const groups = [...new Set(choices.conditions.map((condition) => condition.group))];
  const chosen = choices.conditions.find((condition) => condition.typeCode === typeCode)?.code;
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
