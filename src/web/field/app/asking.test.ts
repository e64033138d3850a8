import { expect, test } from 'vitest';
import { oneAtATime } from './asking.ts';

test('同一时间只问一次；问的时候又变了几回，都只再问一次；问错了下次照问', async () => {
  const answers: ((error?: Error) => void)[] = [];
  const tell = oneAtATime(
    () => new Promise<void>((done, fail) => answers.push((error) => (error ? fail(error) : done()))),
  );
  const settle = () => new Promise((done) => setTimeout(done));
  tell();
  for (let i = 0; i < 5; i += 1) tell();
  expect(answers).toHaveLength(1);
  answers[0]?.(new Error('closed'));
  await settle();
  expect(answers).toHaveLength(2);
  answers[1]?.();
  await settle();
  expect(answers).toHaveLength(2);
  tell();
  expect(answers).toHaveLength(3);
});
