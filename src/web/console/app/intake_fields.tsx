import { Button, Form, Input, Radio, Select, Space } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { Words } from '../../../kernel/words.ts';
import { Refused } from '../../api/call.ts';
import { useFrame } from './frame.tsx';
import { readPoint } from './pasted.ts';
import { useAreas, useLocated, useStandard } from './questions.ts';

const channelWords: Readonly<Record<string, Words>> = {
  hotline: { zh: '来电', en: 'call' },
  visit: { zh: '来访', en: 'visit' },
  letter: { zh: '来信', en: 'letter' },
  chat: { zh: '群聊', en: 'chat' },
  field: { zh: '自己发现', en: 'found by me' },
};

export function Channels(given: { value?: string; onChange?: (value: string) => void; id?: string }) {
  const { say } = useFrame();
  const options = Object.entries(channelWords).map(([value, words]) => ({ value, label: say(words) }));
  return (
    <Radio.Group
      optionType="button"
      options={options}
      value={given.value ?? null}
      onChange={({ target }) => given.onChange?.(String(target.value))}
    />
  );
}

/** Whoever reports knows the building or the community, seldom the town alone. */
const closeBy: ReadonlySet<string> = new Set(['community', 'grid', 'micro_grid']);

export function AreaField() {
  const { t } = useFrame();
  const { data = [], isLoading } = useAreas();
  const named = new Map(data.map(({ id, name }) => [id, name] as const));
  const options = data
    .filter(({ level }) => closeBy.has(level))
    .map(({ id, name, parentId }) => ({
      value: id,
      label: [named.get(parentId ?? ''), name].filter(Boolean).join(' · '),
    }));
  const point = Form.useWatch<string | undefined>('point');
  const required = !readPoint(point ?? '');
  return (
    <Form.Item
      name="areaId"
      label={t('哪个社区、网格', 'Which community or grid')}
      rules={[{ required, message: t('选一个，或者在下面填坐标', 'choose one, or give coordinates below') }]}
    >
      <Select showSearch={{ optionFilterProp: 'label' }} allowClear loading={isLoading} options={options} />
    </Form.Item>
  );
}

// Only whoever picks a place on the map waits for what draws it.
const PickMap = lazy(async () => ({ default: (await import('./map/small.tsx')).PickMap }));

/** Coordinates as they are copied from elsewhere, or by pressing the place on the map: both fill the same field. */
export function PointField() {
  const { t } = useFrame();
  const form = Form.useFormInstance();
  const [isPicking, setPicking] = useState(false);
  const point = readPoint(Form.useWatch<string | undefined>('point') ?? '');
  const areaId = Form.useWatch<string | undefined>('areaId') ?? null;
  const { data: found, error } = useLocated(point);
  const pick = ({ lon, lat }: { lon: number; lat: number }): void => {
    form.setFieldValue('point', `${lon.toFixed(6)}, ${lat.toFixed(6)}`);
    // A place is given now, whatever was missing before.
    form.setFields(['point', 'areaId'].map((name) => ({ name, errors: [] })));
  };
  return (
    <>
      <Form.Item
        label={t('坐标（可以不填）', 'Coordinates (optional)')}
        htmlFor="point"
        extra={<Where found={found} error={error} />}
      >
        <Space.Compact block>
          <Form.Item name="point" noStyle rules={[{ validator: readable(t) }]}>
            <Input maxLength={60} />
          </Form.Item>
          <Button aria-expanded={isPicking} onClick={() => setPicking(!isPicking)}>
            {isPicking ? t('收起地图', 'Close the map') : t('在地图上选', 'Pick on the map')}
          </Button>
        </Space.Compact>
      </Form.Item>
      {isPicking && (
        <Suspense fallback={<div className="smallmap picking" />}>
          <PickMap areaId={areaId} foundId={found?.area.id ?? null} point={point} onPick={pick} />
        </Suspense>
      )}
    </>
  );
}

const readable =
  (t: (zh: string, en: string) => string) =>
  async (_: unknown, text: string | undefined): Promise<void> => {
    if (text?.trim() && !readPoint(text))
      throw new Error(t('看不懂，应是经度和纬度两个数', 'not two numbers for longitude and latitude'));
  };

/** In which grid it lies, or that it lies in none of ours. */
function Where({ found, error }: { found: ReturnType<typeof useLocated>['data']; error: unknown }) {
  const { t } = useFrame();
  if (error instanceof Refused) return <span className="late">{error.title}</span>;
  if (!found) return t('从地图上复制，例如 112.5489, 37.8706', 'as copied from a map, such as 112.5489, 37.8706');
  const names = found.area.path.slice(-2).join(' · ');
  const border = Math.round(found.borderM);
  return t(`在 ${names}，离边界 ${border} 米`, `in ${names}, ${border} m from its border`);
}

export function TypeField() {
  const { t, say } = useFrame();
  const { data, isLoading } = useStandard();
  const options = (data?.types ?? []).map(({ code, name }) => ({ value: code, label: say(name) }));
  return (
    <Form.Item
      name="typeCode"
      label={t('像哪一类（可以不填，由受理岗定）', 'What it looks like (optional, the desk decides)')}
    >
      <Select showSearch={{ optionFilterProp: 'label' }} allowClear loading={isLoading} options={options} />
    </Form.Item>
  );
}
