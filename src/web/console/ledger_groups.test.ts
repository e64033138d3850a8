import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepingOf, nameOf } from '../../domains/land/registry/fields/keeping.model.ts';
import { ledgers } from '../../domains/land/registry/ledgers.model.ts';
import { packageRoot } from '../../kernel/root.ts';
import { groupsByLedger } from './ledger_groups.ts';

const guide = readFileSync(join(packageRoot, 'docs', 'guides', 'ledger-fields.md'), 'utf8');

describe.each(ledgers.map((ledger) => [ledger.words.zh, ledger] as const))('%s', (_, { code, fields }) => {
  it('除了备注，每个字段都在一组里，只在一组里；没有别的', () => {
    const grouped = groupsByLedger[code].flatMap((group) => group.fields);
    expect(grouped.toSorted()).toEqual([...fields.filter((one) => one !== 'row.remark'), 'place.grid'].toSorted());
  });

  it('字段表里写的，就是程序里的：叫什么、怎么存、多久再问', () => {
    const part = guide.split(/^## /m).find((one) => one.startsWith(_)) ?? '';
    for (const field of fields.filter((one) => one !== 'row.remark')) {
      const { secrecy, freshMonths } = keepingOf(field);
      const kept = secrecy === 'masked' ? 'covered' : secrecy;
      const again = freshMonths === null ? '–' : `${freshMonths} months`;
      const line = part.split('\n').find((one) => one.includes(`\`${field}\``)) ?? '';
      expect(line, field).toMatch(new RegExp(`^\\| ${nameOf(field).zh} \\|.*\\| ${kept} \\| ${again} \\|$`));
    }
  });
});
