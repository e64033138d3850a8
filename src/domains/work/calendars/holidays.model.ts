import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };

/**
 * Public holidays and make-up working days (调休) as announced by the State Council, from the package chinese-days.
 * A year is published late in the year before. What is not published is not guessed: a deadline that reaches such a
 * year is provisional.
 */
export interface HolidayBook {
  /** The last year whose holidays are known. */
  readonly publishedThrough: number;
  /** `date` is a local calendar day, `YYYY-MM-DD`. */
  isHoliday(date: string): boolean;
  isMakeUpDay(date: string): boolean;
  /** What is announced of a year; null: nothing yet. */
  daysIn(year: number): YearDays | null;
}

export interface YearDays {
  readonly holidays: readonly string[];
  readonly makeUpDays: readonly string[];
}

export function holidayBook(holidays: readonly string[], makeUpDays: readonly string[]): HolidayBook {
  const off = new Set(holidays);
  const on = new Set(makeUpDays);
  const years = [...off].map((date) => Number(date.slice(0, 4)));
  const publishedThrough = Math.max(0, ...years);
  const within = (days: readonly string[], year: number) => days.filter((date) => date.startsWith(`${year}-`)).sort();
  return {
    publishedThrough,
    isHoliday: (date) => off.has(date),
    isMakeUpDay: (date) => on.has(date),
    daysIn: (year) =>
      year > publishedThrough ? null : { holidays: within(holidays, year), makeUpDays: within(makeUpDays, year) },
  };
}

export const chineseHolidays: HolidayBook = holidayBook(
  Object.keys(published.holidays),
  Object.keys(published.workdays),
);
