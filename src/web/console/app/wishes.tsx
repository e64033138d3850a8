import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { kinds, statuses } from '../../../domains/work/adjustments/adjustment.model.ts';
import { ClockWords } from './clock.tsx';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { type Adjustments, type Case, type Duty, useAdjustments } from './questions.ts';
import { useOnce } from './use_once.ts';

type Step = Adjustments['asks'][number]['can'][number];
type Wish = Adjustments['wishes'][number];

/** More time, a rest, an excuse: what I may ask about my clocks, and what others asked that I decide. */
export function Wishes({ file }: { file: Case }) {
  const { t, say } = useFrame();
  const { data } = useAdjustments(file.id);
  if (!data || data.asks.length + data.wishes.length === 0) return null;
  return (
    <section>
      <h2>{t('延期、挂账、申诉', 'More time, a rest, an appeal')}</h2>
      {data.wishes.map((wish) => (
        <Asked key={wish.id} file={file} wish={wish} />
      ))}
      {data.asks.map(({ obligationId, can }) => {
        const duty = file.duties.find(({ id }) => id === obligationId);
        return (
          duty && (
            <div key={obligationId} className="wish">
              <p>
                <strong>{say(duty.dutyWords)}</strong> {duty.endedAt === null && <ClockWords clock={duty.clock} />}
              </p>
              <Steps file={file} steps={can} path={`/api/obligations/${obligationId}`} />
            </div>
          )
        );
      })}
    </section>
  );
}

/** Who asked and why stands in the story too; here it is beside the buttons that decide it. */
function Asked({ file, wish }: { file: Case; wish: Wish }) {
  const { t, say, when } = useFrame();
  const duty = file.duties.find(({ id }) => id === wish.obligationId);
  const told = file.story.find(({ kind, body }) => kind === 'adjustment.asked' && body.id === wish.id);
  return (
    <div className="wish">
      <p>
        <strong>{say(kinds[wish.kind])}</strong> · {say(statuses[wish.status])}
        {duty && <span className="soft"> · {say(duty.dutyWords)}</span>}
      </p>
      {told?.words && <blockquote>{told.words}</blockquote>}
      <p className="soft small">
        {told && `${say(told.by)} · `}
        <span className="number">{when(wish.askedAt)}</span>
        {wish.until && <span className="number">{t(`，停到 ${when(wish.until)}`, `, until ${when(wish.until)}`)}</span>}
      </p>
      {wish.can.length > 0 && duty && <Effect kind={wish.kind} duty={duty} />}
      <Steps file={file} steps={wish.can} path={`/api/adjustments/${wish.id}`} />
    </div>
  );
}

/** What granting would do, before it is done. */
function Effect({ kind, duty }: { kind: Wish['kind']; duty: Pick<Duty, 'clock'> }) {
  const { t, when } = useFrame();
  const { dueAt } = duty.clock;
  const due = dueAt ? when(dueAt) : '—';
  const words = {
    extension: t(
      `批准后时限按原来的长度再加一次，现在到 ${due}。`,
      `Granted, the limit is added once more; now it ends ${due}.`,
    ),
    suspension: t('批准后停止计时，到那一天继续。', 'Granted, the clock stands until that day.'),
    appeal: t('批准后记为免责，超期的记录照样保留。', 'Granted, it is excused; that it was late stays on record.'),
  };
  return <p className="soft small">{words[kind]}</p>;
}

function Steps({ file, steps, path }: { file: Case; steps: readonly Step[]; path: string }) {
  const { say } = useFrame();
  const [open, setOpen] = useState<Step['command'] | null>(null);
  const chosen = steps.find(({ command, allowed }) => allowed && command === open);
  return (
    <>
      <div className="acts">
        {steps.map(({ command, words, allowed }) => (
          <Button
            key={command}
            size="small"
            disabled={!allowed}
            aria-expanded={command === open}
            onClick={() => setOpen(command === open ? null : command)}
          >
            {say(words)}
          </Button>
        ))}
      </div>
      {steps.map(
        ({ command, reason }) =>
          reason && (
            <p key={command} className="soft small">
              {say(reason)}
            </p>
          ),
      )}
      {chosen && <StepForm key={chosen.command} file={file} step={chosen} path={path} onDone={() => setOpen(null)} />}
    </>
  );
}

interface StepFormProps {
  readonly file: Case;
  readonly step: Step;
  readonly path: string;
  readonly onDone: () => void;
}
interface Typed {
  readonly words?: string;
  readonly day?: string;
}

function StepForm({ file, step: { command, words }, path, onDone }: StepFormProps) {
  const { t, say } = useFrame();
  const send = useOnce(`${path}/${command.replaceAll('_', '-')}`, [['case', file.id], ['inbox']], onDone);
  const isFree = command === 'grant' || command === 'second';
  const missing = { required: true, message: t('没有填写', 'is missing') };
  const give = ({ words: said, day }: Typed): void =>
    send.mutate({ ...(said && { words: said }), ...(day && { until: endOfDay(day) }) });
  return (
    <Form layout="vertical" requiredMark={false} className="command" onFinish={give}>
      {command === 'ask_suspension' && (
        <Form.Item name="day" label={t('停到哪一天', 'Until which day')} rules={[missing]}>
          <Input type="date" />
        </Form.Item>
      )}
      <Form.Item
        name="words"
        label={isFree ? t('意见（可以不填）', 'Remark (optional)') : t('理由', 'Reason')}
        rules={isFree ? [] : [missing]}
      >
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
      <FaultBox error={send.error} />
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {say(words)}
      </Button>
    </Form>
  );
}

/** The day is the one on the wall where the desk stands. */
const endOfDay = (day: string): string => new Date(`${day}T23:59:00`).toISOString();
