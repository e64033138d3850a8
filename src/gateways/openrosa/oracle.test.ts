import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Answers,
  askedOf,
  type Condition,
  type Question,
  readAnswers,
} from '../../domains/land/registry/forms/form.model.ts';
import { xformOf } from './xform.model.ts';
import { codeSent } from './xpath.model.ts';

/**
 * The engine of ODK reads every form we make and judges answers as we do. It brings 37 MB with it, so it is no dependency:
 * JINGWEI_XFORMS_ENGINE names a folder in which `npm install @getodk/xforms-engine@0.22.0 jsdom@26` was carried out.
 */
const folder = process.env.JINGWEI_XFORMS_ENGINE;

interface Part {
  readonly nodeType: string;
  readonly currentState: {
    readonly reference: string;
    readonly relevant: boolean;
    readonly children: readonly Part[] | null;
  };
  readonly validationState: { readonly constraint: { readonly valid: boolean } | null };
  readonly setValue?: (value: string) => void;
  readonly selectValue?: (value: string) => void;
  readonly selectValues?: (values: readonly string[]) => void;
}
interface Engine {
  loadForm(xml: string, options: object): Promise<{ status: string; error?: Error; createInstance(): { root: Part } }>;
}

async function openEngine(at: string): Promise<Engine> {
  const need = createRequire(join(at, 'node_modules', 'x.js'));
  const { JSDOM } = need('jsdom');
  const { window } = new JSDOM('');
  const names = 'document Document XMLDocument DOMParser XMLSerializer Node Element Attr Text Comment CharacterData';
  for (const name of `${names} XPathResult NodeFilter CDATASection ProcessingInstruction DocumentType`.split(' '))
    Object.assign(globalThis, { [name]: window[name] });
  Object.assign(globalThis, { window: globalThis, __dirname: at, require: need });
  const at_ = join(at, 'node_modules', '@getodk', 'xforms-engine');
  const { exports, main } = JSON.parse(readFileSync(join(at_, 'package.json'), 'utf8'));
  const entry = exports?.['.']?.import?.default ?? exports?.['.']?.import ?? exports?.['.'] ?? main;
  return import(pathToFileURL(join(at_, typeof entry === 'string' ? entry : './dist/index.js')).href);
}

const options = ['a b', 'c', "d'e", '子女'].map((code) => ({ code, label: code }));
const plain = fc.constantFrom<Question['widget']>(
  'text',
  'integer',
  'decimal',
  'yes_no',
  'choice',
  'choices',
  'paragraph',
);

const heard = (before: readonly Question[]): fc.Arbitrary<Extract<Condition, { question: string }>> =>
  fc.constantFrom(...before).chain((question): fc.Arbitrary<Extract<Condition, { question: string }>> => {
    const { name, widget } = question;
    const answered = fc.constant({ question: name, is: 'answered' as const });
    const told = (is: 'equals' | 'has', value: fc.Arbitrary<string>) =>
      value.map((one) => ({ question: name, is, value: one }));
    if (widget === 'yes_no') return fc.oneof(answered, told('equals', fc.constantFrom('yes', 'no')));
    if (widget === 'choice' || widget === 'choices')
      return fc.oneof(answered, told('has', fc.constantFrom(...options.map(({ code }) => code))));
    if (widget !== 'integer') return answered;
    const number = fc.integer({ min: -3, max: 12 }).map(String);
    const order = fc.constantFrom('at_least' as const, 'at_most' as const);
    return fc.oneof(
      answered,
      fc.tuple(order, number).map(([is, value]) => ({ question: name, is, value })),
    );
  });

const condition = (before: readonly Question[]): fc.Arbitrary<Condition | undefined> => {
  if (before.length === 0) return fc.constant(undefined);
  const some = fc.array(heard(before), { minLength: 1, maxLength: 3 });
  const not = heard(before).map((one) => ({ not: one }));
  return fc.oneof(
    fc.constant(undefined),
    heard(before),
    some.map((all) => ({ all })),
    some.map((either) => ({ any: either })),
    not,
  );
};

