import { checkDigitOf } from '../src/domains/land/registry/fields/value.model.ts';

const titles = '序号 姓名 性别 出生日期 身份证号码 联系电话 所属网格 楼栋 门牌号 是否独居'.split(' ');
const families = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许'.split('');
const given = '安宁平顺和乐康泰祥瑞福禄寿喜春夏秋冬松柏'.split('');

/** Digits are no name: a row with them is refused. */
export const nameAt = (i: number): string =>
  `${families[i % 20]}${given[Math.floor(i / 20) % 20]}${given[(i * 3) % 20]}`;

/** A spreadsheet of so many invented people, a door each, who all live alone in one grid. */
export function peopleIn(count: number): Buffer {
  const rows = Array.from({ length: count }, (_, i) => {
    const isMan = i % 2 === 0;
    const born = `${1935 + ((i * 7) % 80)}-${two(1 + (i % 12))}-${two(1 + ((i * 5) % 28))}`;
    const head = `439901${born.replaceAll('-', '')}${two(Math.floor(i / 5) % 100)}${(i % 5) * 2 + (isMan ? 1 : 0)}`;
    const who = [nameAt(i), isMan ? '男' : '女', born, `${head}${checkDigitOf(head)}`];
    const phone = `139${String(10_000_000 + i * 37).slice(0, 8)}`;
    const door = [String(1 + Math.floor(i / 20)), String(101 + (i % 20))];
    return [String(i + 1), ...who, phone, '二运第一网格', ...door, '是'];
  });
  return Buffer.from([titles, ...rows].map((row) => row.join(',')).join('\n'));
}

const two = (n: number): string => String(n).padStart(2, '0');
