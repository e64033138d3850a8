import { useEffect, useEffectEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { FaultBox } from '../fault.tsx';
import { useFrame } from '../frame.tsx';
import { useAreas, useMapArea } from '../questions.ts';
import { MapCanvas } from './canvas.tsx';
import { CaseCards } from './cards.tsx';
import { Legend } from './legend.tsx';
import { MapList } from './list.tsx';

/** The county level by level: on the map and, the same, as a list beside it. */
export function MapPage({ areaId }: { areaId: string | null }) {
  const { t } = useFrame();
  const [, go] = useLocation();
  const { data: seen, error, dataUpdatedAt } = useMapArea(areaId);
  const { data: areas = [] } = useAreas();
  const [hovered, setHovered] = useState<string | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const here = areas.find(({ id }) => id === seen?.areaId);
  const open = (id: string): void => {
    setHovered(null);
    setChosen([]);
    go(`/map/${id}`);
  };
  /** Esc takes back one thing at a time: the card, then the level. */
  const back = useEffectEvent(({ key }: KeyboardEvent) => {
    if (key !== 'Escape') return;
    if (chosen.length > 0) setChosen([]);
    else if (here?.parentId) open(here.parentId);
  });
  useEffect(() => {
    const listen = (press: KeyboardEvent): void => back(press);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  const isBelow = seen?.below.some((one) => one.areaId === hovered) ?? false;
  return (
    <main id="main" className="mappage">
      <div className="maplist">
        <FaultBox error={error} />
        {seen && (
          <MapList seen={seen} areas={areas} chosen={chosen} onHover={setHovered} onChoose={(id) => setChosen([id])} />
        )}
      </div>
      <div className="mapside">
        {seen && (
          <MapCanvas
            label={t('地图：区域和未了结的案卷', 'Map: areas and open cases')}
            box={seen.box}
            shown={{
              area: seen.areaId,
              level: here?.level ?? '',
              hovered: isBelow ? hovered : null,
              chosen: chosen[0] ?? null,
              withCases: true,
            }}
            version={dataUpdatedAt}
            focus={seen.cases.find(({ id }) => id === chosen[0])?.point ?? null}
            onArea={open}
            onHover={setHovered}
            onCases={setChosen}
          />
        )}
        {seen?.box === null && (
          <p className="note plain nobox">
            {t(
              '这里和下级都还没有画边界，地图上看不到；案卷在列表里。',
              'Neither this area nor any below it has a border yet; its cases are in the list.',
            )}
          </p>
        )}
        <CaseCards ids={chosen} onClose={() => setChosen([])} />
        <Legend />
      </div>
    </main>
  );
}