const form = fc.array(plain, { minLength: 2, maxLength: 6 }).chain((widgets) =>
  widgets.reduce<fc.Arbitrary<Question[]>>(
    (made, widget, i) =>
      made.chain((before) =>
        condition(before).map((when): Question[] => [
          ...before,
          {
            ...{ name: `q${i}`, ask: `第 ${i} 问 <&>`, widget, required: false },
            ...(widget === 'integer' || widget === 'decimal' ? { least: 0, most: 9 } : {}),
            ...(widget === 'choice' || widget === 'choices' ? { options } : {}),
            ...(when === undefined ? {} : { when }),
          },
        ]),
      ),
    fc.constant([]),
  ),
);

const codes = fc.uniqueArray(fc.constantFrom(...options.map(({ code }) => code)), { minLength: 1 });
function answer({ widget }: Question): fc.Arbitrary<string | string[]> {
  if (widget === 'integer' || widget === 'decimal') return fc.integer({ min: -3, max: 12 }).map(String);
  if (widget === 'yes_no') return fc.constantFrom('yes', 'no');
  if (widget === 'choice') return codes.map(([one = 'c']) => one);
  return widget === 'choices' ? codes : fc.constantFrom('甲', 'x'.repeat(201));
}
const filled = form.chain((questions) =>
  fc.tuple(...questions.map((question) => fc.option(answer(question)))).map((answers) => ({
    questions,
    answers: Object.fromEntries(
      questions.flatMap(({ name }, i) =>
        answers[i] === null ? [] : [[name, answers[i] as string | string[]] as const],
      ),
    ) as Answers,
  })),
);

const partsOf = (part: Part): Part[] => (part.currentState.children ?? []).flatMap((one) => [one, ...partsOf(one)]);

function give(part: Part, question: Question, value: string | readonly string[]): void {
  const isOne = question.widget === 'choice' || question.widget === 'yes_no';
  if (typeof value !== 'string') part.selectValues?.(value.map((code) => codeSent(question, code)));
  else if (isOne) part.selectValue?.(value);
  else part.setValue?.(value);
}

describe.skipIf(folder === undefined)('ODK 自己的引擎（JINGWEI_XFORMS_ENGINE）', () => {
  it('每张表都读得进；问不问、范围对不对，和我们说的一样', async () => {
    const { loadForm } = await openEngine(folder ?? '');
    const attachments = async () =>
      new Response('name,label\r\np1,甲\r\n', { headers: { 'content-type': 'text/csv' } });
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(filled, async ({ questions, answers }) => {
        const read = await loadForm(xformOf({ id: 'a', version: '1-1', title: '试', ledger: 'residents', questions }), {
          fetchFormAttachment: attachments,
        });
        expect(read.status, read.error?.message).toBe('success');
        const { root } = read.createInstance();
        const at = (path: string) => partsOf(root).find(({ currentState }) => currentState.reference === path);
        at('/data/result')?.selectValue?.('done');
        for (const question of askedOf(questions, answers)) {
          const value = answers[question.name];
          const part = at(`/data/answers/${question.name}`);
          expect(part?.currentState.relevant, question.name).toBe(true);
          if (part && value !== undefined) give(part, question, value as string | string[]);
        }
        const ours = new Set(askedOf(questions, answers).map(({ name }) => name));
        const faults = new Set(readAnswers(questions, answers, '2026-01-01').faults.map(({ path }) => path));
        for (const { name } of questions) {
          const part = at(`/data/answers/${name}`);
          expect(part?.currentState.relevant, name).toBe(ours.has(name));
          expect(part?.validationState.constraint?.valid ?? true, name).toBe(!faults.has(name));
          asked += 1;
        }
      }),
      { numRuns: 150 },
    );
    expect(asked).toBeGreaterThan(300);
  }, 300_000);
});
