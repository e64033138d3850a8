import { useFrame } from '../frame.tsx';
import { type MapCase, useMapArea } from '../questions.ts';
import { MapCanvas, type Place } from './canvas.tsx';
import { PIN } from './marks.ts';

/** A case where it lies, with the border of its area. */
export function CaseMap({ areaId, file: { point, kind, state } }: { areaId: string; file: MapCase }) {
  const { t } = useFrame();
  const { data: seen } = useMapArea(areaId);
  const box = seen?.box ?? (point && around(point));
  if (!seen || box === null) return null;
  return (
    <div className="smallmap">
      <MapCanvas
        isSmall
        label={t('地图：这件案卷和所在网格的边界', 'Map: this case and the border of its grid')}
        box={box}
        shown={{ area: seen.areaId, hovered: null, chosen: null, withCases: false }}
        pin={point && { ...point, mark: `${kind}-${state}` }}
      />
    </div>
  );
}

/** Some 300 metres each way. */
const around = ({ lon, lat }: Place): [number, number, number, number] => [
  lon - 0.003,
  lat - 0.003,
  lon + 0.003,
  lat + 0.003,
];

/** Choosing a place by pressing it: the border of what is chosen, and what is open there already. */
export function PickMap({ areaId, foundId, point, onPick }: PickMapProps) {
  const { t } = useFrame();
  const { data: seen, dataUpdatedAt } = useMapArea(areaId);
  if (!seen) return null;
  return (
    <div className="smallmap picking">
      <MapCanvas
        label={t('地图：点一下选位置', 'Map: press where it is')}
        box={seen.box}
        shown={{ area: seen.areaId, hovered: foundId, chosen: null, withCases: true }}
        version={dataUpdatedAt}
        pin={point && { ...point, mark: PIN }}
        onPick={onPick}
      />
    </div>
  );
}

interface PickMapProps {
  /** The area chosen so far; null: where I work. */
  readonly areaId: string | null;
  /** Where the point lies. */
  readonly foundId: string | null;
  readonly point: Place | null;
  readonly onPick: (place: Place) => void;
}
