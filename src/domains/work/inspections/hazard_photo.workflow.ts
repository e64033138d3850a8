import { z } from 'zod';
import type { Process, Row, Table } from '../../../kernel/workflow.ts';
import type { Role } from '../../land/staff/staff.model.ts';
import type { HazardPicture } from '../photos/holder.model.ts';
import { type Facts, type Flag, finders, flags, inBody, type Status, statuses } from './hazard.model.ts';
import { hazardTable, rectifyDuty } from './hazard.workflow.ts';

/** Who may show what of a hazard when: one table more over its statuses. A photo never moves the hazard. */
export interface HazardPhotoProcess extends Process {
  readonly command: HazardPicture;
  readonly status: Status;
  readonly flag: Flag;
  readonly role: Role;
  readonly facts: Facts;
}

type PhotoRow = Row<HazardPhotoProcess>;
const { check_off: check } = hazardTable.rows;
/** Who says that it is put right does not show that it is. */
const sameGuards = (check.guards ?? []).map((guard) => ({ ...guard }));
// Whoever goes round and may read it at all: also the group of an inspection, which comes from elsewhere.
const common = { to: 'same', form: z.strictObject({}), entry: 'hazard.photo_added' } as const;
const byBody = { roles: [...inBody], ground: 'duty', duty: rectifyDuty } as const;
const named = (zh: string, en: string): PhotoRow['words'] => ({ zh, en });

// biome-ignore format: a table is read by its rows
const rows = {
  before: { ...common, words: named('上传整改前照片', 'add photos of what was found'), from: ['found', 'rectifying'], by: [{ roles: [...finders], ground: 'any' }, byBody] },
  after: { ...common, words: named('上传整改后照片', 'add photos of what was put right'), from: ['found', 'rectifying'], by: [byBody] },
  check: { ...common, words: named('上传复查照片', 'add photos of the second look'), from: ['rectified'], by: [...check.by], guards: sameGuards },
} as const satisfies Record<HazardPicture, PhotoRow>;

export const hazardPhotoTable: Table<HazardPhotoProcess> = {
  ...{ name: 'hazard_photo', subject: hazardTable.subject, statuses, flags, rows },
};
