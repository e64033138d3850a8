import type { Process, Row, Table } from '../../../kernel/workflow.ts';
import type { Role } from '../../land/staff/staff.model.ts';
import {
  directiveIssuers,
  directiveOwners,
  type Facts,
  type Flag,
  flags,
  forms,
  type ItemCommand,
  type Status,
  statuses,
} from './item.model.ts';

/** Whoever owes an item says how far it is and that it is done; whoever sent it accepts it, returns it or changes it. */
export interface ItemProcess extends Process {
  readonly command: ItemCommand;
  readonly status: Status;
  readonly flag: Flag;
  readonly role: Role;
  readonly facts: Facts;
}

export const carryOutDuty = 'directive.carry_out';
export const acceptDuty = 'directive.accept';

const owing = { roles: [...directiveOwners], ground: 'duty', duty: carryOutDuty } as const;
const helping = { roles: [...directiveOwners], ground: 'named' } as const;
const issuing = { roles: [...directiveIssuers], ground: 'area' } as const;
/** Also where the post lies elsewhere and the duty was handed to it. */
const accepting = { roles: [...directiveIssuers], ground: 'duty', duty: acceptDuty } as const;

const another = {
  name: 'another',
  says: { zh: '报办成的人不能自己验收', en: 'whoever reported it done does not accept it' },
  allows: ({ doneBy }: Facts, { personId }: { personId: string | null }) => personId !== doneBy,
};

const named = (zh: string, en: string): Row<ItemProcess>['words'] => ({ zh, en });

// biome-ignore format: a table is read by its rows
const rows = {
  progress: { words: named('记进展', 'say how far it is'), from: ['sent'], to: 'same', by: [owing, helping],
    form: forms.progress, entry: 'directive_item.progressed' },
  report_done: { words: named('报办成', 'report it done'), from: ['sent'], to: 'done', by: [owing], lowers: ['returned'],
    form: forms.report_done, entry: 'directive_item.reported_done' },
  accept: { words: named('验收', 'accept'), from: ['done'], to: 'accepted', by: [issuing, accepting], guards: [another],
    form: forms.accept, entry: 'directive_item.accepted' },
  return: { words: named('退回重办', 'return'), from: ['done'], to: 'sent', by: [issuing, accepting], raises: ['returned'],
    form: forms.return, entry: 'directive_item.returned' },
  move_deadline: { words: named('改期限', 'move the deadline'), from: ['sent'], to: 'same', by: [issuing],
    form: forms.move_deadline, entry: 'directive_item.deadline_moved' },
  withdraw: { words: named('撤回', 'withdraw'), from: ['sent', 'done'], to: 'withdrawn', by: [issuing],
    form: forms.withdraw, entry: 'directive_item.withdrawn' },
} as const satisfies Record<ItemCommand, Row<ItemProcess>>;

export const itemTable: Table<ItemProcess> = {
  name: 'directive_item',
  subject: { zh: '事项', en: 'item' },
  statuses,
  flags,
  rows,
};
