import { randomUUID } from 'node:crypto';
import { idOf } from '../../seeds/small/plan.ts';
import { invented, rowOf, titles } from '../../src/domains/land/registry/fixtures/people.ts';
import type { Id } from '../../src/kernel/id.ts';
import { blankBook } from '../fixtures/blank_book.ts';
import type { County } from '../harness.ts';

/** Residents of two communities, whose names, numbers and telephones nobody meets by accident. */
export interface Resident {
  readonly id: Id;
  readonly realm: number;
  readonly place: string;
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  /** Who sent the file, and may have it back. */
  readonly by: Id;
}

export interface Ledgers {
  readonly residents: readonly Resident[];
  readonly templates: Ledgers['batches'];
  /** Files that were made, of a whole community with its numbers in full. */
  readonly exports: Ledgers['batches'];
  readonly batches: readonly { readonly id: Id; readonly realm: number; readonly place: string; readonly by: Id }[];
}

export const fileName = '暗语〔文件名〕.csv';
export const blankName = '暗语〔空表〕.xlsx';

export async function plantLedgers(county: County): Promise<Ledgers> {
  const station = await bring(county, 'sunli', '孙丽', 'station', ['station-1', '二运第一网格'], 900);
  const ferry = await bring(county, 'luohe', '罗河', 'ferry', ['ferry-1', '渡口第一网格'], 910);
  return {
    residents: [...station.residents, ...ferry.residents],
    batches: [station.batch, ferry.batch],
    templates: [station.template, ferry.template],
    exports: [...station.exports, ...ferry.exports],
  };
}

/** A row that is refused besides: what is wrong in it is kept with its batch. */
async function bring(
  county: County,
  login: string,
  by: string,
  community: string,
  [key, grid]: readonly [string, string],
  from: number,
) {
  const head = await county.as(by);
  const people = [from, from + 1].map((i) => ({ ...invented(i, grid), name: `暗语〔居民·${key}·${i}〕` }));
  const rows = [
    ...people.map((one, i) => rowOf(one, i)),
    rowOf({ ...invented(from + 2, grid), name: `暗语〔错行·${key}〕` }, 2).with(5, '12'),
  ];
  const bytes = Buffer.from([titles, ...rows].map((row) => row.join(',')).join('\n'));
  const form = { commandId: randomUUID(), areaId: idOf(1, 'area', community), toldOn: '2026-03-01' };
  const sent = await head.upload('/api/ledger-batches', form, [{ name: fileName, bytes }]);
  await county.settle();
  const taken = await head.post(`/api/ledger-batches/${sent.body.batchId}/take`);
  if (taken.status !== 200) throw new Error(JSON.stringify([sent.body, taken.body]));
  await county.settle();
  const residents: Resident[] = [];
  for (const { name, id: idNumber, phone } of people) {
    const { body } = await head.post('/api/residents/find', { words: idNumber });
    residents.push({ id: body.rows[0].id, realm: 1, place: key, name, idNumber, phone, by: idOf(1, 'person', login) });
  }
  const of = (id: Id) => ({ id, realm: 1, place: community, by: idOf(1, 'person', login) });
  const areaId = idOf(1, 'area', community);
  const blank = [{ name: blankName, bytes: await blankBook() }];
  const template = await head.upload('/api/ledger-templates', { commandId: randomUUID(), areaId }, blank);
  const asked = { areaId, reason: `暗语〔用途·${community}〕` };
  const made = [
    await head.post('/api/ledger-exports', asked),
    await head.post(`/api/ledger-templates/${template.body.templateId}/fill`, asked),
  ];
  if (made.some(({ status }) => status !== 200)) throw new Error(JSON.stringify([template.body, made]));
  return {
    residents,
    batch: of(sent.body.batchId),
    template: of(template.body.templateId),
    exports: made.map(({ body }) => of(body.exportId)),
  };
}
