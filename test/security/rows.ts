import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Id } from '../../src/kernel/id.ts';
import type { TableName } from '../../src/kernel/tables.ts';
import { transact } from '../../src/kernel/transaction.ts';
import { type Finding, inTurn, summary } from './asking.ts';
import { deviceOf } from './belongings.ts';
import { keyOfArea, readsAt } from './oracle.ts';
import { allReadable } from './relations.ts';
import { entranceOf, reporterBy, type Viewer } from './viewers.ts';
import type { World } from './world.ts';

type Row = Readonly<Record<string, unknown>> & { readonly realm: number };
type Rule = (viewer: Viewer, row: Row) => boolean;

const id = (value: unknown): Id => String(value);
const inRealm: Rule = (viewer, row) => row.realm === viewer.realm;
const nobody: Rule = () => false;
const staff: Rule = (viewer, row) => inRealm(viewer, row) && viewer.kind === 'account';
const admin: Rule = (viewer, row) => inRealm(viewer, row) && viewer.seats.some(([role]) => role === 'admin');
const granted: Rule = (viewer, row) => inRealm(viewer, row) && viewer.names.has(id(row.grantee));
const below: Rule = (viewer, row) => readsAt(viewer, row.realm, keyOfArea.get(id(row.areaId)) ?? '');
const ownAccount =
  (column: string): Rule =>
  (viewer, row) =>
    admin(viewer, row) || row[column] === viewer.accountId;

/** For every table who may see which of its rows; a table without a rule breaks the test. */
function rulesOf({ things, matters }: World): Readonly<Record<TableName, Rule>> {
  const thing =
    (column: string): Rule =>
    (viewer, row) =>
      things.get(id(row[column]))?.sees(viewer) ?? false;
  const published =
    (column: string): Rule =>
    (viewer, row) =>
      inRealm(viewer, row) && matters.some((matter) => matter.id === row[column] && matter.published);
  /** Where the matter lay when it left. */
  const before: Rule = (viewer, row) => {
    const matter = matters.find((one) => one.id === row.casefileId);
    return matter !== undefined && readsAt(viewer, row.realm, matter.formerly ?? matter.place);
  };
  return {
    ...{ realm: inRealm, cache_version: inRealm, sign_in_delay: inRealm },
    // Ids only.
    ...{ turned_confidential: inRealm, casefile_left: before },
    // Numbers only; what is summed up nobody reads but by asking for a figure.
    ...{ figure_node: inRealm, figure_fact: nobody, figure_cell: nobody, figure_counted: nobody },
    ...{ area_former_number: inRealm, area_heir: inRealm, area_cut: inRealm, zone: staff, zone_area: staff },
    ...{ area: inRealm, area_version: inRealm, body: inRealm, post: inRealm, calendar: inRealm },
    ...{ standard: inRealm, case_type: inRealm, filing_condition: inRealm, responsibility_rule: inRealm },
    standard_draft: admin,
    // Words that many said and kinds of work, no texts; for whoever works here.
    ...{ dispatch_model: staff, dispatch_learning: admin },
    // Wrapped by a key that is not in the database; which record or person a key belongs to is all it tells.
    ...{ data_key: inRealm },
    ...{ entry_position: inRealm, seal: inRealm, journal_head: inRealm, entry_pending: nobody },
    ...{ person: staff, holding: staff, responsibility: staff, dwelling: below },
    ...{ import_batch: admin, imported_row: admin, import_refusal: admin, import_kept: admin },
    ...{ activation: admin, api_key: admin, destroyed_key: admin, access_grant: granted },
    ...{ neighbour: admin, neighbour_sending: (viewer, row) => admin(viewer, row) || thing('casefileId')(viewer, row) },
    ...{ account: ownAccount('id'), session: ownAccount('accountId'), command: nobody },
    area_message: thing('id'),
    ...{ ledger_record: thing('id'), ledger_change: thing('recordId'), ledger_mark: thing('recordId') },
    ledger_merge: (viewer, row) => thing('keptId')(viewer, row) || thing('goneId')(viewer, row),
    ledger_apart: (viewer, row) => thing('oneId')(viewer, row) || thing('otherId')(viewer, row),
    // Questions and names of campaigns tell of nobody; who is on a list is for whoever reads where they live.
    ...{ form: staff, campaign: staff, campaign_target: thing('id'), visit: thing('targetId') },
    person_request: thing('id'),
    ...{ directive: thing('id'), directive_item: thing('id'), pledge: thing('id'), pledge_signature: thing('id') },
    directive_draft: (viewer, row) => inRealm(viewer, row) && viewer.names.has(id(row.personId)),
    // Routes and who was there are for whoever reads the area; where somebody stood is for themselves alone.
    ...{
      patrol_plan: thing('id'),
      patrol_rule: thing('planId'),
      patrol_place: thing('planId'),
      patrol_walker: thing('planId'),
    },
    ...{ patrol: thing('planId'), patrol_tick: thing('planId') },
    patrol_position: (viewer, row) => inRealm(viewer, row) && viewer.names.has(id(row.personId)),
    ...{ checkpoint: thing('id'), checkpoint_rule: thing('checkpointId'), checkpoint_alert: thing('checkpointId') },
    ...{ checkpoint_shift: thing('checkpointId'), checkpoint_passage: thing('checkpointId') },
    ...{ checkpoint_written: thing('checkpointId'), checkpoint_cleaning: thing('checkpointId') },
    checkpoint_goods: thing('checkpointId'),
    openrosa_submission: thing('targetId'),
    // What is looked at is no secret; what was found is for whoever answers there, and for whoever must put it right.
    ...{ checklist: staff, inspection: thing('id'), inspection_target: thing('id'), hazard: thing('id') },
    // What an area asks is known to whoever reads above it, and to whoever reads within it.
    ...{ own_field: thing('id'), own_ledger: thing('id') },
    ...{ ledger_template: below, ledger_export: below },
    ...{ ledger_batch: thing('id'), ledger_part: thing('batchId'), ledger_verdict: thing('batchId') },
    // The robot of a group is seen by whoever reads its area; what it holds is sealed.
    channel: (viewer, row) => admin(viewer, row) || (row.kind === 'robot' && below(viewer, row)),
    // Giver, receiver, and whoever appoints people.
    handover: (viewer, row) => admin(viewer, row) || viewer.names.has(id(row.fromId)) || viewer.names.has(id(row.toId)),
    device: thing('id'),
    // What was refused is for whoever looks after the device; what went through is its holder's.
    device_op: (viewer, row) =>
      row.verdict === 'refused'
        ? thing('deviceId')(viewer, row)
        : viewer.accountId !== null && row.deviceId === deviceOf(viewer.accountId),
    ...{ casefile: thing('id'), report: thing('id'), obligation: thing('id'), adjustment: thing('id') },
    photo_preview: thing('id'),
    ...{ photo: thing('id'), voice: thing('id'), summons: thing('id'), message: thing('id'), entry: thing('id') },
    ...{ notice: thing('id'), notice_area: thing('noticeId'), notice_told: thing('noticeId') },
    // An administrator sees that something did not leave, and nothing of it.
    delivery: (viewer, row) => (admin(viewer, row) && row.state !== 'handed_over') || thing('messageId')(viewer, row),
    // What the public may know, and steps of it: nothing that a matter keeps to itself is in them.
    ...{ disclosure: published('casefileId'), disclosed_photo: published('casefileId') },
    ...{ public_case: published('id'), public_step: published('caseId'), open311_sent: nobody },
  };
}

