import { Problem } from '../../../kernel/problem.ts';
import { isMobile, phoneOf, type RosterRow, rosterProblems } from './roster.model.ts';

/** Somebody who stands: the mark of their phone, and the account with which they sign in. */
export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly mark: string | null;
  readonly login: string | null;
}

export interface PlannedAccount {
  readonly id: string;
  readonly login: string;
  readonly personId: string;
  readonly name: string;
}

export interface FoundPerson {
  readonly personId: string;
  readonly person: { readonly id: string; readonly name: string; readonly phone: string | null } | null;
  readonly phone: { readonly personId: string; readonly name: string; readonly phone: string } | null;
  readonly account: PlannedAccount | null;
  /** The row is taken: those below it find them. */
  keep(): void;
}

export interface People {
  find(row: RosterRow): FoundPerson;
}

interface Ground {
  readonly people: readonly KnownPerson[];
  readonly newId: () => string;
  readonly newLogin: () => string;
  readonly markOf: (phone: string) => string;
}

/**
 * Who is meant: by login, by phone and name, or by a name that is nobody else's. Two rows of one name without a phone may
 * be two people, and rights given to the wrong one are worse than a row refused.
 */
export function openPeople(ground: Ground, rows: readonly RosterRow[]): People {
  const { newId, newLogin, markOf } = ground;
  const all = new Map(ground.people.map((person) => [person.id, person]));
  const taken = new Set([
    ...ground.people.map(({ login }) => login ?? ''),
    ...rows.map(({ login }) => login.toLowerCase()),
  ]);
  const who = (test: (person: KnownPerson) => boolean): KnownPerson[] => [...all.values()].filter(test);
  const freshLogin = (): string => {
    for (;;) {
      const login = newLogin();
      if (!taken.has(login)) return login;
    }
  };

  /** The person who stands, or null: somebody new. */
  function known({ name, phone, login }: Said, row: RosterRow): KnownPerson | null {
    const [byLogin] = login ? who((person) => person.login === login) : [];
    if (byLogin && byLogin.name !== name) throw new Problem(rosterProblems['roster.login_of_another'], { login });
    if (byLogin) return byLogin;
    const found = phone ? byPhone(name, phone) : login ? byNewLogin(name) : byName(name, row);
    if (login && found?.login) throw new Problem(rosterProblems['roster.login_differs'], { login, has: found.login });
    return found;
  }

  function byPhone(name: string, phone: string): KnownPerson | null {
    const mark = markOf(phone);
    const sharing = who((person) => person.mark === mark);
    const same = sharing.find((person) => person.name === name);
    if (same) return same;
    if (sharing.length > 0 && isMobile(phone)) throw new Problem(rosterProblems['roster.phone_of_another']);
    if (who((person) => person.name === name && person.mark === null).length > 0)
      throw new Problem(rosterProblems['roster.same_name']);
    return null;
  }

  /** A login that nobody has names somebody new, or the one of this name who has none yet. */
  function byNewLogin(name: string): KnownPerson | null {
    const [one, ...more] = who((person) => person.name === name && person.login === null);
    if (more.length > 0) throw new Problem(rosterProblems['roster.same_name']);
    return one ?? null;
  }

  /** Without phone and login: the one of this name who was recorded so too, and named so by no other row. */
  function byName(name: string, row: RosterRow): KnownPerson | null {
    const others = rows.filter((other) => other !== row && other.name === name);
    if (others.some((other) => other.phone || other.login || other.given.row < row.given.row))
      throw new Problem(rosterProblems['roster.same_name']);
    const [one, ...more] = who((person) => person.name === name);
    if (more.length > 0 || (one && one.mark !== null)) throw new Problem(rosterProblems['roster.same_name']);
    return one ?? null;
  }

  return {
    find(row) {
      const said = readSaid(row);
      const found = known(said, row);
      const { name, phone, login } = said;
      const personId = found?.id ?? newId();
      const mark = phone ? markOf(phone) : null;
      const isNewPhone = found !== null && mark !== null && found.mark !== mark;
      const account = found?.login ? null : { id: newId(), login: login || freshLogin(), personId, name };
      return {
        personId,
        person: found ? null : { id: personId, name, phone: phone || null },
        phone: isNewPhone ? { personId, name, phone } : null,
        account,
        keep() {
          const kept = {
            id: personId,
            name,
            mark: mark ?? found?.mark ?? null,
            login: found?.login ?? account?.login ?? null,
          };
          all.set(personId, kept);
          if (account) taken.add(account.login);
        },
      };
    },
  };
}

interface Said {
  readonly name: string;
  readonly phone: string;
  readonly login: string;
}

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,39}$/;

function readSaid({ name, phone: typed, login: wished }: RosterRow): Said {
  const [phone, login] = [phoneOf(typed), wished.toLowerCase()];
  // A login stands in the clear; somebody's number must not.
  if (login && (!LOGIN.test(login) || isMobile(login)))
    throw new Problem(rosterProblems['roster.login'], { login: isMobile(login) ? '1…' : wished });
  return { name, phone, login };
}
