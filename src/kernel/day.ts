import { z } from 'zod';

/**
 * A day that somebody writes, `YYYY-MM-DD`. A year of two digits that was filled up with noughts is a slip of the hand, and the
 * year 0 is one that no database knows.
 */
export const daySchema = z.iso
  .date()
  .refine((day) => day >= '1900-01-01' && day < '2200-01-01', 'a day between 1900 and 2199');
