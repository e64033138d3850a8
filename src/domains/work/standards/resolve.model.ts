import type { Words } from '../../../kernel/words.ts';
import type { CaseType } from './standard.model.ts';

/**
 * Which body answers for a matter: area × kind of work × ground, and the reasons. A component goes to its owner before
 * the territory (先属主后属地), a matter to the territory before an owner. Within one ground the nearest area wins, then the
 * narrowest match. Nothing found: the township coordinates (首接负责).
 */
export interface Rule {
  readonly id: string;
  readonly areaId: string;
  readonly matchesKind: 'condition' | 'type' | 'major' | 'body_kind';
  readonly matches: string;
  readonly ground: 'owner' | 'territory';
  readonly bodyId: string;
  readonly basis: string;
}

export interface Resolution {
  readonly bodyId: string | null;
  readonly ruleId: string | null;
  /** One sentence for each step, in the order in which it was decided. */
  readonly because: readonly Words[];
  /** Near a border, and the other side would have gone to another body: the desk confirms. */
  readonly confirm: boolean;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

const narrowness = ['condition', 'type', 'major', 'body_kind'] as const;
const groundWords: Readonly<Record<Rule['ground'], Words>> = {
  owner: { zh: '属主', en: 'owner' },
  territory: { zh: '属地', en: 'territory' },
};

/** `upwards`: the area of the matter first, then what lies above it. */
export function resolve(
  rules: readonly Rule[],
  upwards: readonly Named[],
  type: CaseType,
  conditionCode: string,
  bodyName: (id: string) => string,
): Resolution {
  const keys: Readonly<Record<Rule['matchesKind'], string>> = {
    condition: conditionCode,
    type: type.code,
    major: type.major,
    body_kind: type.answersTo,
  };
  const order: readonly Rule['ground'][] = type.kind === 'component' ? ['owner', 'territory'] : ['territory', 'owner'];
  const because: Words[] = [
    type.kind === 'component'
      ? {
          zh: `“${type.name.zh}”是部件：先属主、后属地`,
          en: `“${type.name.en}” is a component: owner before territory`,
        }
      : { zh: `“${type.name.zh}”是事件：先属地、后属主`, en: `“${type.name.en}” is a matter: territory before owner` },
  ];
  for (const ground of order) {
    for (const area of upwards) {
      const here = rules.filter((rule) => rule.ground === ground && rule.areaId === area.id);
      const hit = narrowness.flatMap((kind) =>
        here.filter((rule) => rule.matchesKind === kind && rule.matches === keys[kind]),
      )[0];
      if (hit) {
        const { zh, en } = groundWords[ground];
        because.push({
          zh: `${area.name}按${zh}由${bodyName(hit.bodyId)}负责（${hit.basis}）`,
          en: `in ${area.name}, by ${en}: ${bodyName(hit.bodyId)} (${hit.basis})`,
        });
        return { bodyId: hit.bodyId, ruleId: hit.id, because, confirm: false };
      }
    }
    because.push({ zh: `没有按${groundWords[ground].zh}的规则`, en: `no rule by ${groundWords[ground].en}` });
  }
  because.push({
    zh: '没有规则适用：由乡镇（街道）先接、协调',
    en: 'no rule applies: the township takes it first and coordinates',
  });
  return { bodyId: null, ruleId: null, because, confirm: false };
}
