/** The family of the pieces we serve, by the name that stands last among the tokens' families. */
const OURS = 'Noto Sans SC Variable';

/**
 * A machine without a Chinese font shows a row of boxes. It gets ours, in pieces, each fetched when one of its characters
 * turns up; every other machine fetches nothing.
 */
export async function bringFont(): Promise<void> {
  if (drawsChinese()) return;
  // Without it the page is still there, in boxes.
  await import('@fontsource-variable/noto-sans-sc/index.css').catch(() => undefined);
  onFont(drawAnew);
}

/** Chromium leaves some of what it drew in boxes as it is, until something about its letters changes. */
function drawAnew(): void {
  const { style } = document.body;
  style.textRendering = style.textRendering === 'optimizeLegibility' ? 'auto' : 'optimizeLegibility';
}

/** Two characters that come out alike, dot by dot, are two boxes. */
function drawsChinese(): boolean {
  const canvas = document.createElement('canvas');
  const side = 32;
  [canvas.width, canvas.height] = [side, side];
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) return true;
  const drawn = (character: string): string => {
    pen.clearRect(0, 0, side, side);
    pen.font = `24px sans-serif`;
    pen.fillText(character, 2, 26);
    return pen.getImageData(0, 0, side, side).data.join();
  };
  return drawn('永') !== drawn('国');
}

/** Calls when pieces of ours have come in: what was drawn and not styled before that shows boxes still. */
export function onFont(came: () => void): () => void {
  const tell = ({ fontfaces }: FontFaceSetLoadEvent): void => {
    if (fontfaces.some(({ family }) => family.includes(OURS))) came();
  };
  document.fonts.addEventListener('loadingdone', tell);
  return () => document.fonts.removeEventListener('loadingdone', tell);
}
