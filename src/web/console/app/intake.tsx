import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Radio, Select } from 'antd';
import { type ClipboardEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { Words } from '../../../kernel/words.ts';
import { newCommandId, post, Refused, upload } from '../../api/call.ts';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';
import { readPasted, readPoint } from './pasted.ts';
import { useAreas, useLocated, useStandard } from './questions.ts';

const channelWords: Readonly<Record<string, Words>> = {
  hotline: { zh: '来电', en: 'call' },
  visit: { zh: '来访', en: 'visit' },
  letter: { zh: '来信', en: 'letter' },
  chat: { zh: '群聊', en: 'chat' },
  field: { zh: '自己发现', en: 'found by me' },
};

interface Draft {
  readonly channel: string;
  readonly words: string;
  readonly placeWords?: string;
  readonly areaId?: string;
  readonly point?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly typeCode?: string;
  readonly urgent?: boolean;
  readonly confidential?: boolean;
}
interface Taken {
  readonly casefileId: string;
  readonly number: string;
  readonly trackingCode: string;
}

/** Somebody calls or comes: written down while they speak, in the order in which they tell it. */
export function Intake() {
  const { t } = useFrame();
  const [form] = Form.useForm<Draft>();
  const [photos, setPhotos] = useState<readonly File[]>([]);
  const [taken, setTaken] = useState<(Taken & { readonly unsent: number }) | null>(null);
  const [pasted, setPasted] = useState('');
  const areas = useAreas().data;
  const send = useReport({
    onTaken: (answer) => {
      setTaken({ ...answer, unsent: 0 });
      form.resetFields();
      setPasted('');
      setPhotos([]);
      sendPhotos(answer.casefileId, photos).catch(() => setTaken({ ...answer, unsent: photos.length }));
    },
    onRefused: ({ errors }) =>
      form.setFields(
        errors.map(({ path, says }) => ({ name: (path.split('.').at(-1) ?? path) as keyof Draft, errors: [says] })),
      ),
  });
  const paste = ({ clipboardData }: ClipboardEvent): void => {
    const pictures = [...clipboardData.files].filter(({ type }) => type.startsWith('image/'));
    if (pictures.length > 0) setPhotos((before) => [...before, ...pictures].slice(0, 6));
    setPasted(clipboardData.getData('text'));
  };
  // Again when the areas have come: a chat is often pasted before anything else.
  useEffect(() => {
    const { phone, name, areaId, place } = readPasted(pasted, areas ?? []);
    const now = form.getFieldsValue();
    const proposed = { phone, name, areaId, placeWords: place };
    for (const [field, value] of Object.entries(proposed))
      if (value !== null && !now[field as keyof Draft]) form.setFieldValue(field as keyof Draft, value);
  }, [pasted, areas, form]);
  return (
    <article className="case intake">
      <h1>{t('登记来报', 'Write down a report')}</h1>
      {taken && <Receipt taken={taken} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ channel: 'hotline' }}
        onFinish={(draft) => send.mutate(draft)}
        onPaste={paste}
        onKeyDown={(press) => press.ctrlKey && press.key === 'Enter' && form.submit()}
      >
        <Form.Item name="channel" label={t('怎么来的', 'How it came')}>
          <Channels />
        </Form.Item>
        <Form.Item
          name="words"
          label={t('说了什么', 'What was said')}
          extra={t(
            '可以整段粘贴聊天记录和图片：电话、地点会自己填到下面空着的格里，请核对。',
            'A chat may be pasted whole, with pictures: phone and place go into what is empty below; check them.',
          )}
          rules={[{ required: true, whitespace: true, message: t('没有填写', 'is missing') }]}
        >
          <Input.TextArea rows={5} maxLength={4000} autoFocus />
        </Form.Item>
        <div className="pair">
          <Form.Item name="placeWords" label={t('在哪里', 'Where')}>
            <Input maxLength={200} />
          </Form.Item>
          <AreaField />
        </div>
        <PointField />
        <div className="pair">
          <Form.Item name="name" label={t('报事人', 'Who reports')}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="phone"
            label={t('电话', 'Phone')}
            extra={t('加密保存，查看要写原因并留痕。', 'Kept sealed; reading it needs a reason and is recorded.')}
          >
            <Input maxLength={20} inputMode="tel" autoComplete="off" />
          </Form.Item>
        </div>
        <TypeField />
        <Form.Item name="urgent" valuePropName="checked" noStyle>
          <Checkbox>{t('紧急：人正有危险', 'Urgent: somebody is in danger')}</Checkbox>
        </Form.Item>
        <Form.Item name="confidential" valuePropName="checked" noStyle>
          <Checkbox>{t('保密：只给指定的人看', 'Confidential: for a named circle only')}</Checkbox>
        </Form.Item>
        {photos.length > 0 && (
          <p className="soft">
            {t(`带 ${photos.length} 张图片`, `with ${photos.length} pictures`)}{' '}
            <Button size="small" onClick={() => setPhotos([])}>
              {t('不带', 'Leave out')}
            </Button>
          </p>
        )}
        <FaultBox error={send.error} />
        <p>
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t('登记', 'Write down')}
          </Button>{' '}
          <span className="soft small">Ctrl + Enter</span>
        </p>
      </Form>
    </article>
  );
}

