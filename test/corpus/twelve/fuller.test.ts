import { expect, it } from 'vitest';
import { openCounty } from '../../harness.ts';
import { twelve } from './forms.ts';
import { type Measured, measure, seedRegistry, type Told } from './measure.ts';
import { added, inWords, shareOf } from './share.ts';

/*
 * Not the measure, but beside it: the same county once its residents' workbook has the columns that most such ledgers have and
 * that the dictionary knows. The values are invented; what is measured is that a fact told once fills every form that asks it.
 */
const isGrown = (age: number): boolean => age >= 22 && age < 60;
const more: readonly Told[] = [
  { label: '民族', of: (i) => (i % 20 === 0 ? '土家族' : '汉族') },
  { label: '户籍地址', of: (i) => `安澜县城东街道二运路${(i % 90) + 1}号` },
  { label: '政治面貌', of: (i, age) => (age < 14 ? '' : i % 12 === 0 ? '中共党员' : '群众') },
  { label: '职业', of: (_, age) => (age < 7 ? '' : age < 22 ? '学生' : isGrown(age) ? '职工' : '退休') },
  // Who works: of the others nobody tells an employer.
  { label: '工作单位', of: (i, age) => (isGrown(age) && i % 3 > 0 ? '安澜县二运公司' : '') },
  { label: '健康状况', of: (i) => (i % 9 === 0 ? '慢性病' : '良好') },
  { label: '户类型', of: () => '家庭户' },
];
const county = await openCounty();
await seedRegistry(county, more);

it('填过民族、户籍地址这些列的县：同样的十二张表多填多少（另算，不是正式的数）', async () => {
  const all: Measured[] = [];
  for (const form of twelve) all.push(await measure(county, form));
  const counted = added(all.map(shareOf));
  if (process.env.JINGWEI_TWELVE_WORDS)
    process.stdout.write(
      [...all.map((one) => inWords(one.form.title, shareOf(one))), inWords('fuller', counted), ''].join('\n'),
    );
  const census = all.find(({ form }) => form.key === 'census');
  expect(census?.cells.get('民族')).toEqual({ filled: census?.rows, sourced: census?.rows });
  expect(counted.proved / counted.asked).toBeGreaterThan(0.3);
}, 600_000);
