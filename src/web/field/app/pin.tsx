import { type SubmitEvent, useEffect, useState } from 'react';
import { machineClock } from '../../../kernel/clock.ts';
import { afterWrongPin, type Lock, openLock, PIN_LENGTH } from '../store/lock.ts';
import type { Phone } from '../store/phone.ts';
import { useFrame } from './frame.tsx';
import { FaultNote, Note } from './note.tsx';

interface PinFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (pin: string) => void;
}

function PinField({ id, label, value, onChange }: PinFieldProps) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="pin"
        // Dots by the sheet: a password field would have the browser offer to keep the PIN.
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={PIN_LENGTH}
        value={value}
        onChange={({ target }) => onChange(target.value.replace(/\D/g, ''))}
      />
    </>
  );
}

interface OpenWithPinProps {
  readonly phone: Phone;
  readonly lock: Lock;
  readonly onOpen: (lock: Lock, key: CryptoKey) => void;
  readonly onForgotten: () => void;
  readonly onOther: () => void;
}

/** Without a network too: the PIN opens what is on the phone. */
export function OpenWithPin({ phone, lock, onOpen, onForgotten, onOther }: OpenWithPinProps) {
  const { t } = useFrame();
  const [held, setHeld] = useState(lock);
  const [pin, setPin] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const wait = useWait(held.notBefore);
  const open = async (typed: string): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      const key = await openLock(held, typed);
      const next = key ? { ...held, failures: 0, notBefore: null } : afterWrongPin(held, machineClock.now());
      setHeld(next);
      // Before anybody is let in or may try again: closing the page does not take a wrong try back. But a disk that is
      // full shuts nobody out who knows the PIN.
      const unkept = await phone.keep(next).then(
        () => null,
        (error: unknown) => error,
      );
      if (key) onOpen(next, key);
      else setFault(unkept);
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
      setPin('');
    }
  };
  const type = (typed: string): void => {
    setPin(typed);
    if (typed.length === PIN_LENGTH && wait === 0 && !isBusy) void open(typed);
  };
  return (
    <main className="door">
      <h1>{held.name}</h1>
      <PinField id="pin" label={t('这台手机的数字密码', 'PIN of this phone')} value={pin} onChange={type} />
      <p className="soft" role="status">
        {isBusy ? t('正在打开……', 'Opening …') : ' '}
      </p>
      {held.failures > 0 && !isBusy && (
        <Note tone="late" title={t('数字密码不对', 'Wrong PIN')}>
          <p>
            {wait > 0
              ? t(`请等 ${wait} 秒再试。`, `Wait ${wait} seconds.`)
              : t('请再试。存在手机里的都还在。', 'Try again. What is kept on the phone stays.')}
          </p>
        </Note>
      )}
      {fault !== null && (
        <Note tone="near" title={t('手机里写不进东西了', 'Nothing can be written to this phone')}>
          <p>
            {t(
              '多半是存满了，请清理手机。数字密码对了照样打得开，存着的都还在。',
              'It is probably full: make room. The right PIN opens all the same, and what is kept stays.',
            )}
          </p>
          <small className="code soft">{String(fault).slice(0, 200)}</small>
        </Note>
      )}
      <button type="button" className="plain" onClick={onForgotten}>
        {t('忘了数字密码', 'Forgot the PIN')}
      </button>
      <button type="button" className="plain" onClick={onOther}>
        {t('换一个人', 'Somebody else')}
      </button>
    </main>
  );
}

/** Seconds until a PIN may be tried again. */
function useWait(notBefore: string | null): number {
  const secondsLeft = (): number =>
    notBefore === null ? 0 : Math.max(0, Math.ceil((Date.parse(notBefore) - machineClock.now().getTime()) / 1000));
  const [left, setLeft] = useState(secondsLeft);
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted from the instant alone
  useEffect(() => {
    setLeft(secondsLeft());
    const ticking = setInterval(() => setLeft(secondsLeft()), 1000);
    return () => clearInterval(ticking);
  }, [notBefore]);
  return left;
}

interface ChoosePinProps {
  readonly name: string;
  readonly isAnew: boolean;
  /** Makes the lock; what it throws is shown. */
  readonly onChosen: (pin: string) => Promise<void>;
}

export function ChoosePin({ name, isAnew, onChosen }: ChoosePinProps) {
  const { t } = useFrame();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const choose = (submit: SubmitEvent): void => {
    submit.preventDefault();
    const wrong = faultOfPin(pin, again);
    setProblem(wrong && t(wrong.zh, wrong.en));
    if (wrong) return;
    setBusy(true);
    setFault(null);
    onChosen(pin)
      .catch(setFault)
      .finally(() => setBusy(false));
  };
  return (
    <main className="door">
      <h1>{t('给这台手机设数字密码', 'Choose a PIN for this phone')}</h1>
      <p>
        {t(
          `${name}，您的案卷和没发出的上报会加密存在这台手机里，打开时要输 6 位数字。没有网络也能打开。`,
          `${name}, your cases and unsent reports are kept sealed on this phone; six digits open them, also without a network.`,
        )}
      </p>
      {isAnew && <p>{t('原来存在手机里的都还在。', 'What was kept on the phone is all still here.')}</p>}
      <form onSubmit={choose}>
        <PinField id="pin" label={t('6 位数字', 'Six digits')} value={pin} onChange={setPin} />
        <PinField id="again" label={t('再输一次', 'Once more')} value={again} onChange={setAgain} />
        {problem && <Note tone="late" title={problem} />}
        <FaultNote error={fault} />
        <button type="submit" className="primary" disabled={isBusy}>
          {isBusy ? t('正在上锁……', 'Locking …') : t('开始工作', 'Start')}
        </button>
      </form>
    </main>
  );
}

/** What everybody tries first is no PIN. */
function faultOfPin(pin: string, again: string): { zh: string; en: string } | null {
  if (pin.length !== PIN_LENGTH) return { zh: '要 6 位数字', en: 'Six digits are needed' };
  const steps = new Set([...pin].slice(1).map((digit, i) => Number(digit) - Number(pin[i])));
  const [step = 9] = steps;
  if (steps.size === 1 && Math.abs(step) <= 1)
    return { zh: '太好猜了，换一个（不要全一样或连着数）', en: 'Too easy to guess: not all alike, not in a row' };
  return pin === again ? null : { zh: '两次输入的不一样', en: 'The two differ' };
}
