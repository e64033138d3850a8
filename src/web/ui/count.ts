/** A number of records as a page writes it, in both languages alike: 12,345. */
export const n = (count: number): string => count.toLocaleString('en');
