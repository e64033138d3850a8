import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import type { Point } from '../../../kernel/geo.ts';
import { useFrame } from './frame.tsx';
import type { Ground } from './ground.ts';
import type { Fix } from './place.ts';
import {
  moved,
  namedAt,
  pathOf,
  pixelsPerMetre,
  SHEET,
  scaleBar,
  toPoint,
  toSheet,
  type View,
  viewOf,
} from './sketch.ts';

interface AreaMapProps {
  readonly grounds: readonly Ground[];
  readonly chosenId: string | null;
  readonly fix: Fix | null;
  readonly marker: Point | null;
  readonly markerName: string;
  /** Where somebody put the marker; without it the map is only looked at. */
  readonly onMove?: (point: Point) => void;
}

/** One's own land out of the phone's store: borders and names, where one stands and how sure that is, and the marker. */
export function AreaMap({ grounds, chosenId, fix, marker, markerName, onMove }: AreaMapProps) {
  const { t } = useFrame();
  const [zoom, setZoom] = useState(1);
  /** The sheet stands still while the marker moves. */
  const [middle, setMiddle] = useState<Point | null>(null);
  const [dragged, setDragged] = useState<Point | null>(null);
  const fitting = useMemo(() => fitted(grounds, chosenId, marker ?? pointOf(fix)), [grounds, chosenId, marker, fix]);
  if (!fitting) return null;
  const view: View = { middle: (zoom > 1 && middle) || fitting.middle, metres: fitting.metres / zoom };
  const near = (times: number): void => {
    setMiddle(marker ?? pointOf(fix));
    setZoom(times);
  };
  const shown = dragged ?? marker;
  const put = (point: Point): void => {
    setDragged(null);
    onMove?.(point);
  };
  return (
    <figure className="map">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be drawn in */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the mark in it is moved by keys, and the list below says the same */}
      <svg
        viewBox={`0 0 ${SHEET.width} ${SHEET.height}`}
        role="group"
        aria-label={t('地图', 'Map')}
        onClick={(click) => onMove && put(toPoint(view, spotOf(click)))}
      >
        {grounds.map((ground) => (
          <Grid key={ground.id} view={view} ground={ground} isChosen={ground.id === chosenId} />
        ))}
        {fix && <Standing view={view} fix={fix} />}
        {shown && (
          <Marker
            view={view}
            point={shown}
            name={markerName}
            isDragged={dragged !== null}
            onDrag={onMove && setDragged}
            onPut={onMove && put}
          />
        )}
        <Scale view={view} />
      </svg>
      <figcaption className="row">
        <button type="button" aria-label={t('放大', 'Larger')} disabled={zoom >= 16} onClick={() => near(zoom * 2)}>
          ＋
        </button>
        <button type="button" aria-label={t('缩小', 'Smaller')} disabled={zoom <= 1} onClick={() => near(zoom / 2)}>
          －
        </button>
        <small className="soft">
          {fix && t(`● 您在这里（误差 ${fix.accuracyM} 米）`, `● you, within ${fix.accuracyM} m`)}
          {shown && ` ◆ ${markerName}`}
          {onMove && t('。拖动标记、点一下地图，或用方向键移动', '. Drag the mark, tap the map, or use the arrow keys')}
        </small>
      </figcaption>
    </figure>
  );
}

const pointOf = (fix: Fix | null): Point | null => fix && [fix.lon, fix.lat];

/** The grid in question, or all of them, or what lies around the point. */
function fitted(grounds: readonly Ground[], chosenId: string | null, point: Point | null): View | null {
  const bordered = grounds.filter(({ boundary }) => boundary !== null);
  const chosen = bordered.filter(({ id }) => id === chosenId);
  const boundaries = (chosen.length > 0 ? chosen : bordered).flatMap(({ boundary }) => boundary ?? []);
  return viewOf(boundaries, boundaries.length === 0 && point ? [point] : []);
}

/** Of the sheet, where it was touched. */
function spotOf({ currentTarget, clientX, clientY }: Pointed): readonly [number, number] {
  const sheet = currentTarget.closest('svg') ?? currentTarget;
  const { left, top, width, height } = sheet.getBoundingClientRect();
  return [((clientX - left) / width) * SHEET.width, ((clientY - top) / height) * SHEET.height];
}
interface Pointed {
  readonly currentTarget: Element;
  readonly clientX: number;
  readonly clientY: number;
}

const LETTER = 13;

function Grid({ view, ground: { name, boundary }, isChosen }: { view: View; ground: Ground; isChosen: boolean }) {
  if (!boundary) return null;
  const { spot, width } = namedAt(view, boundary);
  return (
    <>
      <path className={isChosen ? 'grid chosen' : 'grid'} d={pathOf(view, boundary)} />
      {(isChosen || width > name.length * LETTER) && (
        <text x={spot[0]} y={spot[1]} textAnchor="middle">
          {name}
        </text>
      )}
    </>
  );
}

function Standing({ view, fix }: { view: View; fix: Fix }) {
  const [x, y] = toSheet(view, [fix.lon, fix.lat]);
  return (
    <>
      <circle className="sure" cx={x} cy={y} r={Math.max(6, fix.accuracyM * pixelsPerMetre(view))} />
      <circle className="me" cx={x} cy={y} r="6" />
    </>
  );
}

interface MarkerProps {
  readonly view: View;
  readonly point: Point;
  readonly name: string;
  readonly isDragged: boolean;
  readonly onDrag?: ((point: Point) => void) | undefined;
  readonly onPut?: ((point: Point) => void) | undefined;
}

const STEP_M = 5;
const STRIDE_M = 50;
const ways: Readonly<Record<string, readonly [east: number, north: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function Marker({ view, point, name, isDragged, onDrag, onPut }: MarkerProps) {
  const { t } = useFrame();
  const [x, y] = toSheet(view, point);
  const shape = <path className="mark" d={`M${x} ${y - 11}L${x + 9} ${y}L${x} ${y + 11}L${x - 9} ${y}Z`} />;
  if (!onPut || !onDrag) return shape;
  const drag = (move: PointerEvent<SVGGElement>): void => {
    if (move.currentTarget.hasPointerCapture(move.pointerId)) onDrag(toPoint(view, spotOf(move)));
  };
  const step = (press: KeyboardEvent): void => {
    const way = ways[press.key];
    if (!way) return;
    press.preventDefault();
    const metres = press.shiftKey ? STRIDE_M : STEP_M;
    onPut(moved(point, way[0] * metres, way[1] * metres));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: what is drawn is no button of the page
    <g
      role="button"
      tabIndex={0}
      aria-label={t(`${name}，用方向键移动，每次 5 米`, `${name}: arrow keys move it by 5 m`)}
      onKeyDown={step}
      onClick={(click) => click.stopPropagation()}
      onPointerDown={(down) => down.currentTarget.setPointerCapture(down.pointerId)}
      onPointerMove={drag}
      onPointerUp={(up) => isDragged && onPut(toPoint(view, spotOf(up)))}
    >
      <circle className="hold" cx={x} cy={y} r="24" />
      {shape}
    </g>
  );
}

function Scale({ view }: { view: View }) {
  const { t } = useFrame();
  const { metres, width } = scaleBar(view);
  const y = SHEET.height - 8;
  return (
    <>
      <path className="scale" d={`M8 ${y - 4}V${y}H${8 + width}V${y - 4}`} />
      <text x={14 + width} y={y}>
        {t(`${metres} 米`, `${metres} m`)}
      </text>
    </>
  );
}
