import clipping from 'polygon-clipping';
import { type Boundary, polygonsOf } from '../../../kernel/geo.ts';
import type { Area, Atlas } from './atlas.model.ts';

type Joinable = Parameters<typeof clipping.union>[0];

/** How every area is drawn: by its border, or, where it has none, by what the areas below it cover together. */
export function outlinesOf(atlas: Atlas): ReadonlyMap<string, Boundary> {
  const outlines = new Map<string, Boundary>();
  const outlineOf = (area: Area): Boundary | null => {
    const below = atlas.children(area.id).flatMap((child) => outlineOf(child) ?? []);
    const outline = area.boundary ?? joined(below);
    if (outline) outlines.set(area.id, outline);
    return outline;
  };
  if (atlas.root) outlineOf(atlas.root);
  return outlines;
}

function joined(below: readonly Boundary[]): Boundary | null {
  const parts = below.flatMap((one) => [...polygonsOf(one)]);
  if (parts.length === 0) return null;
  return { type: 'MultiPolygon', coordinates: (union(parts as never) ?? parts) as never };
}

/** Borders that touch in a way the library cannot untie are drawn side by side: a line too many, but nothing missing. */
function union(parts: readonly Joinable[]): ReturnType<typeof clipping.union> | null {
  try {
    const [first, ...others] = parts;
    return first === undefined ? null : clipping.union(first, ...others);
  } catch {
    return null;
  }
}
