import { Button, Collapse } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { settledBy } from '../case.words.ts';
import { type Answer, CommandForm } from './command_form.tsx';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';
import type { Case } from './questions.ts';

type Step = Case['can'][number];

/** What I may do next: what a clock waits for stands open, the rest is a button away, what I may not says why. */
export function Next({ file }: { file: Case }) {
  const { t, say } = useFrame();
  const due = dueSteps(file);
  const allowed = [...due, ...file.can.filter((step) => step.allowed && !due.includes(step))];
  const lacking = waitingSteps(file).filter((step) => !step.allowed);
  const barred = file.can.filter((step) => !step.allowed && !lacking.includes(step));
  // Undefined: what a clock waits for stands open. Whoever began to fill a form in keeps it, whatever happens meanwhile.
  const [open, setOpen] = useState<string | null | undefined>(undefined);
  const [done, setDone] = useState<{ step: Step; answer: Answer } | null>(null);
  // What is done stays closed until the case has come anew; then the next step that a clock waits for opens by itself.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the change of the case is the reason, not a value that is read
  useEffect(() => setOpen((now) => (now === null ? undefined : now)), [file.changedAt]);
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (done) note.current?.focus();
  }, [done]);
  const opened = open === undefined ? due[0]?.command : open;
  const chosen = file.can.find(({ command }) => command === opened);
  const finish = (step: Step) => (answer: Answer) => {
    setDone({ step, answer });
    setOpen(null);
  };
  return (
    <section className="next">
      <h2>{t('下一步', 'Next')}</h2>
      {done && (
        <Note ref={note} tone="settled" title={t(`已办：${done.step.words.zh}`, `Done: ${done.step.words.en}`)}>
          <Contacts answer={done.answer} />
        </Note>
      )}
      {allowed.length === 0 && (
        <p className="soft">{t('现在没有需要您办的。', 'There is nothing for you to do now.')}</p>
      )}
      <div className="acts">
        {allowed.map((step) => (
          <Button
            key={step.command}
            type={due.includes(step) ? 'primary' : 'default'}
            ghost={due.includes(step)}
            aria-expanded={step.command === opened}
            onClick={() => setOpen(step.command === opened ? null : step.command)}
          >
            {say(step.words)}
          </Button>
        ))}
      </div>
      {lacking.map((step) => (
        <Barred key={step.command} step={step} />
      ))}
      {chosen && (
        <CommandForm
          key={chosen.command}
          file={file}
          step={chosen}
          onTouch={() => setOpen(chosen.command)}
          onDone={finish(chosen)}
        />
      )}
      {barred.length > 0 && (
        <Collapse
          ghost
          items={[
            {
              key: 'barred',
              label: t(`现在不能办的 ${barred.length} 项和原因`, `${barred.length} steps not possible now, and why`),
              children: barred.map((step) => <Barred key={step.command} step={step} />),
            },
          ]}
        />
      )}
    </section>
  );
}

/** Steps that a clock of mine waits for, also one that still lacks something: 反馈，还缺处置后的照片. */
function waitingSteps(file: Case): Step[] {
  const waiting = file.duties.filter(({ endedAt, duty }) => endedAt === null && settledBy[duty]);
  const due = new Set(waiting.map(({ duty }) => settledBy[duty]));
  return file.can.filter(({ command, allowed, lacking }) => (allowed || lacking) && due.has(command as never));
}

const dueSteps = (file: Case): Step[] => waitingSteps(file).filter(({ allowed }) => allowed);

function Barred({ step: { words, reason } }: { step: Step }) {
  const { say } = useFrame();
  return (
    <p className="barred">
      <Button disabled>{say(words)}</Button> <span className="soft">{reason ? say(reason) : ''}</span>
    </p>
  );
}

function Contacts({ answer: { contacts } }: { answer: Answer }) {
  const { t } = useFrame();
  if (!contacts) return null;
  return (
    <>
      <p className="soft">{t('这次查看已记录。', 'This reading is recorded.')}</p>
      <ul>
        {contacts.map(({ name, phone, email }) => (
          <li key={`${name} ${phone} ${email}`}>{[name, phone, email].filter((one) => one !== null).join(' · ')}</li>
        ))}
      </ul>
    </>
  );
}
