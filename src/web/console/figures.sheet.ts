import type { Language, Words } from '../../kernel/words.ts';
import type { Course, CoursePoint, Figure, Figures } from './figures.words.ts';

/** The page of figures as rows of a table: one line a number, so that what a county adds up is what the page says. */
export type Cells = readonly (string | number | null)[];
type Shares = Pick<CoursePoint, 'numerator' | 'denominator' | 'value'>;

const heads: readonly Words[] = [
  { zh: '分列', en: 'Row' },
  { zh: '指标编号', en: 'Code' },
  { zh: '版本', en: 'Version' },
  { zh: '指标', en: 'Figure' },
  { zh: '数值', en: 'Value' },
  { zh: '分子', en: 'Numerator' },
  { zh: '分母', en: 'Denominator' },
  { zh: '除外', en: 'Left out' },
  { zh: '没有数据的原因', en: 'Why no data' },
  { zh: '计什么', en: 'What it counts' },
];

/** Of the whole area first, then row by row as on the page; what is not known is left empty, never nought. */
export function figureRows(told: Figures, language: Language): Cells[] {
  const [all, none] = language === 'zh' ? ['全部', '没有数据'] : ['All', 'no data'];
  const cells = ({ numerator, denominator, value }: Shares) => [value, numerator, denominator];
  const named = ({ id, version, name }: Figure) => [id, version, name[language]];
  const whole = told.figures.map((one): Cells => {
    const left = one.exclusions.reduce((sum, { count }) => sum + count, 0);
    return [all, ...named(one), ...cells(one), left, one.noData?.[language] ?? '', one.counts[language]];
  });
  const beside = told.figures.flatMap((one) =>
    one.cells.map((cell): Cells => {
      return [cell.name[language], ...named(one), ...cells(cell), null, cell.value === null ? none : '', ''];
    }),
  );
  return [heads.map((head) => head[language]), ...whole, ...beside];
}

export function courseRows({ steps, before }: Course, { figures }: Figures, language: Language): Cells[] {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const names = new Map(figures.map(({ id, name }) => [id, name[language]]));
  const told = [
    ...steps.map((step) => ({ ...step, which: t('本期', 'now') })),
    { ...before, which: t('上期', 'before') },
  ];
  const rows = told.flatMap(({ which, from, to, figures: points }) =>
    points.map(({ id, value, numerator, denominator, noData }): Cells => {
      return [which, from, to, names.get(id) ?? id, value, numerator, denominator, noData?.[language] ?? ''];
    }),
  );
  const from = [t('哪一期', 'Which'), t('从', 'From'), t('到', 'To'), t('指标', 'Figure')];
  const head = [
    ...from,
    t('数值', 'Value'),
    t('分子', 'Numerator'),
    t('分母', 'Denominator'),
    t('没有数据的原因', 'Why no data'),
  ];
  return [head, ...rows];
}

/** Under which formulas, of when, for which area: without this a number says nothing. */
export function aboutRows(told: Figures, language: Language): Cells[] {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const given = told.parameters.map(({ words, value, source }): Cells => {
    return [words[language], Array.isArray(value) ? value.join(' ') : value, source[language]];
  });
  return [
    [t('区域', 'Area'), told.area.name, told.area.code],
    [t('从', 'From'), told.from],
    [t('到', 'To'), told.to],
    [t('数据截至', 'As of'), told.asOf.toISOString()],
    [t('口径', 'Formulas'), told.pack.name[language], told.pack.about[language]],
    [
      t('区域按', 'Areas as'),
      told.vintage === 'today' ? t('今天的归属', 'of today') : t('立案时的归属', 'cases were filed'),
    ],
    ...given,
  ];
}
