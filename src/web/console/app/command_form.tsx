import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useRef } from 'react';
import { z } from 'zod';
import { type CasefileCommand, forms } from '../../../domains/work/casefiles/casefile.model.ts';
import { NotSent, newCommandId, post, Refused } from '../../api/call.ts';
import { fieldWords } from '../../ui/fields.ts';
import { Control } from './control.tsx';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';
import type { Case } from './questions.ts';

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
  const send = useCommand(file.id, step.command, onDone);
  const fields = fieldsOf(step.command);
  const give = (values: object): void =>
    send.mutate(values, {
      onError: (error) => {
        if (error instanceof Refused)
          form.setFields(error.errors.map(({ path, says }) => ({ name: path.split('.')[0] ?? path, errors: [says] })));
      },
    });
  if (!step.allowed && !form.isFieldsTouched()) return null;
  return (
    <Form
      form={form}
      // What the rules answer is filled in; beside the case it says why.
      initialValues={{ bodyId: file.suggestion?.bodyId ?? undefined }}
      layout="vertical"
      onFinish={give}
      onValuesChange={onTouch}
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

/** One id for what a person wants done, through any number of tries; a new one once it was done or refused. */
export function useCommand(caseId: string, command: string, onDone?: (answer: Answer) => void) {
  const store = useQueryClient();
  const commandId = useRef(newCommandId());
  return useMutation({
    mutationFn: (values: object) =>
      post<Answer>(`/api/casefiles/${caseId}/${command.replaceAll('_', '-')}`, {
        commandId: commandId.current,
        ...given(values),
      }),
    // Told before the case is asked for anew: then the step may be gone, and its form with it.
    onSuccess: (answer) => onDone?.(answer),
    onSettled: async (_answer, error) => {
      if (error instanceof NotSent) return;
      commandId.current = newCommandId();
      await Promise.all(
        [['case', caseId], ['inbox'], ['lines'], ['told']].map((queryKey) => store.invalidateQueries({ queryKey })),
      );
    },
  });
}

/** What was left empty is not said at all. */
const given = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));
