import { expect, it } from 'vitest';
import { fill } from './words.ts';

it('两种语言都填入同一个值，数字也行', () => {
  const text = { zh: '请等 {seconds} 秒', en: 'wait {seconds} seconds' };
  expect(fill(text, { seconds: 7 })).toEqual({ zh: '请等 7 秒', en: 'wait 7 seconds' });
});

it('值本身分中英文时，各填各的', () => {
  const body = { zh: '供水公司', en: 'the water company' };
  expect(fill({ zh: '已派给{body}', en: 'given to {body}' }, { body })).toEqual({
    zh: '已派给供水公司',
    en: 'given to the water company',
  });
});

it('没有给值的名字原样留着，好让人看见漏了什么', () => {
  expect(fill({ zh: '{a}和{b}', en: '{a} and {b}' }, { a: '甲' })).toEqual({ zh: '甲和{b}', en: '甲 and {b}' });
});

it('填入的内容里有花括号，不会再被当成名字', () => {
  expect(fill({ zh: '{a}{b}', en: '{a}' }, { a: '{b}', b: '乙' }).zh).toBe('{b}乙');
});

it('填入的内容里有 $& 这样的符号，照样原样显示', () => {
  expect(fill({ zh: '名称：{a}', en: '{a}' }, { a: '$& $1 $$' }).zh).toBe('名称：$& $1 $$');
});

it('空文本和零也是值', () => {
  expect(fill({ zh: '[{a}{b}]', en: '' }, { a: '', b: 0 }).zh).toBe('[0]');
});
