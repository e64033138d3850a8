import type { Question, Widget } from '../../domains/land/registry/forms/form.model.ts';
import type { AnyLedgerCode } from '../../domains/land/registry/ledger.model.ts';
import { results, resultWordsOf } from '../../domains/work/campaigns/result.model.ts';
import type { Words } from '../../kernel/words.ts';
import { speakable } from '../open311/forms.ts';
import { codeSent, conditionSaid, limitSaid, type PathOf } from './xpath.model.ts';

/**
 * A form of ours as an XForm (getodk.github.io/xforms-spec): who was visited, what came of it, and the questions, in Chinese
 * and English. Whom there is to visit comes in a file beside it. Pure.
 */
export interface FormToSend {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly ledger: AnyLedgerCode;
  readonly questions: readonly Question[];
}

export const PEOPLE = 'people.csv';

/** A signature of ours is a drawn line, which no other client draws; a photo would come as a file, which is not taken yet. */
export const isSendable = (questions: readonly Question[]): boolean =>
  questions.every(({ widget, of = [] }) => widget !== 'signature' && widget !== 'photo' && isSendable(of));

/**
 * Questions whose answer may be known already and on which no other hangs: those are not asked again. The rest is asked,
 * since what is known is not told to the phone.
 */
export function spared(questions: readonly Question[]): readonly Question[] {
  const hung = JSON.stringify(questions.map(({ when }) => when ?? null));
  return questions.filter(({ name, field }) => field !== undefined && !hung.includes(`"question":"${name}"`));
}

const ANSWERS = '/data/answers';
const KNOWN = `instance('people')/root/item[name = /data/person]/known_`;

interface Sent {
  readonly texts: Map<string, Words>;
  readonly binds: string[];
  readonly spared: ReadonlySet<string>;
}

export function xformOf({ id, version, title, ledger, questions }: FormToSend): string {
  const sent: Sent = { texts: new Map(), binds: [], spared: new Set(spared(questions).map(({ name }) => name)) };
  const body = questions.map((question) => control(sent, question, questions, ANSWERS)).join('\n');
  const who = labelled(sent, 'person', { zh: '走访谁', en: 'Who is visited' });
  const what = labelled(sent, 'result', { zh: '走访的结果', en: 'What came of it' });
  const whats = results.map((one) => item(labelled(sent, `result-${one}`, resultWordsOf(ledger)[one]), one)).join('');
  return speakable(`<?xml version="1.0" encoding="utf-8"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<h:head><h:title>${xml(title)}</h:title>
<model>
<itext>${languages(sent)}</itext>
<instance><data id="${xml(id)}" version="${xml(version)}"><person/><result/><answers>${nodes(questions)}</answers><meta><instanceID/><instanceName/><timeEnd/></meta></data></instance>
<instance id="people" src="jr://file-csv/${PEOPLE}"/>
<bind nodeset="/data/person" type="string" required="true()"/>
<bind nodeset="/data/result" type="string" required="true()"/>
<bind nodeset="/data/answers" relevant="/data/result = 'done'"/>
${sent.binds.join('\n')}
<bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>
<bind nodeset="/data/meta/instanceName" type="string" readonly="true()" calculate="${xml(`concat(${quoted(title)}, ' ', instance('people')/root/item[name = /data/person]/label)`)}"/>
<bind nodeset="/data/meta/timeEnd" type="dateTime" readonly="true()" jr:preload="timestamp" jr:preloadParams="end"/>
</model>
</h:head>
<h:body>
<select1 ref="/data/person" appearance="minimal autocomplete">${who}<itemset nodeset="instance('people')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>
<select1 ref="/data/result">${what}${whats}</select1>
<group ref="/data/answers">
${body}
</group>
</h:body>
</h:html>
`);
}

/** Empty nodes in their order; of rows none, so that one is there only when somebody adds it. */
const nodes = (questions: readonly Question[]): string =>
  questions.map(({ name, of }) => (of ? `<${name} jr:template="">${nodes(of)}</${name}>` : `<${name}/>`)).join('');

