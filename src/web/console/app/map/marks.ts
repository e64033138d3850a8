import { type MapKind, type MapState, mapKinds, mapStates } from '../../../../domains/work/finding/map.model.ts';
import type { dark, light } from '../../../ui/tokens.ts';

/** The marks of cases, as paths in a square of 24: the map draws them on its canvas, the list and the legend as SVG. */
export type Colours = typeof light | typeof dark;

/** What kind of thing. */
export const outlines: Readonly<Record<MapKind, string>> = {
  component: 'M5 4.5h14v14.5h-14z',
  matter: 'M12 3.5a8.5 8.5 0 1 0 .01 0z',
  unclassified: 'M12 2.5l9.5 9.5l-9.5 9.5l-9.5-9.5z',
};

/** How it stands. */
export const signs: Readonly<Record<MapState, string>> = {
  late: 'M12 7.2v5.6M12 16.2v.1',
  near: 'M12 8v4.2l3 1.8',
  running: 'M9 12h.1M12 12h.1M15 12h.1',
  standing: 'M10 9.2v5.6M14 9.2v5.6',
  answering: 'M8.4 12.2l2.6 2.6l4.8-5.2',
};

interface Paint {
  readonly fill: string;
  readonly stroke: string;
  readonly signColour: string;
}

/** Only what is late is filled: it is seen first, and by its sign without its colour. */
function paintOf(state: MapState, { panel, late, near, accent, softInk, settled }: Colours): Paint {
  if (state === 'late') return { fill: late, stroke: panel, signColour: panel };
  const colour = { near, running: accent, standing: softInk, answering: settled }[state];
  return { fill: panel, stroke: colour, signColour: colour };
}

/** Pixels of the canvas for a pixel of the screen. */
export const MARK_RATIO = 3;
const SIDE = 24;

/** A place that is being chosen: its point is at the foot. */
export const PIN = 'pin';
const pinOutline = 'M12 22c-4.4-5.2-6.6-8.7-6.6-11.7a6.6 6.6 0 0 1 13.2 0c0 3-2.2 6.5-6.6 11.7z';

/** Every mark as a picture, named `component-late`; and the pin. */
export function drawMarks(colours: Colours): ReadonlyMap<string, ImageData> {
  const marks = mapKinds.flatMap((kind) =>
    mapStates.map((state) => {
      const shape = {
        outline: outlines[kind],
        sign: signs[state],
        isBare: state === 'late',
        ...paintOf(state, colours),
      };
      return [`${kind}-${state}`, shape] as const;
    }),
  );
  const { accent, panel } = colours;
  const pin = {
    outline: pinOutline,
    sign: 'M12 10.2v.1',
    isBare: true,
    fill: accent,
    stroke: panel,
    signColour: panel,
  };
  return new Map([...marks, [PIN, pin] as const].map(([name, shape]) => [name, drawShape(shape, colours.panel)]));
}

interface Drawn extends Paint {
  readonly outline: string;
  readonly sign: string;
  /** Filled, without a line of its own. */
  readonly isBare: boolean;
}

function drawShape({ outline, sign, isBare, fill, stroke, signColour }: Drawn, rim: string): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE * MARK_RATIO;
  canvas.height = SIDE * MARK_RATIO;
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  pen.scale(MARK_RATIO, MARK_RATIO);
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  const line = (path: string, width: number, colour: string): void => {
    pen.lineWidth = width;
    pen.strokeStyle = colour;
    pen.stroke(new Path2D(path));
  };
  // A rim of the surface's colour parts a mark from lines and other marks below it.
  line(outline, 4.5, rim);
  pen.fillStyle = fill;
  pen.fill(new Path2D(outline));
  if (!isBare) line(outline, 2, stroke);
  line(sign, 2.2, signColour);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}
