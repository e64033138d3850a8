import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Popconfirm, Radio, Select } from 'antd';
import { useRef, useState } from 'react';
import type { z } from 'zod';
import type { coveringView, previewView } from '../../../domains/telling/notices/notice.model.ts';
import { get, isUnsure, newCommandId, post } from '../../api/call.ts';
import type { Wire } from '../../api/wire.ts';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';
import { useAreas } from './questions.ts';
import { useOnce } from './use_once.ts';

type Covering = Wire<z.output<typeof coveringView>>;
type Preview = z.output<typeof previewView>;
interface Draft {
  readonly areaIds?: readonly string[];
  readonly words: string;
  readonly public: boolean;
  readonly until: string;
}

/** Told to whoever answers for these areas, at once, and on the public page if it concerns everybody. */
export function Notices() {
  const { t } = useFrame();
  const { data: notices, error } = useQuery({
    queryKey: ['notices', 'covering'],
    queryFn: () => get<Covering[]>('/api/notices/covering'),
  });
  return (
    <article className="case notices">
      <h1>{t('按区域通知', 'Notices to areas')}</h1>
      <IssueForm />
      <section>
        <h2>{t('在发的和一个月内的', 'In force, and of the last month')}</h2>
        <FaultBox error={error} />
        {notices?.length === 0 && <p className="soft">{t('还没有发过通知。', 'No notice was issued yet.')}</p>}
        {notices?.map((notice) => (
          <Issued key={notice.id} notice={notice} />
        ))}
      </section>
    </article>
  );
}

function IssueForm() {
  const { t } = useFrame();
  const [form] = Form.useForm<Draft>();
  const areaIds = Form.useWatch('areaIds', form) ?? [];
  const isPublic = Form.useWatch('public', form) ?? true;
  const [done, setDone] = useState(false);
  const preview = usePreview(areaIds);
  const send = useIssue(() => {
    setDone(true);
    form.resetFields();
  });
  const missing = { required: true, message: t('没有填写', 'is missing') };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ public: true }}
      onValuesChange={() => {
        setDone(false);
        send.reset();
      }}
      onFinish={(draft) => send.mutate(draft)}
    >
      {done && (
        <Note tone="settled" title={t('已发出', 'Sent')}>
          <p className="soft">
            {t('通知了谁、谁看了，下面随时能查。', 'Who was told and who has noted it is seen below at any time.')}
          </p>
        </Note>
      )}
      <Form.Item name="areaIds" label={t('发到哪里', 'Where')} rules={[missing]}>
        <AreaChoice />
      </Form.Item>
      <Form.Item name="words" label={t('说什么', 'What')} rules={[{ ...missing, whitespace: true }]}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Form.Item>
      <div className="pair">
        <Form.Item name="until" label={t('到什么时候为止', 'Until when')} rules={[missing]}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="public" label={t('给谁看', 'For whom')}>
          <Radio.Group
            options={[
              { value: true, label: t('责任人和公众', 'Those responsible and the public') },
              { value: false, label: t('只给责任人', 'Those responsible only') },
            ]}
          />
        </Form.Item>
      </div>
      {preview.data && <Before preview={preview.data} isPublic={isPublic} />}
      <FaultBox error={preview.error ?? send.error} />
      <Button type="primary" htmlType="submit" loading={send.isPending} disabled={preview.error !== null}>
        {t('发通知', 'Issue')}
      </Button>
    </Form>
  );
}

function AreaChoice(given: { id?: string; value?: string[]; onChange?: (value: string[]) => void }) {
  const { data = [], isLoading } = useAreas();
  const names = new Map(data.map(({ id, name }) => [id, name]));
  const options = data
    .filter(({ level }) => level !== 'micro_grid')
    .map(({ id, parentId, name, code }) => ({
      value: id,
      label: [name, parentId && names.get(parentId)].filter(Boolean).join(' · '),
      search: `${name} ${code}`,
    }));
  return (
    <Select
      mode="multiple"
      showSearch={{ optionFilterProp: 'search' }}
      loading={isLoading}
      options={options}
      {...given}
    />
  );
}

