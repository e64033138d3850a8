import type { ReactNode } from 'react';
import {
  type Answer,
  type AnswerFault,
  type Answers,
  askedOf,
  isToAsk,
  type Known,
  knownAnswers,
  type Question,
  type Row,
  yesNo,
} from '../../domains/land/registry/forms/form.model.ts';
import type { Language } from '../../kernel/words.ts';
import { PlaceInput } from './place.tsx';
import { SignatureInput } from './signature.tsx';

/** A form drawn from its definition, the same on phone and desk. */
export interface FormState {
  readonly answers: Answers;
  /** Questions whose known answer is said to be still so. */
  readonly confirmed: readonly string[];
  /** Known ones that are asked all the same, since something changed. */
  readonly opened: readonly string[];
}

export const blankForm: FormState = { answers: {}, confirmed: [], opened: [] };

interface QuestionsProps {
  readonly questions: readonly Question[];
  readonly known: Known;
  readonly state: FormState;
  readonly faults: readonly AnswerFault[];
  readonly language: Language;
  readonly onState: (state: FormState) => void;
  readonly camera: Camera;
}

/** How a photo is taken is the device's own; what is answered are the hashes of those it keeps. */
export type Camera = (asked: {
  readonly id: string;
  readonly taken: readonly string[];
  readonly onTaken: (hashes: readonly string[]) => void;
}) => ReactNode;

