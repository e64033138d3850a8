import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { evaluateClassification } from './evaluate_classification.ts';
import type { Terminal } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'jingwei-classify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, content: string): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

const map = {
  source: 'hill-town',
  title: '山城热线',
  kind: 'history',
  key: '编号',
  zone: 'Asia/Shanghai',
  dates: ['YYYY-MM-DD HH:mm'],
  columns: {
    opened: '时间',
    words: ['内容'],
    type: { column: '类别' },
    body: { column: '单位', kind: 'township' },
    area: { by: 'names', columns: [{ column: '街道', level: 'town' }] },
  },
};
const mapFile = write('map.json', JSON.stringify(map));

/** Invented: two kinds, each said in three ways, in four streets, every day for five months. */
const said = [
  ['路灯', '供电所', ['路灯太暗', '晚上路灯坏了', '路灯一直闪']],
  ['垃圾', '环卫所', ['垃圾没人清', '垃圾桶满了', '垃圾堆在路口']],
] as const;
const rows = Array.from({ length: 150 }, (_, day) => {
  const [type, body, texts] = said[day % 2] as (typeof said)[number];
  const at = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
  return `k${day},${at} 08:30,${texts[day % 3]},${type},${body},${'东南西北'[Math.floor(day / 2) % 4]}街`;
});
const cases = write('cases.csv', ['编号,时间,内容,类别,单位,街道', ...rows].join('\n'));

async function evaluated(files: { cases: string; map: string }) {
  const results: unknown[] = [];
  const lines: string[] = [];
  const terminal: Terminal = {
    language: 'zh',
    json: true,
    say: ({ zh }) => void lines.push(zh),
    line: (text) => void lines.push(text),
    result: (value) => void results.push(value),
    progress: () => ({ to: () => undefined, done: () => undefined }),
  };
  await evaluateClassification(terminal, files);
  return { told: results[0], lines };
}

describe('试算分类和责任单位', () => {
  it('学头三个月，考后面的；和总报最多的并列', async () => {
    const { told, lines } = await evaluated({ cases, map: mapFile });
    expect(told).toMatchObject({
      rows: 150,
      months: ['2026-04', '2026-05'],
      cases: 60,
      types: { ours: { top1: 1, top3: 1 }, majority: { top1: 0.5 } },
      bodies: { ours: { top1: 1, top3: 1 } },
      perBody: [
        { body: '供电所', cases: 30, top1: 1 },
        { body: '环卫所', cases: 30, top1: 1 },
      ],
    });
    expect(lines.join('\n')).toContain('分类排第一 100.0%');
  });

  it('读不懂的行不算在内，数得出来', async () => {
    const more = write(
      'more.csv',
      ['编号,时间,内容,类别,单位,街道', ...rows, 'x,昨天,路灯,路灯,供电所,东街'].join('\n'),
    );
    const { told, lines } = await evaluated({ cases: more, map: mapFile });
    expect(told).toMatchObject({ rows: 150 });
    expect(lines[0]).toContain('1 行');
  });

  it('对照表没有答案的列、月份不够、没有文件，各说清楚', async () => {
    const { type: _, ...columns } = map.columns;
    const noAnswer = write('no-answer.json', JSON.stringify({ ...map, columns }));
    await expect(evaluated({ cases, map: noAnswer })).rejects.toMatchObject({ code: 'cli.nothing_to_classify' });
    const short = write('short.csv', ['编号,时间,内容,类别,单位,街道', ...rows.slice(0, 40)].join('\n'));
    await expect(evaluated({ cases: short, map: mapFile })).rejects.toMatchObject({ code: 'cli.too_few_months' });
    const none = join(folder, 'none');
    await expect(evaluated({ cases, map: none })).rejects.toMatchObject({ code: 'import.no_file' });
    await expect(evaluated({ cases: none, map: mapFile })).rejects.toMatchObject({ code: 'import.no_file' });
  });
});
