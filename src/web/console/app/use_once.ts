import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { isUnsure, newCommandId, post } from '../../api/call.ts';

/**
 * One command to an address: the same id through any number of tries, a new one once it is known what became of it.
 * Whoever pressed is told before the rest is asked for anew: then the step may be gone, and its form with it.
 */
export function useOnce<Form extends object, Answer = unknown>(
  path: string,
  stale: readonly QueryKey[],
  onDone?: (answer: Answer) => void,
) {
  const store = useQueryClient();
  const commandId = useRef(newCommandId());
  return useMutation({
    mutationFn: (form: Form) => post<Answer>(path, { commandId: commandId.current, ...form }),
    onSuccess: (answer) => onDone?.(answer),
    onSettled: async (_answer, error) => {
      if (isUnsure(error)) return;
      commandId.current = newCommandId();
      await Promise.all(stale.map((queryKey) => store.invalidateQueries({ queryKey })));
    },
  });
}
