import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { BatchCommand } from '../../../domains/work/desks/board.model.ts';
import { newCommandId, post } from '../../api/call.ts';
import { again, type BatchItem, runBatch } from './batch.ts';
import type { Verdict } from './board.questions.ts';
import { useFrame } from './frame.tsx';

/** What goes with every command of the batch besides the case. */
export type BatchForm = Readonly<Record<string, string>>;

export interface Batch {
  readonly items: readonly BatchItem[];
  readonly isRunning: boolean;
  readonly error: unknown;
  start(verdicts: readonly Verdict[]): void;
  retry(): void;
  cancel(): void;
}

export function useBatch(command: BatchCommand, form: BatchForm): Batch {
  const { say } = useFrame();
  const store = useQueryClient();
  const [items, setItems] = useState<readonly BatchItem[]>([]);
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isCancelled = useRef(false);
  const run = (from: readonly BatchItem[]): void => {
    isCancelled.current = false;
    setItems(from);
    setRunning(true);
    const path = (id: string): string => `/api/casefiles/${id}/${command.replaceAll('_', '-')}`;
    runBatch(from, {
      send: ({ id, commandId }) => post(path(id), { commandId, ...form }),
      onChange: setItems,
      isCancelled: () => isCancelled.current,
    })
      .catch(setError)
      .finally(() => {
        setRunning(false);
        for (const queryKey of [['board'], ['inbox'], ['lines'], ['case']]) void store.invalidateQueries({ queryKey });
      });
  };
  return {
    items,
    isRunning,
    error,
    start: (verdicts) =>
      run(
        verdicts
          .filter(({ allowed }) => allowed)
          .map(({ id, number, title }) => ({
            id,
            number,
            title: say(title),
            commandId: newCommandId(),
            state: 'waiting',
            says: null,
          })),
      ),
    retry: () => run(again(items)),
    cancel: () => {
      isCancelled.current = true;
    },
  };
}