const types: Partial<Record<Widget, string>> = {
  ...{ integer: 'int', decimal: 'decimal', money: 'decimal', date: 'date', place: 'geopoint', barcode: 'barcode' },
};

function control(sent: Sent, question: Question, siblings: readonly Question[], at: string): string {
  const { name, ask, askEn, hint, hintEn, widget, of } = question;
  const path = `${at}/${name}`;
  sent.binds.push(bind(sent, question, siblings, at));
  const said = labelled(sent, path, { zh: ask, en: askEn ?? ask });
  const help = hint === undefined ? '' : hinted(sent, path, { zh: hint, en: hintEn ?? hint });
  if (of) {
    const inside = of.map((one) => control(sent, one, of, path)).join('');
    return `<group ref="${path}">${said}<repeat nodeset="${path}">${inside}</repeat></group>`;
  }
  if (widget === 'choice' || widget === 'choices' || widget === 'yes_no') {
    const tag = widget === 'choices' ? 'select' : 'select1';
    return `<${tag} ref="${path}">${said}${help}${choices(sent, question, path)}</${tag}>`;
  }
  const look = widget === 'paragraph' ? ' appearance="multiline"' : '';
  return `<input ref="${path}"${look}>${said}${help}</input>`;
}

const yesNo = [
  { code: 'yes', label: '是', en: 'Yes' },
  { code: 'no', label: '否', en: 'No' },
] as const;

function choices(sent: Sent, question: Question, path: string): string {
  const options = question.widget === 'yes_no' ? yesNo : (question.options ?? []);
  return options
    .map(({ code, label, en }, i) =>
      item(labelled(sent, `${path}-${i}`, { zh: label, en: en ?? label }), codeSent(question, code)),
    )
    .join('');
}

const item = (label: string, value: string): string => `<item>${label}<value>${xml(value)}</value></item>`;

function bind({ spared: known }: Sent, question: Question, siblings: readonly Question[], at: string): string {
  const { name, widget, when, required } = question;
  const pathOf: PathOf = (other) => (at === ANSWERS ? `${ANSWERS}/${other}` : `../${other}`);
  const isSpared = at === ANSWERS && known.has(name);
  const asked = [
    ...(when === undefined ? [] : [conditionSaid(when, siblings, pathOf)]),
    ...(isSpared ? [`not(${KNOWN}${name} = 'fresh')`] : []),
  ];
  const limit = limitSaid(question);
  const needed = isSpared ? `not(${KNOWN}${name} = 'old')` : 'true()';
  const parts = {
    nodeset: `${at}/${name}`,
    ...(widget === 'repeat' ? {} : { type: types[widget] ?? 'string' }),
    ...(widget === 'note' ? { readonly: 'true()' } : {}),
    ...(asked.length > 0
      ? { relevant: asked.length > 1 ? asked.map((one) => `(${one})`).join(' and ') : asked[0] }
      : {}),
    ...(required && widget !== 'note' && widget !== 'repeat' ? { required: needed } : {}),
    ...(limit === null ? {} : { constraint: limit }),
  };
  return `<bind ${Object.entries(parts)
    .map(([key, value]) => `${key}="${xml(value ?? '')}"`)
    .join(' ')}/>`;
}

function labelled({ texts }: Sent, path: string, words: Words): string {
  texts.set(`${path}:label`, words);
  return `<label ref="jr:itext('${path}:label')"/>`;
}

function hinted({ texts }: Sent, path: string, words: Words): string {
  texts.set(`${path}:hint`, words);
  return `<hint ref="jr:itext('${path}:hint')"/>`;
}

function languages({ texts }: Sent): string {
  const of = (language: keyof Words): string =>
    [...texts]
      .map(([id, words]) => `<text id="${id}"><value>${xml(speakable(words[language]))}</value></text>`)
      .join('');
  return `<translation lang="中文 (zh)" default="true()">${of('zh')}</translation><translation lang="English (en)">${of('en')}</translation>`;
}

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
export const xml = (text: string): string => text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
const quoted = (text: string): string => `'${text.replaceAll("'", '’')}'`;
