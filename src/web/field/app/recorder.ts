import { voiceLimits, voiceTypes } from '../../../domains/work/photos/sound.model.ts';
import type { Words } from '../../../kernel/words.ts';

/** The microphone of the phone: opened when somebody presses, closed as soon as they are done. */
export interface Recording {
  /** The end of it, however it ends: pressed, too long, or a call came in between. */
  readonly ended: Promise<Recorded>;
  stop(): void;
}

export interface Recorded {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly seconds: number;
  /** Something else took the microphone; what was said until then is kept. */
  readonly isCut: boolean;
}

export type MicFault = 'insecure' | 'unable' | 'refused' | 'missing' | 'busy';

class NoMicrophone extends Error {
  readonly fault: MicFault;
  constructor(fault: MicFault) {
    super(fault);
    this.fault = fault;
  }
}

const instead: Words = { zh: '写几个字、拍张照，一样能报。', en: 'Words and a photo do as well.' };
const said = (zh: string, en: string): Words => ({ zh: `${zh}${instead.zh}`, en: `${en} ${instead.en}` });

/** What happened, and what to do about it. */
export const micFaults: Readonly<Record<MicFault, Words>> = {
  insecure: said(
    '用 http 打开的页面不能用麦克风，要用 https 打开才能录音。',
    'A page opened by http may not use the microphone; it takes https.',
  ),
  unable: said(
    '这个浏览器不会录音，升级系统 WebView 或浏览器后就能用。',
    'This browser cannot record; a newer one can.',
  ),
  refused: said(
    '没有允许使用麦克风。请在手机“设置-应用-权限”里打开麦克风，再按一次。',
    'The microphone was not allowed. Allow it under the phone’s app permissions and press again.',
  ),
  missing: said('这台手机上没找到麦克风。', 'No microphone was found on this phone.'),
  busy: said(
    '麦克风正被别的应用占用（比如正在通话），用完再按一次。',
    'Another app holds the microphone, a call perhaps; press again after it.',
  ),
};

/** By the names that browsers give it. */
const faultNames: Readonly<Record<string, MicFault>> = {
  ...{ NotAllowedError: 'refused', SecurityError: 'refused', PermissionDeniedError: 'refused' },
  ...{ NotFoundError: 'missing', DevicesNotFoundError: 'missing', OverconstrainedError: 'missing' },
  ...{ NotReadableError: 'busy', TrackStartError: 'busy', AbortError: 'busy' },
};
export const micFaultOf = (error: unknown): MicFault =>
  error instanceof NoMicrophone ? error.fault : (faultNames[(error as Error | null)?.name ?? ''] ?? 'unable');

export async function startRecording(): Promise<Recording> {
  if (!window.isSecureContext) throw new NoMicrophone('insecure');
  if (typeof MediaRecorder === 'undefined' || !navigator.mediaDevices?.getUserMedia) throw new NoMicrophone('unable');
  const mimeType = [...Object.values(voiceTypes)].find((type) => MediaRecorder.isTypeSupported(type));
  if (mimeType === undefined) throw new NoMicrophone('unable');
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  try {
    return follow(new MediaRecorder(stream, { mimeType, audioBitsPerSecond: voiceLimits.bitsPerSecond }), stream);
  } catch (error) {
    close(stream);
    throw error;
  }
}

const close = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};

function follow(recorder: MediaRecorder, stream: MediaStream): Recording {
  const parts: Blob[] = [];
  const began = performance.now();
  let [isStopped, endedAt] = [false, began];
  const stop = (): void => {
    if (recorder.state === 'inactive') return;
    [isStopped, endedAt] = [true, performance.now()];
    recorder.stop();
  };
  const tooLong = setTimeout(stop, voiceLimits.seconds * 1000);
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const ended = new Promise<void>((tell) => recorder.addEventListener('stop', () => tell(), { once: true })).then(
    async (): Promise<Recorded> => {
      clearTimeout(tooLong);
      close(stream);
      const seconds = Math.round(((isStopped ? endedAt : performance.now()) - began) / 1000);
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      return { bytes, seconds: Math.min(seconds, voiceLimits.seconds), isCut: !isStopped };
    },
  );
  recorder.start(1000);
  return { ended, stop };
}
