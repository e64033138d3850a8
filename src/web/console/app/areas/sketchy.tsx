import type { Problem } from '../../../../kernel/problem.ts';
import { useFrame } from '../frame.tsx';
import { Note } from '../note.tsx';

/** What cannot be made of the drawing, said while one draws. */
export function Sketchy({ fault }: { fault: Problem | null }) {
  const { say } = useFrame();
  if (!fault) return null;
  return (
    <Note tone="plain" title={say(fault.title)}>
      <p>{say(fault.hint)}</p>
    </Note>
  );
}