export type Rows = Record<string, readonly Row[]>;
export interface Seen {
  readonly viewer: Viewer;
  readonly rows: Readonly<Rows>;
}

/** Rows that came back although they are not for this viewer, one finding a table. */
export function extraRows(world: World, { viewer, rows }: Seen): Finding[] {
  const rules = rulesOf(world);
  return Object.entries(rows).flatMap(([name, all]): Finding[] => {
    const wrong = all.filter((row) => !rules[name as TableName](viewer, row));
    const detail = `${viewer.name}: ${wrong.length}/${all.length} ${JSON.stringify(wrong[0])?.slice(0, 250)}`;
    return wrong.length > 0 ? [{ rule: '多看到行', endpoint: name, detail }] : [];
  });
}

/** Every table without any `where`, as the login role of requests, through the entrance of the viewer. */
export const lookAtAll = ({ county }: World, names: readonly string[], viewer: Viewer): Promise<Seen> =>
  transact(county.runtime, entranceOf(county, viewer), async (ctx) => {
    const rows: Rows = {};
    for (const name of names) rows[name] = (await sql<Row>`select * from ${sql.table(name)}`.execute(ctx.db)).rows;
    return { viewer, rows };
  });

export const readableNames = ({ county }: World) =>
  county.sql<{ name: string }>(
    `select c.relname as name from pg_class c where c.relkind in ('r', 'p', 'v', 'm') and c.relnamespace = 'public'::regnamespace
     and has_table_privilege('jingwei_app', c.oid, 'select') and c.relname not like 'kysely%' order by 1`,
  );

/** The third layer alone. */
export async function tellRows(world: World): Promise<void> {
  const { county, matters } = world;
  const rules = rulesOf(world);
  const codes = matters.filter(({ key }) => ['station-1-open', 'station-1-secret', 'merged-copy'].includes(key));
  const viewers = [...world.viewers, ...codes.map(({ key, code }) => reporterBy(county, code, `报事人(${key})`))];
  const names = (await readableNames(world)).map(({ name }) => name);
  const seen = await inTurn(viewers, (viewer) => lookAtAll(world, names, viewer));

  test('请求能读的每一张表都有一条规矩', () => {
    expect(names.filter((name) => !(name in rules))).toEqual([]);
    expect(names.length).toBeGreaterThan(30);
  });

  test('不带条件的 SQL，谁都只看到自己该看的行', () => {
    expect(summary(seen.flatMap((one) => extraRows(world, one)))).toEqual([]);
  });

  test('不带条件的 SQL，该看的案卷一行不少', () => {
    for (const { viewer, rows } of seen) {
      const shown = (rows.casefile ?? []).map((row) => id(row.id)).sort();
      expect([viewer.name, shown]).toEqual([viewer.name, allReadable(world, 'casefiles', viewer)]);
    }
  });
}
