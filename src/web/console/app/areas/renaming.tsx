import { useId, useState } from 'react';
import { type AreaLevel, areaLevels } from '../../../../domains/land/areas/area.model.ts';
import { useFrame } from '../frame.tsx';
import { useAreas } from '../questions.ts';
import { ActForm, type Done } from './act_form.tsx';
import type { Standing } from './questions.ts';

interface PlainActProps {
  readonly area: Standing;
  readonly onDone: (done: Done) => void;
}

export function Rename({ area, onDone }: PlainActProps) {
  const { t } = useFrame();
  const [nameId, codeId] = [useId(), useId()];
  const [name, setName] = useState(area.name);
  const [code, setCode] = useState(area.code);
  const form = {
    ...(name.trim() !== area.name && { name: name.trim() }),
    ...(code.trim() !== area.code && { code: code.trim() }),
  };
  return (
    <ActForm
      path={`/api/areas/${area.id}/rename`}
      verb={t('更名', 'Rename')}
      form={name.trim() !== '' && Object.keys(form).length > 0 ? form : null}
      onDone={onDone}
    >
      <p>
        <label htmlFor={nameId}>{t('名称', 'Name')}</label>
        <input id={nameId} value={name} maxLength={60} onChange={({ target }) => setName(target.value)} />
      </p>
      <p>
        <label htmlFor={codeId}>{t('编码', 'Code')}</label>
        <input
          id={codeId}
          className="code"
          value={code}
          inputMode="numeric"
          onChange={({ target }) => setCode(target.value)}
        />
      </p>
    </ActForm>
  );
}

const depth = (level: string): number => areaLevels.indexOf(level as AreaLevel);

export function Move({ area, onDone }: PlainActProps) {
  const { t } = useFrame();
  const { data: areas = [] } = useAreas();
  const [parentId, setParentId] = useState('');
  const box = useId();
  const now = areas.find(({ id }) => id === area.parentId);
  const above = areas.filter((one) => one.level === now?.level || depth(one.level) === depth(area.level) - 1);
  const named = new Map(areas.map(({ id, name }) => [id, name] as const));
  return (
    <ActForm
      path={`/api/areas/${area.id}/move`}
      verb={t('改属', 'Move')}
      form={parentId === '' ? null : { parentId }}
      onDone={onDone}
    >
      <p>
        <label htmlFor={box}>{t(`现在属于${now?.name ?? ''}，改到`, `Now under ${now?.name ?? ''}; move under`)}</label>
        <select id={box} value={parentId} onChange={({ target }) => setParentId(target.value)}>
          <option value="">{t('请选择', 'choose')}</option>
          {above
            .filter(({ id }) => id !== area.parentId && id !== area.id)
            .map((one) => (
              <option key={one.id} value={one.id}>
                {[named.get(one.parentId ?? ''), one.name].filter(Boolean).join(' · ')}
              </option>
            ))}
        </select>
      </p>
    </ActForm>
  );
}
