import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { machineClock } from '../../../kernel/clock.ts';
import type { Language, Words } from '../../../kernel/words.ts';
import { dayAndTime, timeLeft } from '../../ui/time.ts';
import type { DeskMap } from '../console.pages.ts';

/** What the server wrote into the page: who looks, where, in which language. */
export interface Frame {
  readonly county: string;
  readonly language: Language;
  readonly zone: string;
  /** The server's clock, ISO. */
  readonly now: string;
  readonly nonce: string;
  readonly me: {
    readonly name: string;
    readonly posts: readonly { readonly role: string; readonly roleWords: Words; readonly place: string }[];
  };
  /** What lies under areas and cases on the map. */
  readonly map: DeskMap | null;
  /** `app`: drawn here, without a new page. */
  readonly links: readonly DeskLine[];
}

interface DeskLine {
  readonly href: string;
  readonly words: Words;
  readonly app?: true;
  readonly seldom?: true;
}

export function readFrame(): Frame {
  return JSON.parse(document.getElementById('frame')?.textContent ?? '{}') as Frame;
}

export interface Setting extends Frame {
  /** The server's clock, a few seconds exact. */
  readonly instant: Date;
  say(words: Words): string;
  t(zh: string, en: string): string;
  when(at: string): string;
  left(due: string): string;
}

const Framed = createContext<Setting | null>(null);

export function useFrame(): Setting {
  const setting = useContext(Framed);
  if (!setting) throw new Error('outside the frame');
  return setting;
}

const MINUTE = 60_000;
const shifted = (ahead: number): Date => new Date(machineClock.now().getTime() + ahead);

/** Time left goes on while one looks: by the server's clock, which may not be this machine's. */
export function FrameProvider({ frame, children }: { frame: Frame; children: ReactNode }) {
  const [ahead] = useState(() => Date.parse(frame.now) - machineClock.now().getTime());
  const [now, setNow] = useState(() => shifted(ahead));
  useEffect(() => {
    const tick = setInterval(() => setNow(shifted(ahead)), MINUTE / 4);
    return () => clearInterval(tick);
  }, [ahead]);
  const { language, zone } = frame;
  const setting: Setting = {
    ...frame,
    instant: now,
    say: (words) => words[language],
    t: (zh, en) => (language === 'zh' ? zh : en),
    when: (at) => dayAndTime(new Date(at), zone, language),
    left: (due) => timeLeft(new Date(due), now, language),
  };
  return <Framed value={setting}>{children}</Framed>;
}
