import { useId, useState } from 'react';
import { type Answers, answersOf } from '../../../domains/work/checkpoints/asked.model.ts';
import type { GateRule } from '../../../domains/work/checkpoints/checkpoint.model.ts';
import { type Asked, askedWords } from '../../../domains/work/checkpoints/kind.model.ts';
import {
  MOST_AT_ONCE,
  MOST_WHY,
  type Traveller,
  travellers,
  travellerWords,
} from '../../../domains/work/checkpoints/passage.model.ts';
import { storable } from '../../../kernel/storable.ts';
import type { Words } from '../../../kernel/words.ts';
import { useFrame } from './frame.tsx';
import { KeepFault } from './note.tsx';

/** Who passes, as the desk asks it: only what the rule in force asks, by the rules by which the server takes it. */
export interface Passage {
  readonly traveller: Traveller;
  readonly count: number;
  readonly passed: boolean;
  readonly reason: string;
  readonly values: Answers;
}

interface FormProps {
  readonly rule: GateRule;
  /** What was refused, to be put right. */
  readonly from?: Passage;
  /** Keeps it on the phone; only then the form is empty again. */
  readonly onGive: (passage: Passage) => Promise<unknown>;
}

const blank = { traveller: 'people', count: 1, passed: true, reason: '', values: {} } as const satisfies Passage;
type Faults = Readonly<Record<string, Words>>;

export function PassageForm({ rule, from = blank, onGive }: FormProps) {
  const { t, say } = useFrame();
  const id = useId();
  const [traveller, setTraveller] = useState(from.traveller);
  const [count, setCount] = useState(String(from.count));
  const [reason, setReason] = useState(from.reason);
  const [values, setValues] = useState<Answers>(from.values);
  const [faults, setFaults] = useState<Faults>({});
  const [fault, setFault] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const clear = (): void => {
    setTraveller(blank.traveller);
    setCount('1');
    setReason('');
    setValues({});
  };
  const give = async (passed: boolean): Promise<void> => {
    const written = passed ? writtenOf(rule, traveller, values) : { values: {}, faults: {} };
    const wrong: Faults = {
      ...written.faults,
      ...(!isCount(count) && { count: { zh: `写 1 到 ${MOST_AT_ONCE}`, en: `1 to ${MOST_AT_ONCE}` } }),
      ...(!passed && reason.trim() === '' && { reason: { zh: '没让过，要写原因', en: 'say why' } }),
    };
    setFaults(wrong);
    setFault(null);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    try {
      const said = passed ? '' : reason.trim();
      await onGive({ traveller, count: Number(count), passed, reason: said, values: written.values });
      clear();
    } catch (error) {
      setFault(error);
    }
    setBusy(false);
  };
  const told = (name: string) => faults[name] && <p className="late">✕ {say(faults[name])}</p>;
  return (
    <form onSubmit={(event) => event.preventDefault()} autoComplete="off">
      <fieldset>
        <legend>{t('谁', 'Who')}</legend>
        <div className="row">
          {travellers.map((one) => (
            <label key={one} className="pick">
              <input type="radio" name={id} checked={traveller === one} onChange={() => setTraveller(one)} />
              {say(travellerWords[one])}
            </label>
          ))}
        </div>
      </fieldset>
      <label htmlFor={`${id}count`}>{t('几个', 'How many')}</label>
      <input
        id={`${id}count`}
        inputMode="numeric"
        maxLength={3}
        value={count}
        onChange={({ target }) => setCount(target.value.trim())}
      />
      {told('count')}
      {asksOf(rule, traveller).map((one) => (
        <div key={one}>
          <label htmlFor={id + one}>
            {say(askedWords[one])}
            {one === 'plate' && traveller === 'delivery' && <span className="soft"> {t('有就写', 'if any')}</span>}
          </label>
          <input
            id={id + one}
            maxLength={60}
            inputMode={one === 'phone' ? 'tel' : one === 'temperature' ? 'decimal' : 'text'}
            value={values[one] ?? ''}
            onChange={({ target }) => setValues({ ...values, [one]: storable(target.value) })}
          />
          {told(`values.${one}`)}
        </div>
      ))}
      <div className="row">
        <button type="button" className="primary" disabled={isBusy} onClick={() => void give(true)}>
          {t('放行', 'Passed')}
        </button>
      </div>
      <label htmlFor={`${id}reason`}>
        {t('没让过的，写为什么', 'If turned back, why')}
        <span className="soft"> {t('别的不用问', 'nothing else is asked')}</span>
      </label>
      <input
        id={`${id}reason`}
        maxLength={MOST_WHY}
        value={reason}
        onChange={({ target }) => setReason(storable(target.value))}
      />
      {told('reason')}
      <div className="row">
        <button type="button" disabled={isBusy} onClick={() => void give(false)}>
          {t('劝返', 'Turned back')}
        </button>
      </div>
      <KeepFault error={fault} />
    </form>
  );
}

/** Whoever walks has no plate. */
const asksOf = ({ asks }: GateRule, traveller: Traveller): readonly Asked[] =>
  asks.filter((one) => one !== 'plate' || traveller !== 'people');

const isCount = (text: string): boolean => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= MOST_AT_ONCE;

/** As it will be kept, or what is wrong, by field. What the rule does not ask is left out, whatever was typed before. */
function writtenOf(rule: GateRule, traveller: Traveller, values: Answers): { values: Answers; faults: Faults } {
  const asked = asksOf(rule, traveller);
  const typed = asked.flatMap((one) => ((values[one] ?? '').trim() === '' ? [] : [[one, values[one]?.trim()]]));
  const answers = answersOf(rule.asks, traveller, Object.fromEntries(typed));
  return { values: answers.values, faults: Object.fromEntries(answers.faults.map(({ path, says }) => [path, says])) };
}
