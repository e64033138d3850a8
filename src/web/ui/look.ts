/** What somebody may choose about how pages look; the first is what a page does by itself. */
export const lookChoices = {
  size: ['plain', 'big'],
  theme: ['system', 'light', 'dark'],
  lang: ['zh', 'en'],
} as const;

export interface Look {
  readonly isBig: boolean;
  readonly theme: string;
}

/** For the root of the page. */
export const lookClass = ({ isBig, theme }: Look): string =>
  [isBig ? 'big-text' : '', theme === 'light' || theme === 'dark' ? theme : ''].filter((name) => name !== '').join(' ');
