import { Select } from 'antd';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import './areas.css';
import { FaultBox } from '../fault.tsx';
import { useFrame } from '../frame.tsx';
import { Note } from '../note.tsx';
import { useAreas } from '../questions.ts';
import type { Done } from './act_form.tsx';
import { Acting } from './acting.tsx';
import { useNewLand, useStanding } from './questions.ts';

/** Changing the land: choose an area, choose what is to become of it. */
export function AreasPage({ areaId }: { areaId: string | null }) {
  const { t } = useFrame();
  const [, go] = useLocation();
  const [done, setDone] = useState<Done | null>(null);
  const [times, setTimes] = useState(0);
  const lookAnew = useNewLand();
  const finish = async (what: Done): Promise<void> => {
    await lookAnew();
    setDone(what);
    setTimes((before) => before + 1);
    go(`/areas/${what.opened[0] ?? what.areaId}`);
  };
  return (
    <main id="main" className="mappage areaspage">
      {areaId === null ? (
        <div className="maplist">
          <h1>{t('区域变更', 'Change areas')}</h1>
          <Choosing areaId={null} />
          <p className="soft">
            {t(
              '选一个区域，再选改什么：名称、上级、边界，拆分或合并。先看影响到谁，再定从哪天起。',
              'Choose an area, then what is to change: its name, what it belongs to, its border, a split or a merger. Whom it touches is shown before anything is done.',
            )}
          </p>
        </div>
      ) : (
        <Chosen key={`${areaId} ${times}`} areaId={areaId} done={done} onDone={(what) => void finish(what)} />
      )}
    </main>
  );
}

function Chosen({ areaId, done, onDone }: { areaId: string; done: Done | null; onDone: (done: Done) => void }) {
  const { data: area, error } = useStanding(areaId);
  const { data: areas } = useAreas();
  const isKnown = areas?.some(({ id }) => id === areaId);
  const head = (
    <>
      <Choosing areaId={areaId} />
      {done && <DoneNote done={done} />}
      <FaultBox error={error} />
    </>
  );
  if (!area || !isKnown) return <div className="maplist">{head}</div>;
  return <Acting area={area} head={head} onDone={onDone} />;
}

function DoneNote({ done: { on, opened } }: { done: Done }) {
  const { t } = useFrame();
  const { data: areas = [] } = useAreas();
  return (
    <Note tone="settled" title={t(`已办，自 ${on} 起`, `Done, from ${on} on`)}>
      {opened.length > 0 && (
        <p>
          {t('新的区域：', 'New areas: ')}
          {areas
            .filter(({ id }) => opened.includes(id))
            .map(({ id, name }) => (
              <span key={id}>
                <Link href={`/areas/${id}`}>{name}</Link>{' '}
              </span>
            ))}
        </p>
      )}
    </Note>
  );
}

function Choosing({ areaId }: { areaId: string | null }) {
  const { t } = useFrame();
  const [, go] = useLocation();
  const { data: areas = [], isLoading } = useAreas();
  const named = new Map(areas.map((area) => [area.id, area] as const));
  const options = areas.map(({ id, name, parentId }) => ({
    value: id,
    label: [named.get(parentId ?? '')?.name, name].filter(Boolean).join(' · '),
  }));
  return (
    <p>
      <label htmlFor="area">{t('哪个区域', 'Which area')}</label>
      <Select
        id="area"
        className="wide"
        showSearch={{ optionFilterProp: 'label' }}
        value={areaId}
        loading={isLoading}
        options={options}
        placeholder={t('输入名称', 'type its name')}
        onChange={(id: string) => go(`/areas/${id}`)}
      />
    </p>
  );
}
