import { type RefObject, useEffect, useRef, useState } from 'react';
import { voiceKindOf, voiceLimits, voiceTypes } from '../../../domains/work/photos/sound.model.ts';
import type { Words } from '../../../kernel/words.ts';
import { StoreFull } from '../engine/ports.ts';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';
import { micFaultOf, micFaults, type Recording, startRecording } from './recorder.ts';
import type { KeptVoice } from './report.form.ts';
import { useWork } from './work.tsx';

interface VoicesProps {
  readonly kept: readonly KeptVoice[];
  readonly onKept: (voices: readonly KeptVoice[]) => void;
  /** Ends what is being said, and is done when that is kept; null while nobody speaks. */
  readonly speaking: RefObject<(() => Promise<void>) | null>;
}

const nothingHeard: Words = {
  zh: '什么也没录上，请再按一次，说完再停。',
  en: 'Nothing was recorded. Press again, and stop when you are done.',
};
const cut: Words = {
  zh: '录音被打断了，之前说的已经存下。',
  en: 'The recording was cut off; what was said before is kept.',
};
const full: Words = {
  zh: '手机存满了，这段录音没有存下；文字还能存。请清理手机后再录。',
  en: 'The phone is full: this recording was not kept, words still can be. Make room, then record again.',
};

/** What is quicker said than written, kept as it was said. One press begins, the next ends it. */
export function Voices({ kept, onKept, speaking }: VoicesProps) {
  const { t } = useFrame();
  const { engine } = useWork();
  const [recording, setRecording] = useState<Recording | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Words | null>(null);
  const latest = useRef(kept);
  latest.current = kept;
  // Whoever leaves the page while speaking closes the microphone; what was said is kept with the draft.
  useEffect(() => () => void speaking.current?.(), [speaking]);
  const keep = async (now: Recording): Promise<void> => {
    const { bytes, seconds, isCut } = await now.ended;
    const kind = voiceKindOf(bytes);
    if (kind === null) return setTrouble(nothingHeard);
    const sha256 = await engine.keepFile(bytes, `${voiceTypes[kind]};seconds=${seconds}`);
    onKept([...latest.current, { sha256, seconds }]);
    if (isCut) setTrouble(cut);
  };
  const begin = async (): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    let isWanted = true;
    // While the phone still asks whether the microphone is allowed.
    speaking.current = async () => {
      isWanted = false;
    };
    try {
      const now = await startRecording();
      if (isWanted) {
        const done = keep(now);
        speaking.current = async () => {
          now.stop();
          await done.catch(() => undefined);
        };
        setRecording(now);
        setBusy(false);
        await done;
      } else now.stop();
    } catch (error) {
      setTrouble(error instanceof StoreFull ? full : micFaults[micFaultOf(error)]);
    }
    speaking.current = null;
    setBusy(false);
    setRecording(null);
  };
  return (
    <div className="voices">
      {kept.map(({ sha256, seconds }) => (
        <div key={sha256} className="voice">
          <Player sha256={sha256} label={t(`录音 ${seconds} 秒`, `recording, ${seconds} s`)} />
          <button type="button" className="plain" onClick={() => onKept(kept.filter((one) => one.sha256 !== sha256))}>
            {t('去掉', 'Remove')}
          </button>
        </div>
      ))}
      {recording ? (
        <button type="button" className="danger wide" onClick={() => recording.stop()}>
          {t('说完了，停止', 'Done, stop')} <Seconds />
        </button>
      ) : (
        kept.length < voiceLimits.perReport && (
          <button type="button" className="wide" disabled={isBusy} onClick={() => void begin()}>
            {kept.length > 0
              ? t('再说一段', 'Say some more')
              : t('不方便打字？按一下，说一段', 'Rather say it? Press and speak')}
          </button>
        )
      )}
      {trouble && <Note tone="near" title={t(trouble.zh, trouble.en)} />}
    </div>
  );
}

/** How long somebody has been speaking, and how long they may. */
function Seconds() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = performance.now();
    const ticking = setInterval(() => setSeconds(Math.floor((performance.now() - began) / 1000)), 250);
    return () => clearInterval(ticking);
  }, []);
  return (
    <span className="number" role="timer">
      {clock(seconds)} / {clock(voiceLimits.seconds)}
    </span>
  );
}

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** A recording that is still on this phone. */
function Player({ sha256, label }: { sha256: string; label: string }) {
  const { store } = useWork();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let isHere = true;
    void store.bytes(sha256).then((bytes) => {
      const kind = bytes && voiceKindOf(bytes);
      if (!bytes || !kind || !isHere) return;
      made = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: voiceTypes[kind] }));
      setAddress(made);
    });
    return () => {
      isHere = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [store, sha256]);
  return (
    <figure>
      <figcaption>{label}</figcaption>
      {/* biome-ignore lint/a11y/useMediaCaption: what was said a moment ago has no captions */}
      {address && <audio controls preload="metadata" src={address} aria-label={label} />}
    </figure>
  );
}
