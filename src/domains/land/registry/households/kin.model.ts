import type { Values } from '../batches/candidate.model.ts';
import type { Relative } from './following.model.ts';

/**
 * Who of a household is somebody's father, mother, guardian, by what each is to the head. Only where exactly one fits: of two
 * nobody is taken. The words are those of GB/T 4761 and what offices write for them.
 */
export interface Member {
  readonly id: string;
  /** With what follows from them on the day: age and sex. */
  readonly known: Values;
}

/** In a list of a household its head is often called just that: oneself. */
export const HEAD = /^(户主|本人)/;

const words = {
  spouse: /^(配偶|丈夫|妻子|夫|妻|老婆|爱人|老伴)$/,
  child: /^((独生|[长次三四五六])?(子女|子|女)|([大二三小])?(儿子|女儿)|儿|孩子)$/,
  childInLaw: /^(儿媳|儿媳妇|媳妇|女婿)$/,
  parent: /^(父母|父亲?|母亲?|爸爸|妈妈)$/,
  parentInLaw: /^(岳父母?|岳母|公公|婆婆|公婆|配偶父母)$/,
  grandchild: /^(孙子|孙女|孙|长孙|次孙)$/,
  maternalGrandchild: /^(外孙子?|外孙女)$/,
} as const;
type Kind = keyof typeof words;

const saidMale = /(子|父|夫|爸爸|公公|婿|儿|孙)$/;
const saidFemale = /(女|母|妻|妻子|妈妈|婆婆|媳|媳妇|女儿|孙女)$/;

function isMale({ known }: Member): boolean | null {
  const sex = known['person.sex'];
  if (sex !== undefined) return sex === 'male';
  const relation = relationOf({ known });
  // 子女 and 父母 tell neither.
  if (/^(子女|父母|岳父母|公婆|配偶父母)$/.test(relation)) return null;
  return saidFemale.test(relation) ? false : saidMale.test(relation) ? true : null;
}

const relationOf = ({ known }: Pick<Member, 'known'>): string => (known['household.relation'] ?? '').trim();
const is = (one: Member, kind: Kind): boolean => words[kind].test(relationOf(one));
const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

export const headOf = (members: readonly Member[]): Member | undefined =>
  only(members.filter((one) => HEAD.test(relationOf(one))));

interface Parents {
  /** Whoever may be one of them. */
  readonly fitting: readonly Member[];
  readonly father: Member | undefined;
  readonly mother: Member | undefined;
}

/** Years between a child and whoever may be a parent. */
const [YOUNGEST, OLDEST] = [14, 70];

function mayBeParent(of: Member, one: Member): boolean {
  const [child, age] = [of.known['person.age'], one.known['person.age']].map((told) => (told ? Number(told) : null));
  if (child == null || age == null) return true;
  return age - child >= YOUNGEST && age - child <= OLDEST;
}

function parentsOf(person: Member, members: readonly Member[]): Parents {
  const head = headOf(members);
  const others = members.filter((one) => one.id !== person.id);
  const all = (...kinds: Kind[]): Member[] => others.filter((one) => kinds.some((kind) => is(one, kind)));
  const couple = head && head.id !== person.id ? [head, ...all('spouse')] : [];
  const fitting = (): readonly Member[] => {
    if (head === undefined) return [];
    if (head.id === person.id) return all('parent');
    if (is(person, 'spouse')) return all('parentInLaw');
    if (is(person, 'child')) return couple;
    // Of two sons it may be either's child.
    if (is(person, 'grandchild')) return [...all('child').filter((one) => isMale(one) !== false), ...wives(all)];
    if (is(person, 'maternalGrandchild'))
      return [...all('child').filter((one) => isMale(one) !== true), ...husbands(all)];
    return [];
  };
  const found = fitting().filter((one) => mayBeParent(person, one));
  // Whose sex nobody told might be either.
  if (found.some((one) => isMale(one) === null)) return { ...nobody, fitting: found };
  const [fathers, mothers] = [true, false].map((male) => found.filter((one) => isMale(one) === male));
  return { fitting: found, father: only(fathers ?? []), mother: only(mothers ?? []) };
}

const nobody: Parents = { fitting: [], father: undefined, mother: undefined };

type All = (...kinds: Kind[]) => Member[];
const wives = (all: All): Member[] => all('childInLaw').filter((one) => isMale(one) === false);
const husbands = (all: All): Member[] => all('childInLaw').filter((one) => isMale(one) === true);

const OF_AGE = 18;

export function kinOf(person: Member, members: readonly Member[]): Partial<Record<Relative | 'head', Member>> {
  const parents = parentsOf(person, members);
  const above = (one: Member | undefined): Parents => (one === undefined ? nobody : parentsOf(one, members));
  const [fathers, mothers] = [above(parents.father), above(parents.mother)];
  const age = person.known['person.age'];
  const isChild = age !== undefined && Number(age) < OF_AGE;
  const found = {
    ...{ head: headOf(members), father: parents.father, mother: parents.mother },
    spouse: spouseOf(person, members),
    // Both parents are guardians (《民法典》第二十七条): which of two a form means nobody can know.
    guardian: isChild ? only(parents.fitting) : undefined,
    ...{ grandfather: fathers.father, grandmother: fathers.mother },
    ...{ maternal_grandfather: mothers.father, maternal_grandmother: mothers.mother },
  };
  return Object.fromEntries(Object.entries(found).flatMap(([who, one]) => (one ? [[who, one]] : [])));
}

function spouseOf(person: Member, members: readonly Member[]): Member | undefined {
  const head = headOf(members);
  const spouse = only(members.filter((one) => is(one, 'spouse')));
  if (head === undefined || spouse === undefined) return undefined;
  return person.id === head.id ? spouse : person.id === spouse.id ? head : undefined;
}
