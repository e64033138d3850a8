import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../../test/harness.ts';
import { invented } from '../fixtures/people.ts';

/** People of whom a file tells no number, no telephone, no birthday and no door: who is known, who is new, and who cannot be told. */
const { as, settle, sql } = await openCounty();
const head = await as('孙丽');
const TITLES = ['姓名', '性别', '现住址', '联系电话', '身份证号'];

async function bring(rows: readonly (readonly string[])[], isTaken = true) {
  const bytes = Buffer.from([TITLES, ...rows].map((row) => row.join(',')).join('\n'));
  const form = { commandId: randomUUID(), areaId: idOf(1, 'area', 'station'), toldOn: '2026-02-28' };
  const sent = await head.upload('/api/ledger-batches', form, [{ name: '居民.csv', bytes }]);
  expect(sent).toMatchObject({ status: 200 });
  await settle();
  const at = `/api/ledger-batches/${sent.body.batchId}`;
  const looked = (await head.get(at)).body;
  if (isTaken) {
    await head.post(`${at}/take`);
    await settle();
    expect((await head.get(at)).body.counts).toEqual(looked.counts);
  }
  const said = looked.told.flatMap(({ faults }: { faults: { says: { zh: string } }[] }) => faults[0]?.says.zh ?? []);
  return { counts: looked.counts, said };
}
const registered = async () => (await sql('select 1 from ledger_record')).length;

describe('没有号码的人', () => {
  it('只有姓名、性别、现住址的表传两次：第二次都认得，一个也不多', async () => {
    const rows = [
      ['白一山', '男', '二运巷 1 号'],
      ['白二河', '女', '二运巷 1 号'],
      ['白三水', '男', ''],
      ['白四木', '女', ''],
    ];
    expect((await bring(rows)).counts).toEqual({ new: 4 });
    expect((await bring(rows)).counts).toEqual({ same: 4 });
    expect(await registered()).toBe(4);
  });

  it('同名住在同一处的是同一个人，后来有了电话也认得；住别处的是另一个人', async () => {
    const { phone } = invented(900);
    expect((await bring([['白一山', '男', '二运巷 1 号', phone]])).counts).toEqual({ changed: 1 });
    expect((await bring([['白一山', '男', '二运巷 9 号']])).counts).toEqual({ new: 1 });
    // Two of one name and one address, with two telephones, are two.
    expect((await bring([['白一山', '男', '二运巷 1 号', invented(901).phone]])).counts).toEqual({ new: 1 });
    expect(await registered()).toBe(6);
  });

  it('只有名字、又和已登记的对不上：不悄悄新增，说为什么；性别不同的是另一个人', async () => {
    const { counts, said } = await bring([
      ['白一山', '男', ''],
      ['白一山', '男', '二运巷 1 号'],
      ['白三水', '男', '二运巷 3 号'],
      ['白三水', '女', ''],
    ]);
    expect(counts).toEqual({ refused: 3, new: 1 });
    const first = '（是已登记的那一位，先在他的台账里补上同样的一项）';
    expect(said).toEqual([
      `同名的已有 3 人，认不出是不是同一个人；请加上身份证号、电话、出生日期或住址${first}`,
      '台账里有 2 条对得上，请在表里写得更全',
      `同名的已有 1 人，认不出是不是同一个人；请加上身份证号、电话或出生日期${first}`,
    ]);
    expect(await registered()).toBe(7);
  });

  it('同一张表里也一样：住同一处的是重复，只有名字的认不出', async () => {
    const { counts, said } = await bring([
      ['黑一山', '男', '二运巷 5 号'],
      ['黑一山', '男', '二运巷 5 号'],
      ['黑二河', '男', ''],
      ['黑二河', '男', ''],
      ['黑二河', '女', ''],
      ['黑三水', '男', '二运巷 5 号'],
      ['黑三水', '男', '二运巷 6 号'],
    ]);
    expect(counts).toEqual({ new: 5, duplicate: 1, refused: 1 });
    expect(said[1]).toBe('与 csv 第 4 行同名，认不出是不是同一个人；请加上身份证号、电话、出生日期或住址');
  });

  it('有身份证号的按号认；号没有登记过的是新来的人', async () => {
    const [one, two] = [invented(902), invented(904)];
    expect((await bring([['白五金', one.sex, '', '', one.id]])).counts).toEqual({ new: 1 });
    expect((await bring([['白五金', two.sex, '', '', two.id]])).counts).toEqual({ new: 1 });
    expect((await bring([['白五金', two.sex, '二运巷 7 号', '', two.id]])).counts).toEqual({ changed: 1 });
  });
});