/** What the caller is told while still on the line. */
function Receipt({
  taken: { casefileId, number, trackingCode, unsent },
}: {
  taken: Taken & { readonly unsent: number };
}) {
  const { t } = useFrame();
  return (
    <Note tone="settled" title={t(`已登记 ${number}`, `Written down as ${number}`)}>
      <p>
        {t('请告诉报事人查询码：', 'Tell whoever reported the tracking code: ')}
        <strong className="code big">{trackingCode}</strong>
      </p>
      {unsent > 0 && (
        <p className="late">
          {t(`${unsent} 张图片没有传上，请打开案卷再加。`, `${unsent} pictures were not sent; add them on the case.`)}
        </p>
      )}
      <p>
        <Link href={`/cases/${casefileId}`}>{t('打开案卷', 'Open the case')}</Link>
      </p>
    </Note>
  );
}

function Channels(given: { value?: string; onChange?: (value: string) => void; id?: string }) {
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

function AreaField() {
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

function PointField() {
  const { t } = useFrame();
  const point = readPoint(Form.useWatch<string | undefined>('point') ?? '');
  const { data: found } = useLocated(point);
  const border = Math.round(found?.borderM ?? 0);
  const where =
    found &&
    t(
      `在 ${found.area.path.slice(-2).join(' · ')}，离边界 ${border} 米`,
      `in ${found.area.path.slice(-2).join(' · ')}, ${border} m from its border`,
    );
  return (
    <Form.Item
      name="point"
      label={t('坐标（可以不填）', 'Coordinates (optional)')}
      extra={where ?? t('从地图上复制，例如 112.5489, 37.8706', 'as copied from a map, such as 112.5489, 37.8706')}
      rules={[
        {
          validator: async (_, text: string | undefined) => {
            if (text?.trim() && !readPoint(text))
              throw new Error(t('看不懂，应是经度和纬度两个数', 'not two numbers for longitude and latitude'));
          },
        },
      ]}
    >
      <Input maxLength={60} />
    </Form.Item>
  );
}

function TypeField() {
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

interface Hearing {
  readonly onTaken: (taken: Taken) => void;
  readonly onRefused: (refused: Refused) => void;
}

/** The ids of what is being written down stay through every try, so that a lost answer makes no second case. */
function useReport({ onTaken, onRefused }: Hearing) {
  const store = useQueryClient();
  const fresh = () => ({ commandId: newCommandId(), casefileId: newCommandId(), reportId: newCommandId() });
  const ids = useRef(fresh());
  return useMutation({
    mutationFn: (draft: Draft) => post<Taken>('/api/casefiles', { ...ids.current, ...reportOf(draft) }),
    onSuccess: async (taken) => {
      ids.current = fresh();
      onTaken(taken);
      await store.invalidateQueries({ queryKey: ['inbox'] });
    },
    onError: (error) => {
      if (!(error instanceof Refused)) return;
      ids.current = fresh();
      onRefused(error);
    },
  });
}

async function sendPhotos(caseId: string, photos: readonly File[]): Promise<void> {
  if (photos.length === 0) return;
  const form = new FormData();
  form.set('stage', 'report');
  form.set('commandId', newCommandId());
  for (const photo of photos) form.append('photos', photo);
  await upload(`/api/casefiles/${caseId}/photos`, form);
}

function reportOf({
  channel,
  words,
  placeWords,
  areaId,
  point,
  name,
  phone,
  typeCode,
  urgent,
  confidential,
}: Draft): object {
  const at = readPoint(point ?? '');
  const contact = { ...(name && { name }), ...(phone && { phone }) };
  return {
    channel,
    words,
    place: { words: placeWords ?? '', ...(at ?? (areaId && { areaId })) },
    ...(Object.keys(contact).length > 0 && { contact }),
    ...(typeCode && { typeCode }),
    urgent: urgent ?? false,
    confidential: confidential ?? false,
  };
}
