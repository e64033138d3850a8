import { type Limit, type LimitUnit, limitUnits, limitWords } from '../../../domains/work/calendars/limit.model.ts';
import { type Grade, gradeNames, grades } from '../../../domains/work/inspections/sector.model.ts';
import { storable } from '../../../kernel/storable.ts';
import type { InspectionBody } from '../engine/inspection.ts';
import { useFrame } from './frame.tsx';
import { Shots } from './shots.tsx';
import { useHeld } from './work.tsx';

/** What was found, as the desk asks it; a line of the checklist fills in what it says. Kept while it is written. */
export interface Finding {
  readonly code: string;
  readonly where: string;
  /** What was seen: counted among what is half written. */
  readonly words: string;
  readonly photos: readonly string[];
  readonly grade: Grade;
  readonly bodyId: string;
  readonly amount: string;
  readonly unit: LimitUnit;
}

type List = InspectionBody['list'];

export function blankFinding({ items }: List, code: string, where: string): Finding {
  const { grade = 'general', limit } = items.find((item) => item.code === code) ?? {};
  const { amount, unit }: Limit = limit ?? { amount: 3, unit: 'natural_days' };
  return { code, where, words: '', photos: [], grade, bodyId: '', amount: String(amount), unit };
}

const MOST_AMOUNT = 3660;
export const isFindingWhole = ({ where, words, bodyId, amount }: Finding): boolean =>
  where.trim().length >= 2 &&
  words.trim().length >= 2 &&
  bodyId !== '' &&
  /^[1-9]\d{0,3}$/.test(amount) &&
  Number(amount) <= MOST_AMOUNT;

interface FormProps {
  readonly list: List;
  readonly finding: Finding;
  readonly onChange: (finding: Finding) => void;
}

export function HazardFields({ list, finding, onChange }: FormProps) {
  const { t, say } = useFrame();
  const bodies = useHeld<{ name: string }>('body') ?? [];
  const put = (change: Partial<Finding>): void => onChange({ ...finding, ...change });
  const sorted = [...bodies].sort((a, b) => a.body.name.localeCompare(b.body.name, 'zh'));
  return (
    <>
      <label htmlFor="item">{t('违反检查表哪一条', 'Which line of the checklist')}</label>
      <select
        id="item"
        value={finding.code}
        onChange={({ target }) => {
          const { grade, amount, unit } = blankFinding(list, target.value, '');
          put({ code: target.value, grade, amount, unit });
        }}
      >
        <option value="">{t('不在检查表里', 'none')}</option>
        {list.items.map(({ code, text }) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
      <label htmlFor="what">{t('看到了什么', 'What was seen')}</label>
      <textarea
        id="what"
        maxLength={1000}
        value={finding.words}
        onChange={({ target }) => put({ words: storable(target.value) })}
      />
      <Shots
        id="found"
        label={t('拍照', 'Take a photo')}
        taken={finding.photos}
        onTaken={(photos) => put({ photos })}
        stage="before"
      />
      <label htmlFor="where">{t('具体在哪里', 'The place')}</label>
      <input
        id="where"
        maxLength={120}
        value={finding.where}
        onChange={({ target }) => put({ where: storable(target.value) })}
      />
      <label htmlFor="grade">{t('等级', 'Grade')}</label>
      <select id="grade" value={finding.grade} onChange={({ target }) => put({ grade: target.value as Grade })}>
        {gradeNames.map((one) => (
          <option key={one} value={one}>
            {say(grades[one])}
          </option>
        ))}
      </select>
      <label htmlFor="bodyId">{t('由哪个单位整改', 'Which body puts it right')}</label>
      <select id="bodyId" value={finding.bodyId} onChange={({ target }) => put({ bodyId: target.value })}>
        <option value="">{t('请选', 'Choose')}</option>
        {sorted.map(({ id, body: { name } }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <label htmlFor="amount">{t('多久内改好', 'Within')}</label>
      <div className="row">
        <input
          id="amount"
          inputMode="numeric"
          maxLength={4}
          value={finding.amount}
          onChange={({ target }) => put({ amount: target.value.trim() })}
        />
        <select
          aria-label={t('按哪种时间算', 'On which clock')}
          value={finding.unit}
          onChange={({ target }) => put({ unit: target.value as LimitUnit })}
        >
          {limitUnits.map((unit) => (
            <option key={unit} value={unit}>
              {say(limitWords({ amount: Number(finding.amount) || 1, unit })).replace(/^\d+ /, '')}
            </option>
          ))}
        </select>
      </div>
    </>
  );
}
