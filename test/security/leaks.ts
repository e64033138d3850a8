import type { Viewer } from './viewers.ts';
import type { World } from './world.ts';

/** Finds, in whatever came back, ids of records and words that are not for this viewer. */
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const patterns = new WeakMap<World, RegExp>();

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** A number of a phone is not found in the decimals of another. */
const asFound = (text: string): string => (/^\d+$/.test(text) ? `(?<![\\d.])${text}(?!\\d)` : escaped(text));

function wordsIn(world: World, text: string): string[] {
  const pattern = patterns.get(world) ?? new RegExp([...world.words.keys()].map(asFound).join('|'), 'g');
  patterns.set(world, pattern);
  return [...new Set(text.match(pattern) ?? [])];
}

/** `sent`: what the viewer put into the question themselves. */
export function leaksIn(world: World, viewer: Viewer, endpoint: string, text: string, sent = ''): string[] {
  const ids = [...new Set(text.match(uuid) ?? [])].flatMap((id) => {
    const thing = world.things.get(id);
    return thing && !sent.includes(id) && !thing.sees(viewer) && !thing.named(viewer, endpoint)
      ? [`${thing.table} ${thing.matter?.key ?? ''} ${id}`]
      : [];
  });
  const words = wordsIn(world, text).filter(
    (word) => !sent.includes(word) && !world.words.get(word)?.(viewer, endpoint),
  );
  return [...ids, ...words];
}
