/** So many months after one written YYYY-MM; before it where `by` is negative. */
export function monthBeside(month: string, by: number): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  const all = year * 12 + (of - 1) + by;
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`;
}
