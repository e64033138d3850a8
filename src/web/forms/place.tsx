import { useState } from 'react';
import type { Language } from '../../kernel/words.ts';

interface PlaceInputProps {
  readonly text: string;
  readonly language: Language;
  readonly onAnswer: (answer: string) => void;
}

const PATIENCE_MS = 20_000;

/** Where one stands, by the device: longitude, latitude and how exact, or nothing. */
export function PlaceInput({ text, language, onAnswer }: PlaceInputProps) {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle');
  const locate = (): void => {
    setState('asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords: { longitude, latitude, accuracy } }) => {
        setState('idle');
        onAnswer(`${longitude.toFixed(6)},${latitude.toFixed(6)},${Math.round(accuracy)}`);
      },
      () => setState('failed'),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60_000 },
    );
  };
  const [lon, lat, metres] = text.split(',');
  return (
    <>
      {text !== '' && (
        <p className="number">
          {t(`东经 ${lon}，北纬 ${lat}，误差 ${metres ?? '?'} 米`, `${lon}, ${lat}, within ${metres ?? '?'} m`)}
        </p>
      )}
      <p className="row">
        <button type="button" disabled={state === 'asking'} onClick={locate}>
          {state === 'asking'
            ? t('正在定位……', 'Locating …')
            : text === ''
              ? t('取我现在的位置', 'Take where I am')
              : t('重新定位', 'Locate again')}
        </button>
        {text !== '' && (
          <button type="button" className="plain" onClick={() => onAnswer('')}>
            {t('去掉', 'Remove')}
          </button>
        )}
      </p>
      {state === 'failed' && (
        <p className="late" role="alert">
          {t('没有定到位置：请打开手机定位，走到室外再试。', 'Not located: switch it on, go outside and try again.')}
        </p>
      )}
    </>
  );
}
