import { z } from 'zod';
import type { CaseType } from '../../domains/work/standards/standard.model.ts';
import { type FieldFault, Problem } from '../../kernel/problem.ts';
import type { Words } from '../../kernel/words.ts';
import { type Attribute, open311Problems } from './open311.model.ts';

/**
 * What is asked about a kind of matter besides what and where: which of its filing conditions it is. Where the answer
 * decides whether somebody sets out within minutes, it has to be given; “cannot say” is an answer.
 */
export function attributesOf({ conditions, urgent = false }: CaseType): Attribute[] {
  if (conditions.length < 2) return [];
  // What is urgent anyway need not wait for an answer.
  const decidesSpeed = !urgent && conditions.some((condition) => condition.urgent);
  return [
    {
      ...{ variable: true, code: CONDITION, datatype: 'singlevaluelist', required: decidesSpeed, order: 1 },
      datatype_description: '选最接近的一种 / choose the nearest',
      description: '现在是哪种情形？/ How is it now?',
      values: [...conditions.map(({ code, when }) => ({ key: code, name: when.zh })), UNSURE],
    },
  ];
}

const CONDITION = 'condition';
const UNSURE = { key: 'unsure', name: '说不准' };

/** The filing condition that was chosen, if one was. */
export const conditionIn = (type: CaseType, chosen: Chosen): CaseType['conditions'][number] | undefined =>
  type.conditions.find(({ code }) => chosen.get(CONDITION)?.[0] === code);

export type Chosen = ReadonlyMap<string, readonly string[]>;

/** The answers to these attributes; what is not asked is left unread. Throws naming every one that is wrong. */
export function readAttributes(
  asked: readonly Attribute[],
  given: Readonly<Record<string, readonly string[]>>,
): Chosen {
  const answers = asked.map(
    (attribute) => [attribute, (given[attribute.code] ?? []).filter((it) => it !== '')] as const,
  );
  const faults = answers.flatMap(([attribute, values]): FieldFault[] => {
    const says = faultIn(attribute, values);
    return says === null ? [] : [{ path: `attribute[${attribute.code}]`, says }];
  });
  if (faults.length > 0) throw new Problem(open311Problems['open311.attributes'], {}, faults);
  return new Map(answers.flatMap(([{ code }, values]) => (values.length === 0 ? [] : [[code, values] as const])));
}

function faultIn({ required, datatype, values: known }: Attribute, values: readonly string[]): Words | null {
  if (values.length === 0) return required ? { zh: '必须填写', en: 'is required' } : null;
  if (values.length > 1 && datatype !== 'multivaluelist') return { zh: '只能有一个值', en: 'takes one value only' };
  const isList = datatype === 'singlevaluelist' || datatype === 'multivaluelist';
  if (isList && !values.every((value) => known.some(({ key }) => key === value)))
    return { zh: '不在可选的值里', en: 'is not one of the values listed' };
  if (datatype === 'number' && !values.every((value) => Number.isFinite(Number(value))))
    return { zh: '应为数字', en: 'is not a number' };
  if (datatype === 'datetime' && !values.every((value) => z.iso.datetime({ offset: true }).safeParse(value).success))
    return { zh: '应为带时区的 ISO 8601 时间', en: 'is not an ISO 8601 time with a zone' };
  return null;
}
