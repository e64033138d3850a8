/** Colours and measures, once, for every face: sheets, components, map and charts are fed from here. */
export const light = {
  paper: '#F6F7F9',
  panel: '#FFFFFF',
  line: '#E3E6EB',
  ink: '#1B2430',
  /** Soft ink and the state colours below reach 7:1 on paper: this is what portal and phone use for text. */
  softInk: '#465060',
  accent: '#135386',
  settled: '#1D5A3C',
  near: '#664600',
  late: '#932A1E',
} as const;

export const dark = {
  paper: '#14181D',
  panel: '#1C2128',
  line: '#303842',
  ink: '#E8ECF1',
  softInk: '#B3BDC9',
  accent: '#8CC4F0',
  settled: '#7FCB9E',
  near: '#E0B04A',
  late: '#F79A8F',
} as const;

export const radius = 6;
/** Touch targets at least, and the primary act. */
export const target = { least: 48, primary: 56 } as const;
/** The system's own Chinese sans: nothing is fetched for it. The last is ours, where the desk brings it (`fonts.ts`). */
export const systemSans =
  "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'Noto Sans SC Variable', sans-serif";
