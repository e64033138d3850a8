import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configProblems } from './config.ts';
import { allConstraints } from './constraints.ts';
import { databaseProblems } from './database/problems.ts';
import { embeddedProblems } from './embedded/index.ts';
import { allProblems, defineProblems, Problem } from './problem.ts';
import { packageRoot } from './root.ts';

const files = readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('fixtures'))
  .map((name) => ({ name, text: readFileSync(join(packageRoot, 'src', name), 'utf8') }));
const sources = files.map(({ text }) => text).join('\n');
for (const { name, text } of files) if (text.includes('defineProblems(')) await import(`../${name}`);

/** Everything a user can be told, in one list, but for what other tests make up; what is wrong is named line by line. */
const problems = [...allProblems()].filter(([code]) => !code.startsWith('test.'));

const shown = (code: string): string[] => {
  const { title, hint } = allProblems().get(code) ?? { title: { zh: '', en: '' }, hint: { zh: '', en: '' } };
  return [title.zh, hint.zh, title.en, hint.en];
};
/** Told to whoever runs the program; the exceptions are what a user meets while it runs. */
const forOperators = /^(config|cli|serve|database(?!\.(away|busy|slow|full)))\./;
const chinese = /\p{Script=Han}/u;
const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '');

describe('问题目录', () => {
  it('各部分的问题都收在同一个目录里', () => {
    expect(problems.length).toBeGreaterThan(60);
    for (const part of [
      'config',
      'database',
      'command',
      'http',
      'account',
      'area',
      'staff',
      'casefile',
      'notice',
      'cli',
    ])
      expect(
        problems.some(([code]) => code.startsWith(`${part}.`)),
        part,
      ).toBe(true);
  });

  it('编号都是“领域.原因”', () => {
    expect(problems.map(([code]) => code).filter((code) => !/^[a-z][a-z0-9_]*\.[a-z_]+$/.test(code))).toEqual([]);
  });

  it('每个问题都有中英文的标题和提示；中文里有汉字，英文里没有', () => {
    const wrong = problems.filter(
      ([, { title, hint }]) =>
        ![title.zh, hint.zh].every((text) => chinese.test(text)) ||
        [title.en, hint.en].some((text) => text.trim() === '' || chinese.test(text)),
    );
    expect(wrong.map(([code]) => code)).toEqual([]);
  });

  it('给用户看的标题一行说完，提示说下一步：都不空、不太长', () => {
    const wrong = problems.filter(
      ([code, { title, hint }]) =>
        !forOperators.test(code) &&
        (title.zh.length > 40 || title.en.length > 90 || hint.zh.length < 4 || hint.zh.length > 140),
    );
    expect(wrong.map(([code]) => code)).toEqual([]);
  });

  it('给用户看的话里没有程序内部的词', () => {
    // An operator's problems may name a setting; a user's never name a table, a type or a part of the program.
    const inner =
      /\b(null|undefined|NaN|exception|stack|SQL|constraint|transaction|deadlock|mutex|payload|regex|schema|enum|callback|zod|fastify|kysely|worker)\b|事务|死锁|主键|外键|约束|异常|堆栈|空指针|字段名/i;
    const wrong = problems.filter(([code]) => !forOperators.test(code) && shown(code).some((text) => inner.test(text)));
    expect(wrong.map(([code]) => code)).toEqual([]);
  });

  it('中文和英文要填的名字，对应的都有；没有写错的花括号', () => {
    const base = (name: string): string => name.replace(/En$/, '');
    const wrong = problems.filter(([code, { title, hint }]) => {
      const zh = [...names(title.zh), ...names(hint.zh)].map(base).sort();
      const en = [...names(title.en), ...names(hint.en)].map(base).sort();
      return zh.join() !== en.join() || shown(code).some((text) => /[{}]/.test(text.replace(/\{\w+\}/g, '')));
    });
    expect(wrong.map(([code]) => code)).toEqual([]);
  });

  it('每个问题都用得上：程序里真的会抛出它', () => {
    const constraints = new Set(allConstraints().values());
    const idle = problems
      .map(([code]) => code)
      .filter((code) => {
        const uses = sources.split(new RegExp(`['"\`]${code.replace('.', '\\.')}['"\`]`)).length - 1;
        return uses < 2 && !constraints.has(code);
      });
    expect(idle).toEqual([]);
  });

  it('约束对应的问题都在目录里', () => {
    expect([...allConstraints().values()].filter((code) => !allProblems().has(code))).toEqual([]);
  });

  it('同一个编号定义两次，程序起不来', () => {
    const kind = { status: 404, title: { zh: '无', en: 'none' }, hint: { zh: '无', en: 'none' } } as const;
    expect(() => defineProblems({ 'command.id_taken': kind })).toThrow('twice');
  });

  it('常量和编号一样', () => {
    for (const kinds of [configProblems, databaseProblems, embeddedProblems])
      for (const [name, code] of Object.entries(kinds)) expect(code).toBe(name);
  });
});

describe('一个问题', () => {
  it('标题和提示都填好参数', () => {
    const problem = new Problem('account.wait', { seconds: 30 });
    expect(problem.title.zh).toBe('试得太快了，请等 30 秒再登录');
    expect(problem.kind.status).toBe(429);
    expect(problem).toBeInstanceOf(Error);
  });

  it('不在目录里的编号是程序错误，不是用户的问题', () => {
    expect(() => new Problem('no.such').title).toThrow('not in the catalogue');
  });
});
