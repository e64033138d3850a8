import { Button, Checkbox, Form, type FormInstance, Input } from 'antd';
import { type ClipboardEvent, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { draftOf, keepDraft } from './drafts.ts';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { AreaField, Channels, PointField, TypeField } from './intake_fields.tsx';
import { HintsNote, IntakeHints, type Joined, JoinNote, useHints } from './intake_hints.tsx';
import { Joining } from './joining.tsx';
import { Note } from './note.tsx';
import { readPasted } from './pasted.ts';
import { useAreas } from './questions.ts';
import { type Draft, sendPhotos, type Taken, useReport } from './use_report.ts';

/** Somebody calls or comes: written down while they speak, in the order in which they tell it. */
export function Intake() {
  const { t } = useFrame();
  const [form] = Form.useForm<Draft>();
  const [photos, setPhotos] = useState<readonly File[]>([]);
  const [taken, setTaken] = useState<TakenIn | null>(null);
  const [joined, setJoined] = useState<Joined | null>(null);
  const [pasted, setPasted] = useState('');
  const areas = useAreas().data;
  const draft = useDraft(form, 'intake');
  const { hints, isAsking } = useHints(draft);
  const alike = hints?.alike.length ?? 0;
  const send = useReport({
    onTaken: (answer) => {
      setTaken({ ...answer, unsent: 0, into: joined });
      setJoined(null);
      form.resetFields();
      setPasted('');
      setPhotos([]);
      sendPhotos(answer.casefileId, photos).catch(() => setTaken({ ...answer, unsent: photos.length, into: joined }));
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
    <>
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
              '可以整段粘贴聊天记录和图片：电话、地点会自己填到下面空着的格里，请核对。电话登记后不留在话里。',
              'A chat may be pasted whole, with pictures: phone and place go into what is empty below; check them. The phone does not stay among the words.',
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
          {alike > 0 && !joined && <HintsNote count={alike} />}
          {joined && <JoinNote joined={joined} onLeave={() => setJoined(null)} />}
          <p>
            <Button type="primary" htmlType="submit" loading={send.isPending}>
              {joined ? t('登记并并入', 'Write down and merge') : t('登记', 'Write down')}
            </Button>{' '}
            <span className="soft small">Ctrl + Enter</span>
          </p>
        </Form>
      </article>
      <IntakeHints hints={hints} isAsking={isAsking} draft={draft} joined={joined} onJoin={setJoined} />
    </>
  );
}

/** Comes back to what was begun here before somebody looked at something else. */
function useDraft(form: FormInstance<Draft>, key: string): Draft | undefined {
  const written = Form.useWatch<Draft | undefined>([], form);
  useEffect(() => form.setFieldsValue(draftOf(key) ?? {}), [form, key]);
  useEffect(() => {
    if (written) keepDraft(key, written);
  }, [written, key]);
  return written;
}

interface TakenIn extends Taken {
  /** Pictures that did not get through. */
  readonly unsent: number;
  /** The earlier case that it is. */
  readonly into: Joined | null;
}

/** What the caller is told while still on the line. */
function Receipt({ taken: { casefileId, number, trackingCode, unsent, into } }: { taken: TakenIn }) {
  const { t } = useFrame();
  return (
    <Note tone="settled" title={t(`已登记 ${number}`, `Written down as ${number}`)}>
      <p>
        {t('请告诉报事人查询码：', 'Tell whoever reported the tracking code: ')}
        <strong className="code big">{trackingCode}</strong>
      </p>
      {into && <Joining key={casefileId} caseId={casefileId} into={into} />}
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