/** What is fresh is shown, not asked; what is known from long ago is confirmed with one touch, or told anew. */
export function Questions({ questions, known, state, faults, language, onState, camera }: QuestionsProps) {
  const t = sayIn(language);
  const asked = askedOf(questions, { ...knownAnswers(known), ...state.answers });
  const isOpen = (question: Question): boolean =>
    isToAsk(question, known) || question.widget === 'note' || state.opened.includes(question.name);
  const closed = asked.filter((question) => !isOpen(question));
  const put = (name: string, answer: Answer): void =>
    onState({ ...state, answers: { ...state.answers, [name]: answer }, confirmed: without(state.confirmed, name) });
  return (
    <>
      {asked.filter(isOpen).map((question) => (
        <QuestionBox
          key={question.name}
          question={question}
          answer={state.answers[question.name]}
          fault={faults.find(({ path }) => path === question.name)}
          rowFaults={faults.filter(({ path }) => path.startsWith(`${question.name}.`))}
          language={language}
          camera={camera}
          onAnswer={(answer) => put(question.name, answer)}
        >
          {known[question.name] && (
            <StillSo
              question={question}
              known={known}
              isConfirmed={state.confirmed.includes(question.name)}
              language={language}
              onConfirmed={(is) =>
                onState({
                  ...state,
                  confirmed: is ? [...state.confirmed, question.name] : without(state.confirmed, question.name),
                })
              }
            />
          )}
        </QuestionBox>
      ))}
      {closed.length > 0 && (
        <details>
          <summary>{t(`已经知道的 ${closed.length} 项，不用再问`, `${closed.length} known already`)}</summary>
          <dl>
            {closed.map((question) => (
              <div className="pair" key={question.name}>
                <dt>{question.ask}</dt>
                <dd>
                  {shownValue(question, known[question.name]?.value ?? '')}{' '}
                  <small className="soft number">{known[question.name]?.toldOn}</small>{' '}
                  <button
                    type="button"
                    className="plain"
                    onClick={() => onState({ ...state, opened: [...state.opened, question.name] })}
                  >
                    {t('变了', 'Changed')}
                  </button>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

const sayIn =
  (language: Language) =>
  (zh: string, en: string): string =>
    language === 'zh' ? zh : en;
const without = (names: readonly string[], name: string): string[] => names.filter((one) => one !== name);

const spoken: Readonly<Record<string, string>> = { yes: '是', no: '否', male: '男', female: '女' };
const shownValue = ({ options = [] }: Question, value: string): string =>
  options.find(({ code }) => code === value)?.label ?? spoken[value] ?? value;

interface StillSoProps {
  readonly question: Question;
  readonly known: Known;
  readonly isConfirmed: boolean;
  readonly language: Language;
  readonly onConfirmed: (is: boolean) => void;
}

function StillSo({ question, known, isConfirmed, language, onConfirmed }: StillSoProps) {
  const t = sayIn(language);
  const { value = '', toldOn = '' } = known[question.name] ?? {};
  return (
    <label className="pick">
      <input type="checkbox" checked={isConfirmed} onChange={({ target }) => onConfirmed(target.checked)} />
      {t(
        `还是 ${shownValue(question, value)}（${toldOn} 说的）`,
        `Still ${shownValue(question, value)} (told ${toldOn})`,
      )}
    </label>
  );
}

interface QuestionBoxProps {
  readonly question: Question;
  readonly answer: Answer | undefined;
  readonly fault: AnswerFault | undefined;
  readonly rowFaults: readonly AnswerFault[];
  readonly language: Language;
  readonly camera: Camera;
  readonly onAnswer: (answer: Answer) => void;
  readonly children?: ReactNode;
}

function QuestionBox({ question, answer, fault, rowFaults, language, camera, onAnswer, children }: QuestionBoxProps) {
  const { name, ask, hint, widget, required } = question;
  const t = sayIn(language);
  const id = `q-${name}`;
  const faultId = `${id}-fault`;
  if (widget === 'note') return <p>{ask}</p>;
  const mark = required ? <span className="soft"> {t('必填', 'required')}</span> : null;
  const told = fault && (
    <p className="late" id={faultId} role="alert">
      ▲ {fault.says[language]}
    </p>
  );
  const note = hint === undefined ? null : <p className="soft">{hint}</p>;
  const isGroup = ['yes_no', 'choice', 'choices', 'repeat', 'place', 'signature', 'photo'].includes(widget);
  const input = (
    <Input
      {...{ id, question, answer, rowFaults, language, camera, onAnswer }}
      describedBy={fault ? faultId : undefined}
    />
  );
  return isGroup ? (
    <fieldset aria-describedby={fault ? faultId : undefined}>
      <legend>
        {ask}
        {mark}
      </legend>
      {note}
      {children}
      {input}
      {told}
    </fieldset>
  ) : (
    <div>
      <label htmlFor={id}>
        {ask}
        {mark}
      </label>
      {note}
      {children}
      {input}
      {told}
    </div>
  );
}

interface InputProps {
  readonly id: string;
  readonly question: Question;
  readonly answer: Answer | undefined;
  readonly rowFaults: readonly AnswerFault[];
  readonly language: Language;
  readonly camera: Camera;
  readonly describedBy: string | undefined;
  readonly onAnswer: (answer: Answer) => void;
}

const modes: Readonly<Record<string, 'numeric' | 'decimal' | 'tel'>> = {
  integer: 'numeric',
  decimal: 'decimal',
  money: 'decimal',
  phone: 'tel',
};

function Input({ id, question, answer, rowFaults, language, camera, describedBy, onAnswer }: InputProps) {
  const { widget, options = [] } = question;
  const text = typeof answer === 'string' ? answer : '';
  if (widget === 'yes_no' || widget === 'choice')
    return <Choices {...{ id, onAnswer }} options={widget === 'yes_no' ? yesNo : options} chosen={[text]} isOne />;
  if (widget === 'choices')
    return <Choices {...{ id, options, onAnswer }} chosen={Array.isArray(answer) ? (answer as string[]) : []} />;
  if (widget === 'photo')
    return camera({ id, taken: Array.isArray(answer) ? (answer as string[]) : [], onTaken: onAnswer });
  if (widget === 'repeat') return <Rows {...{ id, question, answer, rowFaults, language, camera, onAnswer }} />;
  if (widget === 'place') return <PlaceInput {...{ text, language, onAnswer }} />;
  if (widget === 'signature') return <SignatureInput {...{ id, text, language, onAnswer }} />;
  const common = {
    ...{ id, value: text, 'aria-describedby': describedBy, 'aria-invalid': describedBy !== undefined },
    onChange: ({ target }: { target: { value: string } }) => onAnswer(target.value),
  };
  if (widget === 'paragraph') return <textarea rows={3} maxLength={2000} {...common} />;
  if (widget === 'date') return <input type="date" {...common} />;
  return <input type="text" inputMode={modes[widget] ?? 'text'} maxLength={200} autoComplete="off" {...common} />;
}

interface ChoicesProps {
  readonly id: string;
  readonly options: readonly { readonly code: string; readonly label: string }[];
  readonly chosen: readonly string[];
  readonly isOne?: boolean;
  readonly onAnswer: (answer: Answer) => void;
}

/** Fingers on a phone: each choice is a line of its own. One that is chosen can be taken back. */
function Choices({ id, options, chosen, isOne = false, onAnswer }: ChoicesProps) {
  const has = (code: string): boolean => chosen.includes(code);
  const touch = (code: string): void => {
    if (isOne) onAnswer(has(code) ? '' : code);
    else onAnswer(has(code) ? chosen.filter((one) => one !== code) : [...chosen.filter((one) => one !== ''), code]);
  };
  return options.map(({ code, label }) => (
    <label className="pick" key={code}>
      <input
        type={isOne ? 'radio' : 'checkbox'}
        name={id}
        checked={has(code)}
        onChange={() => touch(code)}
        onClick={() => isOne && has(code) && touch(code)}
      />
      {label}
    </label>
  ));
}

const MOST_ROWS = 50;

function Rows({ id, question, answer, rowFaults, language, camera, onAnswer }: Omit<InputProps, 'describedBy'>) {
  const t = sayIn(language);
  const { name, of = [], most = MOST_ROWS } = question;
  const rows = Array.isArray(answer) ? (answer as readonly Row[]) : [];
  const put = (i: number, part: string, value: Answer): void =>
    onAnswer(rows.map((row, at) => (at === i ? ({ ...row, [part]: value } as Row) : row)));
  return (
    <>
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but their place
        <fieldset key={i} className="place">
          <legend>{t(`第 ${i + 1} 行`, `Row ${i + 1}`)}</legend>
          {of.map((one) => (
            <QuestionBox
              key={one.name}
              question={{ ...one, name: `${id}-${i}-${one.name}` }}
              answer={row[one.name]}
              fault={rowFaults.find(({ path }) => path === `${name}.${i}.${one.name}`)}
              rowFaults={[]}
              language={language}
              camera={camera}
              onAnswer={(value) => put(i, one.name, value)}
            />
          ))}
          <button type="button" className="plain" onClick={() => onAnswer(rows.filter((_, at) => at !== i))}>
            {t('去掉这一行', 'Take this row away')}
          </button>
        </fieldset>
      ))}
      {rows.length < most && (
        <button type="button" onClick={() => onAnswer([...rows, {}])}>
          {t('加一行', 'Add a row')}
        </button>
      )}
    </>
  );
}
