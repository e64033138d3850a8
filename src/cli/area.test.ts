import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inside } from '../../seeds/small/plan.ts';
import { openCounty } from '../../test/harness.ts';
import { area, report } from '../../test/telling.ts';
import type { Problem } from '../kernel/problem.ts';
import { type ActOptions, actIn, correcting, merging, moving, renaming, splitting } from './area.ts';
import type { Terminal } from './terminal.ts';

const county = await openCounty();
const { anyone, sql, runtime } = county;
const folder = mkdtempSync(join(tmpdir(), 'jingwei-acts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a person at the shell reads. */
async function read(make: ReturnType<typeof renaming>, options: ActOptions = { preview: true }): Promise<string> {
  const lines: string[] = [];
  const terminal: Terminal = {
    language: 'zh',
    json: false,
    say: ({ zh }) => void lines.push(zh),
    line: (text) => void lines.push(text),
    result: () => undefined,
    progress: () => ({ to: () => undefined, done: () => undefined }),
  };
  await actIn({ terminal, runtime, realm: 1 }, options, make);
  return lines.join('\n');
}
const refused = (make: ReturnType<typeof renaming>): Promise<Problem> =>
  read(make).then(
    () => expect.unreachable('should be refused'),
    (problem: Problem) => problem,
  );
function file(content: object): string {
  const path = join(folder, 'form.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}
const codeOf = async (place: string): Promise<string> => {
  const [row] = await sql<{ code: string }>('select code from area_version where area_id = $1 and upper_inf(valid)', [
    area(place),
  ]);
  return row?.code ?? '';
};

describe('命令行办理区域变更', () => {
  it('更名预览：旧名新名都说出来，什么也不改；办了就改', async () => {
    const said = await read(renaming('渡口第二网格', { name: '渡口西网格' }));
    expect(said).toContain('渡口第二网格 更名为 渡口西网格');
    expect(said).toContain('只是预览');
    expect(await read(renaming('渡口第二网格', { name: '渡口西网格' }), {})).toContain('已办理');
    expect((await anyone.get(`/api/areas/${area('ferry-2')}`)).body.name).toBe('渡口西网格');
  });

  it('改属预览：说归到哪里、多少案件跟着走，表名说人话', async () => {
    await report(anyone, { place: { ...inside(0, 3), words: '堤边' } });
    const said = await read(moving(await codeOf('ferry-1'), { under: await codeOf('park') }));
    expect(said).toContain('改属 青园社区');
    expect(said).toMatch(/案件：未结 [1-9]\d* 件当即随之走/);
    expect(said).not.toMatch(/casefile|obligation|dwelling|[0-9a-f]{8}-/);
  });

  it('拆分的文件只写编码：部分不用自己编号，下级和其余按编码归属', async () => {
    const code = await codeOf('ferry-2');
    const parts = [
      { name: '渡口南网格', code: `${code}81` },
      { name: '渡口北网格', code: `${code}82` },
    ];
    const said = await read(splitting(code, { form: file({ parts, rest: `${code}82` }) }));
    expect(said).toContain('新设 渡口南网格');
    expect(said).toContain('撤销 渡口西网格');
    expect(said).toMatch(/岗位 .*网格员/);
    const wrong = await refused(splitting(code, { form: file({ parts, rest: '999' }) }));
    expect(wrong.code).toBe('cli.no_part');
    const nameless = await refused(
      splitting(code, { form: file({ parts: [{ code: '1' }, parts[1]], rest: `${code}82` }) }),
    );
    expect(nameless.faults).toMatchObject([{ path: 'parts.0.name', says: { zh: '没有填写' } }, {}]);
  });

  it('改正边界：文件里写边界、谁让、谁接；预览说多少平方米划给谁', async () => {
    const border = (east: number) => ({
      type: 'Polygon',
      coordinates: [
        [
          [112.9, 28.1],
          [east, 28.1],
          [east, 28.105],
          [112.9, 28.105],
          [112.9, 28.1],
        ],
      ],
    });
    const wider = file({ boundary: border(112.906), from: ['二运第二网格'] });
    expect(await read(correcting('二运第一网格', { form: wider }))).toMatch(
      /二运第二网格 有 \d+ 平方米划给 二运第一网格/,
    );
    const narrower = file({ boundary: border(112.904) });
    expect(await read(correcting('二运第一网格', { form: narrower }))).toMatch(/留下 \d+ 平方米空档/);
    const taken = file({ boundary: border(112.906) });
    expect((await refused(correcting('二运第一网格', { form: taken }))).code).toBe('area.border_overlaps');
  });

  it('合并预览说谁撤销；认不得的区域、坏文件说清楚', async () => {
    expect(await read(merging([await codeOf('ferry-1')], { into: await codeOf('ferry-2') }))).toContain(
      '撤销 渡口第一网格',
    );
    expect((await refused(renaming('没有的村', { name: '甲' }))).code).toBe('cli.no_area');
    expect((await refused(renaming('渡口西网格', {}))).faults).toMatchObject([
      { says: { zh: '名称和编码至少填一个' } },
    ]);
    expect(() => splitting('渡口西网格', { form: join(folder, '没有.json') })).toThrow(/form_unreadable|读不了/);
  });
});
