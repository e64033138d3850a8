import { Button } from 'antd';
import { useId } from 'react';
import { type Datum, datums } from '../../../../kernel/geo.ts';
import { useFrame } from '../frame.tsx';
import type { Drawing } from './use_drawing.ts';

const datumWords: Readonly<Record<Datum, string>> = {
  wgs84: 'WGS 84',
  cgcs2000: 'CGCS2000',
  gcj02: 'GCJ-02',
  bd09: 'BD-09',
};

/** The corners as a table to type, paste and mend: all that the map can do, without the map. */
export function CornerField({ label, drawing }: { label: string; drawing: Drawing }) {
  const { t, say } = useFrame();
  const [box, datum] = [useId(), useId()];
  const { text, unread, points } = drawing;
  return (
    <div className="corners">
      <label htmlFor={box}>{label}</label>
      <textarea
        id={box}
        className="code"
        rows={8}
        spellCheck={false}
        value={text}
        aria-describedby={`${box}-said`}
        onChange={({ target }) => drawing.setText(target.value)}
      />
      <div id={`${box}-said`} role="status" className="small">
        {unread.map(({ line, says }) => (
          <p key={line} className="late">
            {t(`第 ${line} 行：`, `Line ${line}: `)}
            {say(says)}
          </p>
        ))}
        <p className="soft">
          {t(
            `共 ${points.length} 个点；每行一个：经度, 纬度`,
            `${points.length} points; one a line: longitude, latitude`,
          )}
        </p>
      </div>
      <p>
        <label htmlFor={datum}>{t('坐标系', 'Datum')}</label>
        <select id={datum} value={drawing.datum} onChange={({ target }) => drawing.setDatum(target.value as Datum)}>
          {datums.map((one) => (
            <option key={one} value={one}>
              {datumWords[one]}
            </option>
          ))}
        </select>
      </p>
      <div className="acts">
        <Button onClick={drawing.undo} disabled={!drawing.canUndo}>
          {t('退回一步', 'Undo')}
        </Button>
        <Button onClick={drawing.reset}>{t('重新画', 'Start again')}</Button>
      </div>
    </div>
  );
}
