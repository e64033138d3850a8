import { html } from 'ghtml';
import type { Say } from './people.pages.ts';

/** The script of a page with one form for a file (`data-drop`): a file that is dropped anywhere on it is sent. */
export const DROP = '/assets/drop.js';

/** Shown by that script, since without it nothing can be dropped. */
export const dropHint = (t: Say): string =>
  html`<p class="soft" data-drop-said role="status" hidden>${t('也可以把文件拖到这一页上，放手就传。', 'Or drop the file on this page: it is sent at once.')}</p>`;
