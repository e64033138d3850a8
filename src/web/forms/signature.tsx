import { type PointerEvent, useRef } from 'react';
import type { Language } from '../../kernel/words.ts';

interface SignatureInputProps {
  readonly id: string;
  readonly text: string;
  readonly language: Language;
  readonly onAnswer: (answer: string) => void;
}

const [WIDTH, HEIGHT] = [300, 120];
/** A name takes a fraction of it; a child drawing on the glass stops here. */
const LONGEST = 18_000;

/** Drawn with a finger, kept as the lines that were drawn: `M12 40L14 42…`, in a field of 300 by 120. */
export function SignatureInput({ id, text, language, onAnswer }: SignatureInputProps) {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const drawn = useRef(text);
  const isDown = useRef(false);
  drawn.current = text;
  const at = (event: PointerEvent<SVGSVGElement>): string => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = Math.round(((event.clientX - box.left) / box.width) * WIDTH);
    const y = Math.round(((event.clientY - box.top) / box.height) * HEIGHT);
    return `${Math.min(WIDTH, Math.max(0, x))} ${Math.min(HEIGHT, Math.max(0, y))}`;
  };
  const add = (sign: 'M' | 'L', event: PointerEvent<SVGSVGElement>): void => {
    if (drawn.current.length > LONGEST) return;
    drawn.current += sign + at(event);
    onAnswer(drawn.current);
  };
  return (
    <>
      <svg
        id={id}
        className="signature"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={text === '' ? t('还没有签名', 'not signed') : t('签名', 'signature')}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          isDown.current = true;
          add('M', event);
        }}
        onPointerMove={(event) => isDown.current && add('L', event)}
        onPointerUp={() => {
          isDown.current = false;
        }}
      >
        <path d={text || 'M0 0'} fill="none" stroke="currentColor" strokeWidth="2.5" />
      </svg>
      <p className="row">
        <span className="soft">{t('请在框里签名', 'Sign in the frame')}</span>
        {text !== '' && (
          <button type="button" className="plain" onClick={() => onAnswer('')}>
            {t('重签', 'Sign again')}
          </button>
        )}
      </p>
    </>
  );
}
