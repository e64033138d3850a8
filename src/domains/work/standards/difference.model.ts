import { z } from 'zod';
import type { Words } from '../../../kernel/words.ts';
import { limitWords } from '../calendars/limit.model.ts';
import { bodyKindWords } from './body_kind.model.ts';
import { confidenceWords, evidenceWords, kindWords } from './sheet.model.ts';
import type { CaseType, FilingCondition, MajorClass } from './standard.model.ts';

/** What the next version changes, a sentence for each change, in the words of whoever has to agree to it. */
const words = z.object({ zh: z.string(), en: z.string() });
export const changeKinds = ['added', 'gone', 'limit', 'owner', 'words', 'other'] as const;
export const changeView = z.object({
  what: z.enum(changeKinds),
  /** Of a type or of one of its filing conditions. */
  of: z.enum(['major', 'type', 'condition']),
  code: z.string(),
  says: words,
  /** Something to look at again before it is issued. */
  doubt: words.nullable(),
});
export type Change = z.output<typeof changeView>;

interface Rules {
  readonly majors: readonly MajorClass[];
  readonly types: readonly CaseType[];
}

export function differences(before: Rules, after: Rules): Change[] {
  const changes = paired(before.types, after.types).flatMap(({ was, is }) => {
    if (was && is) return typeChanges(was, is, before, after);
    if (is) return [newType(is)];
    return was ? [endedType(was)] : [];
  });
  const majors = paired(before.majors, after.majors).flatMap(({ was, is }) => (was && is ? majorChanges(was, is) : []));
  const all = [...majors, ...changes];
  return changeKinds.flatMap((kind) => all.filter(({ what }) => what === kind));
}

function paired<T extends { readonly code: string }>(before: readonly T[], after: readonly T[]) {
  const codes = new Set([...before, ...after].map(({ code }) => code));
  const [was, is] = [before, after].map((list) => new Map(list.map((one) => [one.code, one] as const)));
  return [...codes].map((code) => ({ was: was?.get(code), is: is?.get(code) }));
}

const majorChanges = (was: MajorClass, is: MajorClass): Change[] => [
  ...told('words', 'major', is.code, was.name.zh, is.name.zh, (a, b) => ({
    zh: `大类“${a}”改名为“${b}”`,
    en: `the class “${a}” is now called “${b}”`,
  })),
  ...told('other', 'major', is.code, kindWords[was.kind].zh, kindWords[is.kind].zh, () => ({
    zh: `大类“${is.name.zh}”由${kindWords[was.kind].zh}改为${kindWords[is.kind].zh}`,
    en: `the class “${is.name.en}” turns from ${kindWords[was.kind].en} into ${kindWords[is.kind].en}`,
  })),
];

const newType = ({ code, name, answersTo, conditions }: CaseType): Change => ({
  ...{ what: 'added', of: 'type', code, doubt: null },
  says: {
    zh: `新增小类“${name.zh}”，由${bodyKindWords[answersTo].zh}负责，立案条件 ${conditions.length} 条${conditions.map((one) => `：${one.when.zh}（${limitWords(one.limit).zh}）`).join('')}`,
    en: `new type “${name.en}”, answered by ${bodyKindWords[answersTo].en}, ${conditions.length} filing conditions${conditions.map((one) => `: ${one.when.en} (${limitWords(one.limit).en})`).join('')}`,
  },
});

const endedType = ({ code, name, conditions }: CaseType): Change => ({
  ...{ what: 'gone', of: 'type', code, doubt: null },
  says: {
    zh: `取消小类“${name.zh}”，连同立案条件 ${conditions.length} 条`,
    en: `the type “${name.en}” ends, with ${conditions.length} filing conditions`,
  },
});

function typeChanges(was: CaseType, is: CaseType, before: Rules, after: Rules): Change[] {
  const { code } = is;
  const name = (rules: Rules, type: CaseType): Words =>
    rules.majors.find((one) => one.code === type.major)?.name ?? { zh: type.major, en: type.major };
  const bodies = (type: CaseType, language: keyof Words): string =>
    (type.alsoNeeds ?? []).map((kind) => bodyKindWords[kind][language]).join('、') || '—';
  return [
    ...told(
      'words',
      'type',
      code,
      was.name.zh,
      is.name.zh,
      (a, b) => ({
        zh: `小类“${a}”改名为“${b}”`,
        en: `the type “${a}” is now called “${b}”`,
      }),
      staleEnglish(was.name, is.name),
    ),
    ...told('words', 'type', code, was.name.en, is.name.en, (a, b) => ({
      zh: `小类“${is.name.zh}”的英文由“${a}”改为“${b}”`,
      en: `the type “${a}” is now called “${b}” in English`,
    })),
    ...told('owner', 'type', code, bodyKindWords[was.answersTo].zh, bodyKindWords[is.answersTo].zh, (a, b) => ({
      zh: `小类“${is.name.zh}”的责任单位由${a}改为${b}`,
      en: `the type “${is.name.en}” is answered by ${bodyKindWords[is.answersTo].en}, no longer ${bodyKindWords[was.answersTo].en}`,
    })),
    ...told('other', 'type', code, was.major, is.major, () => ({
      zh: `小类“${is.name.zh}”由大类“${name(before, was).zh}”移到“${name(after, is).zh}”`,
      en: `the type “${is.name.en}” moves from the class “${name(before, was).en}” to “${name(after, is).en}”`,
    })),
    ...told('other', 'type', code, bodies(was, 'zh'), bodies(is, 'zh'), (a, b) => ({
      zh: `小类“${is.name.zh}”常要配合的单位由“${a}”改为“${b}”`,
      en: `the type “${is.name.en}” often needs ${bodies(is, 'en')}, no longer ${bodies(was, 'en')}`,
    })),
    ...turned(was.urgent, is.urgent, code, { zh: `小类“${is.name.zh}”`, en: `the type “${is.name.en}”` }, urgency),
    ...turned(
      was.confidential,
      is.confidential,
      code,
      { zh: `小类“${is.name.zh}”`, en: `the type “${is.name.en}”` },
      secrecy,
    ),
    ...paired(was.conditions, is.conditions).flatMap(({ was: one, is: other }) => {
      if (one && other) return conditionChanges(is, one, other);
      if (other) return [newCondition(is, other)];
      return one ? [endedCondition(is, one)] : [];
    }),
  ];
}

