import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { machineClock } from '../../../kernel/clock.ts';
import type { Language, Words } from '../../../kernel/words.ts';
import { dayAndTime, timeLeft } from '../../ui/time.ts';
import type { FieldFrame } from '../shell.pages.ts';

/** What the server wrote into the page, the language of the phone, and the time by the server's clock. */
export interface Setting extends FieldFrame {
  readonly language: Language;
  readonly now: Date;
  /** How far this phone's clock is ahead, in milliseconds; null: not known. */
  readonly skewMs: number | null;
  tellSkew(skewMs: number | null): void;
  say(words: Words): string;
  t(zh: string, en: string): string;
  when(at: string): string;
  left(due: string): string;
}

export const readFrame = (): FieldFrame =>
  JSON.parse(document.getElementById('frame')?.textContent ?? '{}') as FieldFrame;

const Framed = createContext<Setting | null>(null);

export function useFrame(): Setting {
  const setting = useContext(Framed);
  if (!setting) throw new Error('outside the frame');
  return setting;
}

const QUARTER_MINUTE = 15_000;

export function FrameProvider({ frame, children }: { frame: FieldFrame; children: ReactNode }) {
  const language: Language = /^zh\b/i.test(navigator.language) ? 'zh' : 'en';
  const [skewMs, tellSkew] = useState<number | null>(null);
  const [tick, setTick] = useState(0);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    const ticking = setInterval(() => setTick((count) => count + 1), QUARTER_MINUTE);
    return () => clearInterval(ticking);
  }, [language]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tick is the reason to look at the clock again
  const now = useMemo(() => new Date(machineClock.now().getTime() - (skewMs ?? 0)), [skewMs, tick]);
  const setting: Setting = {
    ...frame,
    language,
    now,
    skewMs,
    tellSkew,
    say: (words) => words[language],
    t: (zh, en) => (language === 'zh' ? zh : en),
    when: (at) => dayAndTime(new Date(at), frame.zone, language),
    left: (due) => timeLeft(new Date(due), now, language),
  };
  return <Framed value={setting}>{children}</Framed>;
}
