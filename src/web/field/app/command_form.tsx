import { type SubmitEvent, useEffect, useState } from 'react';
import { type Stage, stages } from '../../../domains/work/photos/stage.model.ts';
import { fieldWords, optionWords } from '../../ui/fields.ts';
import type { CaseBody } from '../engine/case.ts';
import type { Engine } from '../engine/contract.ts';
import { type Field, fieldsOf, shotsOf } from './command_fields.ts';
import { useFrame } from './frame.tsx';
import type { Step } from './next.tsx';
import { KeepFault, Note } from './note.tsx';
import { Shots } from './shots.tsx';
import { useWork } from './work.tsx';

interface CommandFormProps {
  readonly id: string;
  readonly file: CaseBody;
  readonly step: Step;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

interface Draft {
  readonly values: Readonly<Record<string, string>>;
  readonly shots: Readonly<Partial<Record<Stage, readonly string[]>>>;
}

const empty: Draft = { values: {}, shots: {} };

/** What is typed is kept while it is typed: a call, the back button or an empty battery loses nothing. */
export function CommandForm({ id, file, step, onBack, onDone }: CommandFormProps) {
  const { t, say } = useFrame();
  const { engine, store } = useWork();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [isUnproved, setUnproved] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const key = `${id} ${step.command}`;
  const fields = fieldsOf(step.command) ?? [];
  useEffect(() => {
    void store.drafts
      .read<Draft>(key)
      .catch(() => null)
      .then((left) => setDraft(left ?? empty));
  }, [store, key]);
  if (!draft) return null;
  const put = (next: Draft): void => {
    setDraft(next);
    void store.drafts.write(key, next).catch(() => undefined);
  };
  const give = async (): Promise<void> => {
    const left = fields.filter(({ name, optional }) => !optional && !draft.values[name]?.trim());
    setMissing(left.map(({ name }) => name));
    setFault(null);
    const lacks = lacksPhoto(file, step.command, draft);
    setUnproved(lacks);
    if (left.length > 0 || lacks) return;
    setBusy(true);
    try {
      await giveCommand(engine, id, file, step.command, draft);
      await store.drafts.drop(key);
      onDone();
    } catch (error) {
      setFault(error);
      setBusy(false);
    }
  };
  return (
    <form
      className="command"
      noValidate
      onSubmit={(submit: SubmitEvent) => {
        submit.preventDefault();
        void give();
      }}
    >
      <h2>{say(step.words)}</h2>
      {(shotsOf[step.command] ?? []).map((stage) => (
        <fieldset key={stage}>
          <legend>{t(`照片：${stages[stage].zh}`, `Photo ${stages[stage].en}`)}</legend>
          <Shots
            id={`${step.command}-${stage}`}
            stage={stage}
            label={t('拍照', 'Take a photo')}
            taken={draft.shots[stage] ?? []}
            onTaken={(hashes) => put({ ...draft, shots: { ...draft.shots, [stage]: hashes } })}
          />
        </fieldset>
      ))}
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={draft.values[field.name] ?? ''}
          isMissing={missing.includes(field.name)}
          onValue={(value) => put({ ...draft, values: { ...draft.values, [field.name]: value } })}
        />
      ))}
      {isUnproved && <Note tone="late" title={t('还缺处置后的照片', 'A photo of the result is missing')} />}
      <KeepFault error={fault} />
      <button type="submit" className="primary" disabled={isBusy}>
        {say(step.words)}
      </button>
      <button type="button" className="plain" onClick={onBack}>
        {t('先不办', 'Not now')}
      </button>
    </form>
  );
}

/** Who says that it is done shows it, where the filing condition asks for that. */
const lacksPhoto = (file: CaseBody, command: string, { shots }: Draft): boolean =>
  command === 'feed_back' && file.evidence === 'photos' && file.photosAfter === 0 && !shots.after?.length;

/** Kept first, then sent when there is a network. */
export async function giveCommand(
  engine: Engine,
  id: string,
  file: CaseBody,
  command: string,
  draft = empty,
): Promise<void> {
  const said = Object.entries(draft.values).filter(([, value]) => value.trim() !== '');
  await engine.submit({
    name: `casefile.${command}`,
    params: { id },
    body: Object.fromEntries(said.map(([name, value]) => [name, value.trim()])),
    target: id,
    urgent: file.flags.includes('urgent'),
    files: Object.values(draft.shots).flat(),
  });
  void engine.sync();
}

interface FieldInputProps {
  readonly field: Field;
  readonly value: string;
  readonly isMissing: boolean;
  readonly onValue: (value: string) => void;
}

function FieldInput({ field: { name, kind, options, optional }, value, isMissing, onValue }: FieldInputProps) {
  const { t, say } = useFrame();
  const id = `field-${name}`;
  const change = ({ target }: { target: { value: string } }): void => onValue(target.value);
  return (
    <>
      <label htmlFor={id}>
        {say(fieldWords[name] ?? { zh: name, en: name })}
        {optional && <span className="soft"> {t('可以不填', 'optional')}</span>}
      </label>
      {kind === 'choice' ? (
        <select id={id} value={value} onChange={change}>
          <option value="">{t('选一项', 'Choose')}</option>
          {options.map((option) => (
            <option key={option} value={option}>
              {say(optionWords[option] ?? { zh: option, en: option })}
            </option>
          ))}
        </select>
      ) : (
        <textarea id={id} rows={2} maxLength={2000} value={value} onChange={change} />
      )}
      {isMissing && <Note tone="late" title={t('没有填写', 'is missing')} />}
    </>
  );
}
