import type { Atlas } from '../areas/atlas.model.ts';
import type { Role } from './staff.model.ts';

/** Who sits where, without names: seats and bodies of a realm, in memory. */
export interface Post {
  readonly id: string;
  readonly role: Role;
  readonly areaId: string | null;
  readonly bodyId: string | null;
  /** Somebody holds it now. */
  readonly held: boolean;
}

export interface Body {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly areaId: string;
  readonly calendarId: string;
  /** Of a temporary organisation: the last day of its term. */
  readonly temporaryUntil?: string | null;
  readonly aboveId?: string | null;
}

export interface Directory {
  readonly posts: readonly Post[];
  readonly bodies: readonly Body[];
  post(id: string): Post | undefined;
  body(id: string): Body | undefined;
  /** Also of a body that is closed: old cases name it. */
  bodyName(id: string): string | undefined;
  /** Posts of a role at exactly this area. */
  at(areaId: string, role: Role): readonly Post[];
  inBody(bodyId: string): readonly Post[];
}

export function buildDirectory(
  posts: readonly Post[],
  bodies: readonly Body[],
  closed: readonly { readonly id: string; readonly name: string }[] = [],
): Directory {
  const byPost = new Map(posts.map((post) => [post.id, post]));
  const byBody = new Map(bodies.map((body) => [body.id, body]));
  const names = new Map([...closed, ...bodies].map(({ id, name }) => [id, name]));
  const byPlace = new Map<string, Post[]>();
  for (const post of posts) {
    const place = post.areaId ?? post.bodyId ?? '';
    byPlace.set(place, [...(byPlace.get(place) ?? []), post]);
  }
  return {
    posts,
    bodies,
    post: (id) => byPost.get(id),
    body: (id) => byBody.get(id),
    bodyName: (id) => names.get(id),
    at: (areaId, role) => (byPlace.get(areaId) ?? []).filter((post) => post.role === role),
    inBody: (bodyId) => byPlace.get(bodyId) ?? [],
  };
}

/**
 * The desk of a role for an area: the nearest seat upwards that somebody holds. When none is held, the nearest that
 * exists at all: work lands on an empty chair rather than nowhere, and its ladder tells those above.
 */
export function deskFor(directory: Directory, atlas: Atlas, areaId: string, role: Role): Post | null {
  const seats = atlas.upwards(areaId).flatMap((area) => directory.at(area.id, role));
  return seats.find((post) => post.held) ?? seats[0] ?? null;
}

/** All seats of a role above an area, nearest first, from the level of `from` on upwards. */
export function desksAbove(directory: Directory, atlas: Atlas, areaId: string, role: Role): Post[] {
  return atlas.upwards(areaId).flatMap((area) => directory.at(area.id, role));
}