const newCondition = ({ name }: CaseType, { code, when, limit }: FilingCondition): Change => ({
  ...{ what: 'added', of: 'condition', code, doubt: null },
  says: {
    zh: `“${name.zh}”新增立案条件“${when.zh}”，时限 ${limitWords(limit).zh}`,
    en: `“${name.en}” has a new filing condition “${when.en}” with ${limitWords(limit).en}`,
  },
});

const endedCondition = ({ name }: CaseType, { code, when, limit }: FilingCondition): Change => ({
  ...{ what: 'gone', of: 'condition', code, doubt: null },
  says: {
    zh: `“${name.zh}”取消立案条件“${when.zh}”（原时限 ${limitWords(limit).zh}）`,
    en: `“${name.en}” loses the filing condition “${when.en}” (its limit was ${limitWords(limit).en})`,
  },
});

function conditionChanges({ name }: CaseType, was: FilingCondition, is: FilingCondition): Change[] {
  const { code } = is;
  const about = { zh: `“${name.zh}”的“${is.when.zh}”`, en: `“${name.en}”, “${is.when.en}”` };
  const changed = (what: Change['what'], a: Words, b: Words, of: Words, doubt: Words | null = null): Change[] =>
    told(
      what,
      'condition',
      code,
      a.zh,
      b.zh,
      () => ({
        zh: `${about.zh}：${of.zh}由“${a.zh}”改为“${b.zh}”`,
        en: `${about.en}: ${of.en} was “${a.en}” and is “${b.en}”`,
      }),
      doubt,
    );
  const plain = (text: string): Words => ({ zh: text, en: text });
  const urgent = (value: boolean | undefined): Words =>
    value === undefined
      ? { zh: '随小类', en: 'as its type' }
      : value
        ? { zh: '是', en: 'yes' }
        : { zh: '否', en: 'no' };
  return [
    ...changed(
      'limit',
      limitWords(was.limit),
      limitWords(is.limit),
      { zh: '时限', en: 'the limit' },
      was.source === is.source ? sameSource : null,
    ),
    ...changed('words', was.when, is.when, { zh: '说法', en: 'the wording' }, staleEnglish(was.when, is.when)),
    ...changed('words', was.done, is.done, { zh: '办结标准', en: 'what done means' }, staleEnglish(was.done, is.done)),
    ...changed('words', plain(was.when.en), plain(is.when.en), { zh: '英文说法', en: 'the English wording' }),
    ...changed('words', plain(was.done.en), plain(is.done.en), {
      zh: '英文办结标准',
      en: 'what done means in English',
    }),
    ...changed('other', plain(was.source), plain(is.source), { zh: '依据', en: 'the source' }),
    ...changed('other', confidenceWords[was.confidence], confidenceWords[is.confidence], {
      zh: '把握',
      en: 'the confidence',
    }),
    ...changed('other', evidenceWords[was.evidence], evidenceWords[is.evidence], {
      zh: '结案凭证',
      en: 'the evidence',
    }),
    ...changed('other', urgent(was.urgent), urgent(is.urgent), { zh: '加急', en: 'urgency' }),
  ];
}

const sameSource: Words = { zh: '依据没有改，请核对', en: 'the source is the same: check it' };
const staleEnglish = (was: Words, is: Words): Words | null =>
  was.zh !== is.zh && was.en === is.en && is.en !== is.zh
    ? { zh: '英文没有跟着改，请核对', en: 'the English was not changed along: check it' }
    : null;

function told(
  what: Change['what'],
  of: Change['of'],
  code: string,
  was: string,
  is: string,
  says: (was: string, is: string) => Words,
  doubt: Words | null = null,
): Change[] {
  return was === is ? [] : [{ what, of, code, says: says(was, is), doubt }];
}

type Turn = Readonly<Record<'on' | 'off', Words>>;
const urgency: Turn = {
  on: { zh: '改为加急', en: 'is urgent now' },
  off: { zh: '不再加急', en: 'is no longer urgent' },
};
const secrecy: Turn = {
  on: { zh: '改为保密', en: 'is confidential now' },
  off: { zh: '不再保密', en: 'is no longer confidential' },
};

const turned = (
  was: boolean | undefined,
  is: boolean | undefined,
  code: string,
  about: Words,
  turn: Turn,
): Change[] => {
  const to = turn[is ? 'on' : 'off'];
  return (was ?? false) === (is ?? false)
    ? []
    : [{ what: 'other', of: 'type', code, says: { zh: about.zh + to.zh, en: `${about.en} ${to.en}` }, doubt: null }];
};
