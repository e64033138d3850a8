import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { casefileTable } from '../../../domains/work/casefiles/casefile.workflow.ts';
import type { BatchCommand } from '../../../domains/work/desks/board.model.ts';
import { fieldWords, optionWords } from '../../ui/fields.ts';
import { BatchPreview } from './batch_preview.tsx';
import { BatchProgress } from './batch_progress.tsx';
import { type BoardLine, previewOf, type Verdict } from './board.questions.ts';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { useBodies } from './questions.ts';
import { type BatchForm, useBatch } from './use_batch.ts';

interface BatchPanelProps {
  readonly command: BatchCommand;
  readonly chosen: readonly BoardLine[];
  readonly onEnd: () => void;
}

/** Said, then seen, then done: the form of one command for all, what it would do, and how it goes. */
export function BatchPanel({ command, chosen, onEnd }: BatchPanelProps) {
  const { t, say } = useFrame();
  const [form, setForm] = useState<BatchForm>({});
  const preview = useMutation({
    mutationFn: (given: BatchForm) =>
      previewOf({ command, ids: idsFor(chosen, given), bodyId: given.bodyId, intoId: given.intoId }),
  });
  const { data: bodies = [] } = useBodies();
  const batch = useBatch(command, form);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const words = say(casefileTable.rows[command].words);
  return (
    <section
      className="batch"
      aria-labelledby="batch-title"
      onKeyDown={({ key }) => key === 'Escape' && !batch.isRunning && onEnd()}
    >
      <h2 ref={head} id="batch-title" tabIndex={-1}>
        {t(`${words} ${chosen.length} 件`, `${words}: ${chosen.length}`)}
      </h2>
      {batch.items.length > 0 ? (
        <BatchProgress batch={batch} words={words} onEnd={onEnd} />
      ) : preview.data ? (
        <BatchPreview
          command={command}
          name={bodies.find(({ id }) => id === form.bodyId)?.name ?? numberOf(form.intoId, chosen)}
          verdicts={preview.data.verdicts}
          gone={preview.data.gone}
          onStart={(verdicts: readonly Verdict[]) => batch.start(verdicts)}
          onBack={() => preview.reset()}
        />
      ) : (
        <BatchForms
          command={command}
          chosen={chosen}
          before={form}
          isAsking={preview.isPending}
          error={preview.error}
          onGiven={(given) => {
            setForm(given);
            preview.mutate(given);
          }}
          onEnd={onEnd}
        />
      )}
    </section>
  );
}

/** The one that stays is not among those that go into it. */
const idsFor = (chosen: readonly BoardLine[], { intoId }: BatchForm): string[] =>
  chosen.map(({ id }) => id).filter((id) => id !== intoId);

const numberOf = (id: string | undefined, chosen: readonly BoardLine[]): string =>
  chosen.find((line) => line.id === id)?.number ?? '';

interface BatchFormsProps {
  readonly command: BatchCommand;
  readonly chosen: readonly BoardLine[];
  readonly before: BatchForm;
  readonly isAsking: boolean;
  readonly error: unknown;
  readonly onGiven: (given: BatchForm) => void;
  readonly onEnd: () => void;
}

/** What is said once for all of them. */
function BatchForms({ command, chosen, before, isAsking, error, onGiven, onEnd }: BatchFormsProps) {
  const { t, say } = useFrame();
  const shape: Readonly<Record<string, { safeParse(value: unknown): { success: boolean } }>> =
    casefileTable.rows[command].form.shape;
  const isNeeded = (name: string): boolean => !shape[name]?.safeParse(undefined).success;
  const rules = (name: string) => (isNeeded(name) ? [{ required: true, message: t('没有填写', 'is missing') }] : []);
  const label = (name: string) =>
    `${say(fieldWords[name] ?? { zh: name, en: name })}${isNeeded(name) ? '' : t('（可以不填）', ' (optional)')}`;
  const give = (values: Readonly<Record<string, string | undefined>>): void =>
    onGiven(Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : []))));
  return (
    <Form layout="vertical" requiredMark={false} initialValues={before} onFinish={give}>
      {'bodyId' in shape && (
        <Form.Item name="bodyId" label={label('bodyId')} rules={rules('bodyId')}>
          <BodyChoice />
        </Form.Item>
      )}
      {'intoId' in shape && (
        <Form.Item
          name="intoId"
          label={t('留下哪一件（其余并进去）', 'Which one stays (the others go into it)')}
          rules={rules('intoId')}
        >
          <Survivor chosen={chosen} />
        </Form.Item>
      )}
      {'reason' in shape && (
        <Form.Item name="reason" label={label('reason')} rules={rules('reason')}>
          <ReasonChoice />
        </Form.Item>
      )}
      {'words' in shape && (
        <Form.Item name="words" label={label('words')} rules={rules('words')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
      )}
      <FaultBox error={error} />
      <div className="acts">
        <Button type="primary" htmlType="submit" loading={isAsking}>
          {t('先看会怎样', 'See what would happen')}
        </Button>
        <Button onClick={onEnd}>{t('不办了', 'Leave it')}</Button>
      </div>
    </Form>
  );
}

interface Given {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (value: string) => void;
}

function BodyChoice(given: Given) {
  const { data = [], isLoading } = useBodies();
  const options = data.map(({ id, name }) => ({ value: id, label: name }));
  return <Select showSearch={{ optionFilterProp: 'label' }} loading={isLoading} options={options} {...given} />;
}

const reasons = ['not_ours', 'wrong_place', 'needs_others', 'unclear', 'other'];

function ReasonChoice(given: Given) {
  const { say } = useFrame();
  return (
    <Select
      options={reasons.map((value) => ({ value, label: say(optionWords[value] ?? { zh: value, en: value }) }))}
      {...given}
    />
  );
}

/** The oldest stands first: most of what belongs to it came there. */
function Survivor({ chosen, value, onChange }: Given & { chosen: readonly BoardLine[] }) {
  const { t, say, when } = useFrame();
  const oldest = chosen.toSorted((a, b) => a.reportedAt.localeCompare(b.reportedAt));
  return (
    <fieldset aria-label={t('留下哪一件', 'Which one stays')}>
      {oldest.map(({ id, title, number, reportedAt }) => (
        <label key={id} className="option">
          <input type="radio" name="survivor" checked={value === id} onChange={() => onChange?.(id)} />
          <span>
            {say(title)} <small className="soft number">{`${number} · ${when(reportedAt)}`}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
