import { Checkbox, Input, Select } from 'antd';
import { z } from 'zod';
import { limitWords } from '../../../domains/work/calendars/limit.model.ts';
import { stages } from '../../../domains/work/photos/stage.model.ts';
import { optionWords } from '../../ui/fields.ts';
import { useFrame } from './frame.tsx';
import { type Case, useAreas, useBodies, usePeople, usePhotos, useStandard, useSuggestions } from './questions.ts';

/** What Ant Design's form hands to a control. Which kind of value it is, the field's description says and the server checks. */
interface Given {
  readonly id?: string;
  readonly value?: unknown;
  readonly onChange?: (value: unknown) => void;
}
interface ControlProps extends Given {
  readonly name: string;
  readonly type: z.ZodType;
  readonly file: Case;
}

/** A field is drawn by what it means. Ant Design's form hands `id`, `value` and `onChange` in. */
export function Control({ name, type, file, ...given }: ControlProps) {
  if (name === 'conditionCode') return <ConditionChoice file={file} {...given} />;
  if (name === 'bodyId' || name === 'leadBodyId')
    return <BodyChoice suggested={file.suggestion?.bodyId ?? null} {...given} />;
  if (name === 'bodyIds') return <BodyChoice many suggested={null} {...given} />;
  if (name === 'personId' || name === 'granteeId') return <PersonChoice caseId={file.id} {...given} />;
  if (name === 'place') return <PlaceChoice {...given} />;
  if (name === 'photoIds') return <PhotoChoice caseId={file.id} {...given} />;
  if (type instanceof z.ZodEnum) return <OptionChoice options={type.options.map(String)} {...given} />;
  if (type instanceof z.ZodBoolean) return <UrgentChoice {...given} />;
  return (
    <TextField
      isLong={name === 'words' || name === 'publicText' || name === 'reason' || name === 'releasedWords'}
      {...given}
    />
  );
}

function TextField({ isLong, id, value, onChange }: Given & { isLong: boolean }) {
  const text = typeof value === 'string' ? value : '';
  const said = { ...(id !== undefined && { id }), value: text };
  return isLong ? (
    <Input.TextArea rows={3} maxLength={2000} {...said} onChange={({ target }) => onChange?.(target.value)} />
  ) : (
    <Input maxLength={200} {...said} onChange={({ target }) => onChange?.(target.value)} />
  );
}

const byWords = { optionFilterProp: 'label' } as const;

function BodyChoice({ many, suggested, ...given }: Given & { many?: boolean; suggested: string | null }) {
  const { t } = useFrame();
  const { data = [], isLoading } = useBodies();
  const options = data.map(({ id, name }) => ({
    value: id,
    label: id === suggested ? t(`${name}（建议）`, `${name} (suggested)`) : name,
  }));
  const first = options.toSorted((a, b) => Number(b.value === suggested) - Number(a.value === suggested));
  return (
    <Select showSearch={byWords} loading={isLoading} options={first} {...(many && { mode: 'multiple' })} {...given} />
  );
}

function PersonChoice({ caseId, ...given }: Given & { caseId: string }) {
  const { data = [], isLoading } = usePeople(caseId);
  const options = data.map(({ personId, name }) => ({ value: personId, label: name }));
  return <Select showSearch={byWords} loading={isLoading} options={options} {...given} />;
}

function PlaceChoice({ value, onChange, ...given }: Given) {
  const { data = [], isLoading } = useAreas();
  const options = data
    .filter(({ level }) => level !== 'micro_grid')
    .map(({ id, name, code }) => ({ value: id, label: `${name} ${code}` }));
  const choose = (areaId: string): void => onChange?.({ areaId });
  return (
    <Select
      showSearch={byWords}
      loading={isLoading}
      options={options}
      {...given}
      value={(value as { areaId: string } | undefined)?.areaId ?? null}
      onChange={choose}
    />
  );
}

function OptionChoice({ options, ...given }: Given & { options: readonly string[] }) {
  const { say } = useFrame();
  const words = options.map((value) => ({ value, label: say(optionWords[value] ?? { zh: value, en: value }) }));
  return <Select options={words} {...given} />;
}

/** Yes and no both change something; what is left empty is not said at all. */
function UrgentChoice(given: Given) {
  const { t } = useFrame();
  const options = [
    { value: true, label: t('紧急', 'urgent') },
    { value: false, label: t('不紧急', 'not urgent') },
  ];
  return (
    <Select
      allowClear
      placeholder={t('不改（按立案条件）', 'leave it to the filing condition')}
      options={options}
      {...given}
    />
  );
}

function ConditionChoice({ file, ...given }: Given & { file: Case }) {
  const { t, say } = useFrame();
  const { data, isLoading } = useStandard();
  const options = (data?.types ?? []).map(({ name, conditions }) => ({
    label: say(name),
    options: conditions.map(({ code, when, limit, confidence }) => ({
      value: code,
      label: `${say(when)}（${say(limitWords(limit))}${confidence === 'unsure' ? t('，待定', ', unsure') : ''}）`,
    })),
  }));
  const { data: learned } = useSuggestions(file.id, true);
  // What the reporter named and what past cases suggest stand first in the list; nothing is chosen for anybody.
  const likely = [file.typeCode, ...(learned?.suggestions ?? []).map(({ typeCode }) => typeCode)];
  const isOfType = (code: string): boolean => likely.some((type) => type !== null && code.startsWith(`${type}-`));
  const first = options.toSorted(
    (a, b) =>
      Number(b.options.some((one) => isOfType(one.value))) - Number(a.options.some((one) => isOfType(one.value))),
  );
  return <Select showSearch={byWords} loading={isLoading} options={first} {...given} />;
}

/** Looked at before they are released: each as large as it will be seen. */
function PhotoChoice({ caseId, value, onChange }: Given & { caseId: string }) {
  const { t, say } = useFrame();
  const { data = [] } = usePhotos(caseId);
  if (data.length === 0) return <p className="soft">{t('这个案卷没有照片。', 'This case has no photos.')}</p>;
  const options = data.map(({ id, stage }) => ({
    value: id,
    label: <img src={`/api/photos/${id}/thumb`} alt={say(stages[stage])} className="pickable" />,
  }));
  return (
    <Checkbox.Group options={options} value={(value as string[] | undefined) ?? []} {...(onChange && { onChange })} />
  );
}
