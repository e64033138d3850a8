import { useRef, useState } from 'react';
import { type CasefileProcess, casefileTable } from '../../../domains/work/casefiles/casefile.workflow.ts';
import { available, type Can } from '../../../kernel/workflow.ts';
import { settledBy } from '../../console/case.words.ts';
import { actorOf, type CaseBody, factsOf } from '../engine/case.ts';
import { asksNothing, fitsPhone } from './command_fields.ts';
import { CommandForm, giveCommand } from './command_form.tsx';
import { useFrame } from './frame.tsx';
import { KeepFault, Note } from './note.tsx';
import { useMe } from './scope.ts';
import { useWork } from './work.tsx';

export type Step = Can<CasefileProcess>;

/** What I may do: what a clock waits for is on top and large; what I may not says why. */
export function Next({ id, file }: { id: string; file: CaseBody }) {
  const { t, say, now } = useFrame();
  const me = useMe();
  const [chosen, setChosen] = useState<string | null>(null);
  const [done, setDone] = useState<Step | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const { engine } = useWork();
  /** The state on which a command was given already: a second tap comes before the screen shows what the first did. */
  const given = useRef<CaseBody | null>(null);
  const due = new Set<string | undefined>(file.duties.map(({ duty }) => settledBy[duty]));
  const can = me ? available(casefileTable, withShots(factsOf(file, now)), actorOf(me)) : [];
  const here = can.filter(({ command, allowed }) => allowed && fitsPhone(command));
  const first = here.filter(({ command }) => due.has(command));
  const rest = here.filter((step) => !first.includes(step));
  const atDesk = can.filter(({ command, allowed }) => allowed && !fitsPhone(command));
  const barred = can.filter(({ allowed, command }) => !allowed && fitsPhone(command));
  const finish = (step: Step): void => {
    setDone(step);
    setChosen(null);
    window.scrollTo(0, 0);
  };
  /** What asks for nothing is done at once: until it is sent it can be taken back. */
  const press = (step: Step): void => {
    if (given.current === file) return;
    setFault(null);
    setDone(null);
    if (asksNothing(step.command)) void keep(step);
    else setChosen(step.command);
  };
  const keep = async (step: Step): Promise<void> => {
    given.current = file;
    try {
      await giveCommand(engine, id, file, step.command);
      finish(step);
    } catch (error) {
      given.current = null;
      setFault(error);
    }
  };
  const open = here.find(({ command }) => command === chosen);
  return (
    <section>
      {done && (
        <Note tone="settled" title={t(`${done.words.zh}：已存在手机里`, `${done.words.en}: kept on the phone`)}>
          <p>{t('联网后自动发出，不会重复。', 'It is sent by itself when there is a network, once.')}</p>
        </Note>
      )}
      <KeepFault error={fault} />
      {open ? (
        <CommandForm
          key={open.command}
          id={id}
          file={file}
          step={open}
          onBack={() => setChosen(null)}
          onDone={() => finish(open)}
        />
      ) : (
        <>
          {first.map((step) => (
            <button key={step.command} type="button" className="primary" onClick={() => press(step)}>
              {say(step.words)}
            </button>
          ))}
          <div className="row">
            {rest.map((step) => (
              <button key={step.command} type="button" onClick={() => press(step)}>
                {say(step.words)}
              </button>
            ))}
          </div>
        </>
      )}
      {atDesk.length > 0 && (
        <a className="button elsewhere" href={`/console/cases/${id}`}>
          {t('到网页上办：', 'On the pages: ')}
          {atDesk.map(({ words }) => say(words)).join(t('、', ', '))}
        </a>
      )}
      {barred.length > 0 && (
        <details>
          <summary>{t(`现在不能办的 ${barred.length} 项和原因`, `${barred.length} not possible now, and why`)}</summary>
          {barred.map(({ command, words, reason }) => (
            <p key={command} className="barred">
              <strong>{say(words)}</strong> <span className="soft">{reason && say(reason)}</span>
            </p>
          ))}
        </details>
      )}
    </section>
  );
}

/** The photo that the table asks for is taken in the form of the step, which does not let anybody go without. */
const withShots = (facts: ReturnType<typeof factsOf>): ReturnType<typeof factsOf> => ({
  ...facts,
  photosAfter: facts.photosAfter + 1,
});
