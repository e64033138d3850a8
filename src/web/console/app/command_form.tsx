import { Button, Form, type FormInstance } from 'antd';
import { z } from 'zod';
import { type CasefileCommand, forms } from '../../../domains/work/casefiles/casefile.model.ts';
import { Refused } from '../../api/call.ts';
import { fieldWords } from '../../ui/fields.ts';
import { Control } from './control.tsx';
import { draftOf, dropDraft, keepDraft } from './drafts.ts';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';
import type { Case } from './questions.ts';
import { useOnce } from './use_once.ts';

interface CommandFormProps {
  readonly file: Case;
  readonly step: Case['can'][number];
  readonly onTouch: () => void;
  readonly onDone: (answer: Answer) => void;
}
export interface Answer {
  readonly contacts?: readonly { name: string | null; phone: string | null; email: string | null }[];
}

/** One form for each command, drawn from the description by which the server checks it. */
export function CommandForm({ file, step, onTouch, onDone }: CommandFormProps) {
  const { t, say } = useFrame();
  const [form] = Form.useForm();
  const key = `${file.id} ${step.command}`;
  const send = useCommand(file.id, step.command, (answer) => {
    dropDraft(key);
    onDone(answer);
  });
  const fields = fieldsOf(step.command);
  const give = (values: object): void =>
    send.mutate(values, {
      onError: (error) => {
        if (error instanceof Refused)
          form.setFields(error.errors.map(({ path, says }) => ({ name: path.split('.')[0] ?? path, errors: [says] })));
      },
    });
  if (!step.allowed && draftOf(key) === undefined) return null;
  return (
    <Form
      form={form}
      // What the rules answer is filled in; beside the case it says why.
      initialValues={{
        bodyId: file.suggestion?.bodyId ?? undefined,
        // What a desk lets the public read, it writes itself: the reporter's words stand beside.
        releasedWords: file.released?.words,
        photoIds: file.released?.photoIds,
        ...draftOf(key),
      }}
      layout="vertical"
      onFinish={give}
      onValuesChange={(_, all: object) => {
        keepDraft(key, all);
        onTouch();
      }}
      requiredMark={false}
      className="command"
    >
      {fields.map(({ name, type, optional }) => (
        <Form.Item
          key={name}
          name={name}
          label={
            <>
              {say(fieldWords[name] ?? { zh: name, en: name })}
              {optional && <span className="soft">{t('（可以不填）', ' (optional)')}</span>}
            </>
          }
          rules={optional ? [] : [{ required: true, message: t('没有填写', 'is missing') }]}
        >
          <Control name={name} type={type} file={file} />
        </Form.Item>
      ))}
      {step.command === 'disclose' && <PublicPreview file={file} form={form} />}
      <FaultBox error={send.error} />
      {!step.allowed && (
        <Note tone="late" title={t(`现在不能${step.words.zh}了`, `“${step.words.en}” is not possible any more`)}>
          <p>{step.reason && say(step.reason)}</p>
          <p className="soft">{t('填写的内容还在，可以复制。', 'What you wrote is still here to copy.')}</p>
        </Note>
      )}
      <Button type="primary" htmlType="submit" disabled={!step.allowed} loading={send.isPending}>
        {say(step.words)}
      </Button>
    </Form>
  );
}

/** As everybody will read it below the kind and stage of the case. */
function PublicPreview({ file, form }: { file: Case; form: FormInstance }) {
  const { t, say } = useFrame();
  const words = Form.useWatch<string | undefined>('releasedWords', form);
  const photoIds = Form.useWatch<string[] | undefined>('photoIds', form) ?? [];
  return (
    <Note tone="plain" title={t('公众将看到', 'The public will see')}>
      <p>
        <strong>{say(file.title).replace(/[（(].*$/, '')}</strong> · {file.place}
      </p>
      {words ? <blockquote>{words}</blockquote> : <p className="soft">{t('没有话', 'no words')}</p>}
      {photoIds.map((id) => (
        <img key={id} src={`/api/photos/${id}/thumb`} alt="" className="pickable" />
      ))}
    </Note>
  );
}

interface Field {
  readonly name: string;
  readonly type: z.ZodType;
  readonly optional: boolean;
}

function fieldsOf(command: string): Field[] {
  const shape = (forms[command as CasefileCommand] as z.ZodObject | undefined)?.shape ?? {};
  return Object.entries(shape).map(([name, found]) => {
    const type = found as z.ZodType;
    const inner = type instanceof z.ZodOptional ? (type.unwrap() as z.ZodType) : type;
    return { name, type: inner, optional: type.safeParse(undefined).success };
  });
}

export function useCommand(caseId: string, command: string, onDone?: (answer: Answer) => void) {
  const path = `/api/casefiles/${caseId}/${command.replaceAll('_', '-')}`;
  const send = useOnce<object, Answer>(path, [['case', caseId], ['inbox'], ['lines'], ['told']], onDone);
  return {
    ...send,
    mutate: (values: object, on?: Parameters<typeof send.mutate>[1]) => send.mutate(given(values), on),
  };
}

/** What was left empty is not said at all. */
const given = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));
