import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { newCommandId, post } from '../../../api/call.ts';
import { FaultBox } from '../fault.tsx';
import { useFrame } from '../frame.tsx';
import { useOnce } from '../use_once.ts';
import { ActPreview } from './preview.tsx';
import type { Preview } from './questions.ts';

export interface Done {
  readonly areaId: string;
  readonly on: string;
  readonly opened: readonly string[];
}

interface ActFormProps {
  readonly path: string;
  readonly verb: string;
  /** What is filled in; null: not enough yet. */
  readonly form: object | null;
  readonly onDone: (done: Done) => void;
  readonly children?: ReactNode;
}

/**
 * First what would move, then the act: whoever changes something after looking has to look again. What was refused says
 * why, and nothing of what was filled in or drawn is lost.
 */
export function ActForm({ path, verb, form, onDone, children }: ActFormProps) {
  const { t } = useFrame();
  const [on, setOn] = useState('');
  const day = useId();
  const whole = form && { ...form, ...(on && { on }) };
  const asked = JSON.stringify(whole);
  const look = useMutation({
    mutationFn: (sent: string) =>
      post<Preview>(`${path}/preview`, { commandId: newCommandId(), ...(JSON.parse(sent) as object) }),
  });
  const act = useOnce<object, Done>(path, [['map']], onDone);
  const isSeen = look.data !== undefined && look.variables === asked;
  const seen = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isSeen) seen.current?.focus();
  }, [isSeen]);
  const undecided = look.data?.undecided ?? [];
  return (
    <form
      className="actform"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        act.reset();
        look.mutate(asked);
      }}
    >
      {children}
      <p>
        <label htmlFor={day}>{t('从哪天起（不填是今天）', 'From which day (today when left out)')}</label>
        <input id={day} type="date" value={on} onChange={({ target }) => setOn(target.value)} />
      </p>
      <div className="acts">
        <Button
          htmlType="submit"
          type={isSeen ? 'default' : 'primary'}
          disabled={whole === null}
          loading={look.isPending}
        >
          {t('先看会变什么', 'See what would change')}
        </Button>
      </div>
      <FaultBox error={look.variables === asked ? look.error : null} />
      {isSeen && look.data && (
        <div ref={seen} tabIndex={-1} className="seen" role="status">
          <ActPreview preview={look.data} />
          {undecided.length > 0 ? (
            <p className="late">
              {t('还要选好下级归哪一块：', 'Say to which part these go: ')}
              {undecided.map(({ name }) => name).join(t('、', ', '))}
            </p>
          ) : (
            <Button type="primary" loading={act.isPending} onClick={() => whole && act.mutate(whole)}>
              {verb}
            </Button>
          )}
          <FaultBox error={act.error} />
        </div>
      )}
    </form>
  );
}
