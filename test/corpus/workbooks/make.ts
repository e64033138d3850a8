import { containers } from './families/containers.ts';
import { headers } from './families/headers.ts';
import { hostile } from './families/hostile.ts';
import { layout } from './families/layout.ts';
import { ledgers } from './families/ledgers.ts';
import { rows } from './families/rows.ts';
import { texts } from './families/texts.ts';
import { values } from './families/values.ts';
import { words } from './families/words.ts';
import type { Made } from './truth.ts';

/** All nasty files, the same bytes each time. They are made where they are needed and kept nowhere. */
export const corpus: readonly Made[] = [
  ...headers,
  ...rows,
  ...layout,
  ...values,
  ...ledgers,
  ...containers,
  ...texts,
  ...words,
  ...hostile,
];
