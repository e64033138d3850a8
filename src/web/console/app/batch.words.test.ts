import { expect, test } from 'vitest';
import { summaryOf } from './batch.words.ts';
import type { Verdict } from './board.questions.ts';

const limit = (days: number) => ({ zh: `${days} 工作日`, en: `${days} working days` });
const verdict = (changes: Partial<Verdict> = {}): Verdict => ({
  id: '1',
  number: '20260302-000001',
  title: { zh: '路面塌陷', en: 'Sunken road' },
  allowed: true,
  reason: null,
  reporters: 1,
  told: null,
  limit: limit(5),
  doubt: null,
  ...changes,
});
const barred = verdict({ allowed: false, reason: { zh: '已挂账', en: 'suspended' }, reporters: 0, limit: null });
const zh = (...asked: Parameters<typeof summaryOf>): string[] => summaryOf(...asked).map((line) => line.zh);

test('派遣：几件、给谁、多少时间、几件要再看、几位报事人、几件不能', () => {
  const doubt = { zh: '按责任规则是养护中心', en: 'by the rules it is for the road works' };
  const verdicts = [verdict(), verdict({ reporters: 3, limit: limit(2), doubt }), verdict(), barred];
  expect(zh('dispatch', verdicts, { name: '供水公司', gone: 0 })).toEqual([
    '将把 3 件派给供水公司。',
    '处置时限：2 件 5 工作日，1 件 2 工作日。',
    '其中 1 件请再看一眼，原因写在下面。',
    '5 位报事人会收到消息。',
    '1 件不能办，不会动，原因写在下面。',
  ]);
});

test('并案：报事人会读到的话写出来；一件也不能就说什么也不会发生', () => {
  const told = { zh: '与编号 7 是同一件事', en: 'the same as 7' };
  expect(zh('merge', [verdict({ told, limit: null })], { name: '7', gone: 0 })[1]).toBe(
    '1 位报事人会收到消息：“与编号 7 是同一件事”',
  );
  expect(zh('urge', [barred], { name: '', gone: 2 })).toEqual([
    '选中的一件也不能办，什么也不会发生。',
    '2 件已经不在或不归您看了，不会动。',
    '1 件不能办，不会动，原因写在下面。',
  ]);
});
