import { expect, test } from 'vitest';
import { marked } from './fault_marks.ts';
import { faultBox } from './page.ts';

const box = (...errors: { path: string; field: string; says: string }[]): string =>
  faultBox({ title: '有几处不对', detail: '没有保存。', code: 'input.invalid', errors });

test('哪一处不对写在那一处旁边，上面按表单上的叫法说，点了就到', () => {
  const page = marked(
    `${box({ path: 'limit.amount', field: 'limit.amount', says: '不能小于 1' })}<form><label for="amount">整改期限 <span class="soft">几天</span></label><input id="amount" name="amount" value="0"></form>`,
  );
  expect(page).toContain('<li><a href="#amount"><strong>整改期限</strong></a> 不能小于 1</li>');
  expect(page).toContain('value="0" aria-invalid="true" aria-describedby="amount-fault">');
  expect(page).toContain('<p class="late small" id="amount-fault">▲ 不能小于 1</p></form>');
});

test('一列里的第几个、连写的名字、原来有提示的、两处说同一栏的', () => {
  const page = marked(
    `${box(
      { path: 'places.2.point.lon', field: '经度（第 3 个）', says: '太大' },
      { path: 'places.4.name', field: '点位的名字（第 5 个）', says: '写了两次' },
      { path: 'rule.season.from', field: '一年里从哪天', says: '写法不对' },
    )}<label for="p">点位</label><textarea id="p" name="places" aria-describedby="how">a\nb</textarea><label for="s">从哪天</label><input id="s" name="seasonFrom">`,
  );
  expect(page).toContain('<a href="#p"><strong>点位（第 3 个）</strong></a> 太大');
  expect(page).toContain('<a href="#s"><strong>从哪天</strong></a> 写法不对');
  expect(page).toContain('aria-describedby="p-fault how"');
  expect(page).toContain('</textarea><p class="late small" id="p-fault">▲ 太大；写了两次</p>');
});

test('勾选的只在上面说；藏着的、没有的不动；写了什么都原样', () => {
  const errors = [
    { path: 'agree', field: '同意', says: '要勾' },
    { path: 'commandId', field: '操作编号', says: '<b>&' },
  ];
  const page = marked(
    `${box(...errors)}<input type="hidden" id="c" name="commandId" value="<li data-at"><label><input type="checkbox" id="agree" name="agree"> 同意</label>`,
  );
  expect(page).toContain('<input type="checkbox" id="agree" name="agree" aria-invalid="true">');
  expect(page).not.toContain('agree-fault');
  expect(page).toContain('<strong>操作编号</strong> <span>&#60;b&#62;&#38;</span>');
  const untouched = '<p>没有不对</p><input id="a" name="a">';
  expect(marked(untouched)).toBe(untouched);
});