/** What pressing would do, in numbers. */
function Before({ preview: { areas, grids, people }, isPublic }: { preview: Preview; isPublic: boolean }) {
  const { t } = useFrame();
  const last = isPublic ? t('，并登上公开的通知页', ' and show it on the public page') : '';
  return (
    <p role="status">
      {t(
        `将通知 ${areas} 处、${grids} 个网格的 ${people} 位责任人${last}。`,
        `It will tell ${people} people responsible for ${areas} areas with ${grids} grids${last}.`,
      )}
    </p>
  );
}

function Issued({ notice }: { notice: Covering }) {
  const { t, when, instant } = useFrame();
  const [isOpen, setOpen] = useState(false);
  const withdraw = useOnce(`/api/notices/${notice.id}/withdraw`, [['notices']]);
  const { withdrawnAt, untilAt, fromAt, told, read, areas } = notice;
  const isOver = Date.parse(untilAt) <= instant.getTime();
  const state = withdrawnAt
    ? t(`已撤下 ${when(withdrawnAt)}`, `withdrawn ${when(withdrawnAt)}`)
    : isOver
      ? t('已到期', 'over')
      : t(`到 ${when(untilAt)} 为止`, `until ${when(untilAt)}`);
  return (
    <div className="wish">
      <p>
        <strong className={withdrawnAt || isOver ? 'soft' : ''}>{notice.words}</strong>
      </p>
      <p className="soft small number">
        {areas.map(({ name }) => name).join(t('、', ', '))} · {when(fromAt)} · {state} ·{' '}
        {notice.public ? t('公开', 'public') : t('只给责任人', 'those responsible only')}
      </p>
      <div className="acts">
        <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(`通知 ${told} 人，已看 ${read} 人`, `${told} told, ${read} noted it`)}
        </Button>
        {notice.mayWithdraw && (
          <Popconfirm
            title={t('撤下这条通知？', 'Withdraw this notice?')}
            description={t(
              '公开页上不再显示；谁看过的记录还在。',
              'The public page drops it; who noted it stays on record.',
            )}
            okText={t('撤下', 'Withdraw')}
            cancelText={t('不撤', 'No')}
            onConfirm={() => withdraw.mutate({})}
          >
            <Button size="small" loading={withdraw.isPending}>
              {t('撤下', 'Withdraw')}
            </Button>
          </Popconfirm>
        )}
      </div>
      <FaultBox error={withdraw.error} />
      {isOpen && <Told id={notice.id} />}
    </div>
  );
}

interface ToldPerson {
  readonly personId: string;
  readonly name: string;
  readonly area: string;
  readonly readAt: string | null;
}

/** Whoever has not noted it first: they are the ones to call. */
function Told({ id }: { id: string }) {
  const { t, when } = useFrame();
  const { data: people = [], error } = useQuery({
    queryKey: ['notices', id, 'told'],
    queryFn: () => get<ToldPerson[]>(`/api/notices/${id}/told`),
  });
  const sorted = people.toSorted((a, b) => Number(a.readAt !== null) - Number(b.readAt !== null));
  return (
    <>
      <FaultBox error={error} />
      <ul className="plain">
        {sorted.map(({ personId, name, area, readAt }) => (
          <li key={`${personId} ${area}`}>
            {name} <span className="soft">{area}</span>{' '}
            {readAt ? (
              <span className="settled number">✓ {when(readAt)}</span>
            ) : (
              <span className="near">{t('○ 还没看', '○ not noted yet')}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

const usePreview = (areaIds: readonly string[]) =>
  useQuery({
    queryKey: ['notices', 'preview', areaIds],
    enabled: areaIds.length > 0,
    queryFn: () => post<Preview>('/api/notices/preview', { commandId: newCommandId(), areaIds }),
  });

/** The ids stay through every try, so that a lost answer tells nobody twice. */
function useIssue(onDone: () => void) {
  const store = useQueryClient();
  const fresh = () => ({ commandId: newCommandId(), id: newCommandId() });
  const ids = useRef(fresh());
  return useMutation({
    mutationFn: ({ until, ...draft }: Draft) =>
      post('/api/notices', { ...ids.current, ...draft, untilAt: new Date(until).toISOString() }),
    onSuccess: onDone,
    onSettled: async (_answer, error) => {
      if (isUnsure(error)) return;
      ids.current = fresh();
      await store.invalidateQueries({ queryKey: ['notices'] });
    },
  });
}
