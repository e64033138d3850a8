import { Button, Popover, Skeleton } from 'antd';
import { useState } from 'react';
import type { Words } from '../../../kernel/words.ts';
import { useFrame } from './frame.tsx';
import { type Duty, useArithmetic } from './questions.ts';

type Clock = Duty['clock'];

/** State by word, shape and colour together; what stands still says so. */
export function ClockWords({ clock }: { clock: Clock }) {
  const { t, left } = useFrame();
  if (clock.state === 'paused') return <span className="soft">{t('暂停计时', 'clock stands')}</span>;
  if (clock.state === 'suspended') return <span className="soft">{t('挂账', 'suspended')}</span>;
  if (clock.dueAt === null) return <span className="soft">—</span>;
  const tone = clock.late ? 'late' : clock.near ? 'near' : '';
  const mark = clock.late ? '● ' : clock.near ? '◐ ' : '';
  return (
    <span className={`number ${tone}`}>
      <span aria-hidden="true">{mark}</span>
      {left(clock.dueAt)}
    </span>
  );
}

/** How long left, and on demand why: what happened to the clock and which stretches were counted. */
export function ClockWithReason({ duty }: { duty: Pick<Duty, 'id' | 'clock'> }) {
  const { t, when } = useFrame();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      trigger="click"
      placement="leftTop"
      open={isOpen}
      onOpenChange={setOpen}
      content={<Arithmetic id={duty.id} isAsked={isOpen} />}
    >
      <Button type="text" className="clock" title={t('时限怎么算的', 'How the deadline is counted')}>
        <span>
          <ClockWords clock={duty.clock} />
          {duty.clock.dueAt && (
            <small className="soft number">
              {when(duty.clock.dueAt)}
              {duty.clock.provisional ? t('（暂定）', ' (provisional)') : ''}
            </small>
          )}
        </span>
      </Button>
    </Popover>
  );
}

function Arithmetic({ id, isAsked }: { id: string; isAsked: boolean }) {
  const { t, say, when } = useFrame();
  const { data } = useArithmetic(id, isAsked);
  if (!data) return <Skeleton active paragraph={{ rows: 2 }} title={false} />;
  const { limitWords, calendar, acts, stretches, dueAt } = data.arithmetic;
  const spoken = (minutes: number): string => {
    const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
    return [hours > 0 ? t(`${hours} 时`, `${hours} h`) : '', rest > 0 ? t(`${rest} 分`, `${rest} min`) : '']
      .join(' ')
      .trim();
  };
  return (
    <div className="arithmetic">
      <p>
        <strong>{limitWords ? say(limitWords) : t('没有时限', 'no limit')}</strong>{' '}
        <span className="soft">{calendar}</span>
      </p>
      <ul className="plain">
        {acts.map(({ act, at }) => (
          <li key={`${act} ${at}`}>
            <span className="number soft">{when(at)}</span> {say(clockActs[act] ?? { zh: act, en: act })}
          </li>
        ))}
      </ul>
      <ul className="plain">
        {stretches.slice(0, 12).map(({ from, to, minutes }) => (
          <li key={from} className="number">
            {when(from)} → {when(to)} · {spoken(minutes)}
          </li>
        ))}
        {stretches.length > 12 && (
          <li className="soft">{t(`……共 ${stretches.length} 段`, `… ${stretches.length} in all`)}</li>
        )}
      </ul>
      {dueAt && (
        <p>
          {t('到期', 'due')} <strong className="number">{when(dueAt)}</strong>
        </p>
      )}
    </div>
  );
}

const clockActs: Readonly<Record<string, Words>> = {
  open: { zh: '开始计时', en: 'the clock starts' },
  pause: { zh: '暂停', en: 'it stands' },
  resume: { zh: '继续', en: 'it goes on' },
  recount: { zh: '重新计时', en: 'it is counted anew' },
  extend: { zh: '延期', en: 'extended' },
  suspend: { zh: '挂账', en: 'suspended' },
  settle: { zh: '办结', en: 'done' },
  withdraw: { zh: '撤回', en: 'withdrawn' },
};
