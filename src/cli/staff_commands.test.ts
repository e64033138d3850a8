import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { openShell } from './fixtures/shell.ts';

/* The commands about staff, at the shell: their words, their exit codes, what a script reads. */
const county = await openCounty();
const { asked, refused, file, path } = openShell(county);

describe('人员的命令', { timeout: 400_000 }, () => {
  it('导入、补打启用单；说错给谁、文件名都拒绝，什么都不写', async () => {
    const table = file(
      'staff.csv',
      '姓名,手机,账号,岗位,区域\n贾明,13900006001,jiaming,网格长,青园第一网格\n贾静,,,网格长,没有的\n',
    );
    const { code, json } = await asked('import', 'staff', table, '--slips', path('slips.html'));
    expect(code, '有拒绝的行').toBe(3);
    expect(json).toMatchObject({
      rows: 2,
      created: 1,
      refused: [{ row: 3, problem: 'roster.area' }],
      slips: [path('slips.html')],
    });
    expect(json.verdicts).toEqual([{ row: 2, verdict: 'created', did: ['post', 'person', 'account', 'holding'] }]);
    expect(statSync(path('slips.html')).mode & 0o777).toBe(0o600);

    await refused('cli.slip_for_whom', 'account', 'slip', '--slips', path('b.html'));
    await refused('cli.file_exists', 'account', 'slip', 'jiaming', '--slips', path('slips.html'));
    await refused('account.not_found', 'account', 'slip', 'nobody', '--slips', path('b.html'));
    expect(() => statSync(path('b.html')), '不留空文件').toThrow();
    const again = await asked('account', 'slip', 'jiaming', '--slips', path('b.html'));
    expect(again.json).toEqual({ slips: [path('b.html')], logins: ['jiaming'] });
    expect(again.err).toContain('手机打不开');
    const token = (page: string) => /\d\.[0-9A-Z-]{23}/.exec(readFileSync(page, 'utf8'))?.[0] ?? '';
    const look = (page: string) => county.anyone.post('/api/activation/look', { token: token(page) });
    expect((await look(path('slips.html'))).body.code).toBe('activation.void');
    expect((await look(path('b.html'))).body).toMatchObject({ login: 'jiaming', name: '贾明' });
  });

  it('责任链：一个数，打开是清单；写错的数拒绝', async () => {
    const { json } = await asked('responsibility', '--area', '439901001');
    const count = json.findings.find(
      ({ finding }: { finding: string }) => finding === 'area_without_responsible',
    ).count;
    expect(count).toBeGreaterThan(0);
    const list = await asked('responsibility', '--area', '439901001', '--list', 'area_without_responsible');
    expect(list.json.lines).toHaveLength(count);
    await refused('cli.form_invalid', 'responsibility', '--most-posts', 'many');
  });

  it('移交：先看，再办；找不到、分不清、不在岗位上的都拒绝', async () => {
    const shown = await asked('handover', 'dingyi', '何静', '--preview');
    expect(shown.json).toMatchObject({ preview: true, from: '丁一', to: '何静', posts: [{}, {}] });
    await refused('cli.nobody', 'handover', 'dingyi', '没有这个人');
    await refused(
      'cli.no_post',
      'handover',
      'dingyi',
      '何静',
      '--post',
      '派遣员@没有的单位'.replace('没有的单位', '渡口村'),
    );
    const done = await asked('handover', 'dingyi', '何静', '--post', '派遣员@临河镇');
    expect(done.json).toMatchObject({ preview: false, receipt: { posts: [shown.json.posts[0].postId] } });
    await refused('handover.not_theirs', 'handover', 'dingyi', '何静', '--post', '派遣员@临河镇');
  });

  it('临时组织：成立、列出、撤销', async () => {
    const plan = {
      ...{
        name: '城东防汛临时总支',
        purpose: '防汛',
        until: '2099-12-31',
        area: '城东街道',
        areas: ['城东街道/青园社区'],
      },
      posts: [
        { role: '部门负责人', people: ['jiangtao'] },
        { role: '处置人员', people: ['高明', '郑海'] },
      ],
    };
    const form = file('plan.json', JSON.stringify(plan));
    expect((await asked('organisation', 'raise', form)).json).toMatchObject({ posts: 2, members: 3 });
    await refused('staff.body_name_taken', 'organisation', 'raise', form);
    expect((await asked('organisation', 'list')).json).toMatchObject([
      { name: plan.name, temporaryUntil: '2099-12-31' },
    ]);
    expect((await asked('organisation', 'stand-down', plan.name, '--preview')).json).toMatchObject({
      preview: true,
      left: [],
      duties: [],
    });
    expect((await asked('organisation', 'stand-down', plan.name)).json).toMatchObject({
      posts: 2,
      holdings: 3,
      charges: 1,
    });
    await refused('cli.no_body', 'organisation', 'stand-down', plan.name);
  });
});
