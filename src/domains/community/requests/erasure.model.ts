import type { Words } from '../../../kernel/words.ts';

/** What goes with a record that is erased, and what stays and why: said before anybody confirms it. */
export interface ToErase {
  readonly values: number;
  readonly tellings: number;
  readonly parts: number;
  readonly marks: number;
  readonly looks: number;
  readonly visits: number;
  /** Days on which files go that told of it. */
  readonly files: readonly string[];
}

interface Erasure {
  readonly goes: Words[];
  readonly stays: (Words & { readonly why: Words })[];
}

export function erasureOf({ values, tellings, parts, marks, looks, visits, files }: ToErase): Erasure {
  const some = (n: number, zh: string, en: string): Words[] => (n === 0 ? [] : [{ zh, en }]);
  return {
    goes: [
      ...some(values, `台账里的 ${values} 项内容`, `${values} values of the ledger`),
      ...some(tellings, `${tellings} 次登记和更正的全部经过`, `the history: ${tellings} tellings`),
      ...some(parts, `合并进来的 ${parts} 条`, `${parts} records that were merged into it`),
      ...some(marks, `${marks} 个查找用的索引`, `${marks} marks by which it is found`),
      ...some(visits, `${visits} 次走访的回答和照片`, `answers and photos of ${visits} visits`),
      ...some(looks, `${looks} 次查看号码时写的理由`, `the reasons of ${looks} looks at its numbers`),
    ],
    stays: [
      ...files.map((day) => ({
        zh: `带来它的表格原件（密封，${day} 前删除）`,
        en: `a file that brought it, sealed, until ${day}`,
        why: {
          zh: '别人也在同一个文件里；过了撤回期整个文件销毁',
          en: 'others stand in the same file; it is destroyed when it can no longer be taken back',
        },
      })),
      {
        zh: '谁在什么时候登记、查看、删除过（没有内容）',
        en: 'who entered, looked and erased, and when, without what',
        why: { zh: '审计要求；里面没有这个人的信息', en: 'for the audit; it holds nothing of the person' },
      },
      ...some(visits, '走访的次数和结果', 'how often there was a visit and its result').map((words) => ({
        ...words,
        why: { zh: '只用来计数，不再知道是谁', en: 'counted only; of whom is not known any more' },
      })),
      {
        zh: '这个人报的事（案卷）',
        en: 'cases this person reported',
        why: {
          zh: '办理是法定职责，凭查询码另行请求删除报事人信息',
          en: 'dealing with them is a duty; who reported is forgotten by the tracking code',
        },
      },
      {
        zh: '这件请求本身（办结三年后删去姓名和内容）',
        en: 'this request; who asked goes three years after it was closed',
        why: { zh: '证明已经依法答复', en: 'to show that it was answered' },
      },
    ],
  };
}
