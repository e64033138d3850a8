import { isUnsure, Refused } from '../../api/call.ts';

/**
 * Several cases, one act: each is a command of its own with an id that stays through every try. One that is refused or
 * does not get through stops none of the others.
 */
export interface BatchItem {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly commandId: string;
  readonly state: BatchState;
  readonly says: string | null;
}

/** `unsent`: no answer came, it may be sent again and counts once. `left`: cancelled before its turn. */
export type BatchState = 'waiting' | 'running' | 'done' | 'refused' | 'unsent' | 'left';

export interface BatchRun {
  readonly send: (item: BatchItem) => Promise<unknown>;
  readonly onChange: (items: readonly BatchItem[]) => void;
  readonly isCancelled: () => boolean;
}

/** One after the other, so that the server has to do for others meanwhile what it has to do. */
export async function runBatch(items: readonly BatchItem[], { send, onChange, isCancelled }: BatchRun): Promise<void> {
  let now = items;
  const mark = (id: string, state: BatchState, says: string | null = null): void => {
    now = now.map((item) => (item.id === id ? { ...item, state, says } : item));
    onChange(now);
  };
  for (const item of items) {
    if (item.state !== 'waiting') continue;
    if (isCancelled()) {
      mark(item.id, 'left');
      continue;
    }
    mark(item.id, 'running');
    const [state, says] = await outcomeOf(() => send(item));
    mark(item.id, state, says);
  }
}

async function outcomeOf(send: () => Promise<unknown>): Promise<[BatchState, string | null]> {
  try {
    await send();
    return ['done', null];
  } catch (error) {
    if (isUnsure(error)) return ['unsent', null];
    if (error instanceof Refused) return ['refused', error.title];
    throw error;
  }
}

/** What did not get through, to be sent again under the same ids; what was left stays left. */
export const again = (items: readonly BatchItem[]): BatchItem[] =>
  items.map((item) => (item.state === 'unsent' ? { ...item, state: 'waiting' } : item));

export const countOf = (items: readonly BatchItem[], state: BatchState): number =>
  items.filter((item) => item.state === state).length;
