import type { z } from 'zod';
import { earlier } from '../../../kernel/clock.ts';
import { type Ctx, postsOf, workflowActor } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryRow, entriesOfRecord, hasLooked, openSecrets, recordLook } from '../../../kernel/journal.ts';
import type { Words } from '../../../kernel/words.ts';
import { available } from '../../../kernel/workflow.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { callNames, type Directory, directoryOf, holdersOf, roles } from '../../land/staff/index.ts';
import { limitWords } from '../calendars/index.ts';
import { dutyLines, dutyWords } from '../obligations/index.ts';
import { responsibleBody, standardsOf } from '../standards/index.ts';
import type { channels } from './casefile.model.ts';
import { type CasefileRow, findCasefile, mergedInto, reportsBehind, summonsOf } from './casefile.queries.ts';
import { casefileTable } from './casefile.workflow.ts';
import { secretOfReport } from './circle.commands.ts';
import { releasedOf } from './disclosure.views.ts';
import type { casefileLine, casefileView, storyLine } from './page.model.ts';
import { factsOf, flagsOf, subjectOf } from './step.commands.ts';

/** What is shown of a case: its rows with names, the story in order, whose turn it is, and what this viewer may do next. */
export async function lineOf(ctx: Ctx, file: CasefileRow): Promise<z.input<typeof casefileLine>> {
  const [atlas, standards] = await Promise.all([atlasOf(ctx), standardsOf(ctx)]);
  const standard =
    file.standardVersion === null ? standards.at(file.reportedAt) : standards.version(file.standardVersion);
  const name = standard.type(file.typeCode ?? '')?.name ?? beginningOf(file);
  return {
    id: file.id,
    number: file.number,
    title:
      file.placeWords === '' ? name : { zh: `${name.zh}（${file.placeWords}）`, en: `${name.en} (${file.placeWords})` },
    status: file.status,
    flags: [...flagsOf(file)],
    place: atlas.path(file.areaId).slice(-2).reverse().join(' · '),
    summary: file.summary,
    reportedAt: file.reportedAt,
    changedAt: file.changedAt,
  };
}

/** What nobody has classified yet is called by the beginning of what was said. */
function beginningOf({ summary }: CasefileRow): Words {
  const said = summary?.replace(/\s+/g, ' ').trim() ?? '';
  if (said === '') return { zh: '未分类', en: 'Not yet classified' };
  const beginning = said.length > 16 ? `${said.slice(0, 16)}……` : said;
  return { zh: beginning, en: beginning };
}

/** Opens a case for somebody. That a confidential one was opened, and by whom, is noted. */
export async function lookAt(ctx: Ctx, file: CasefileRow): Promise<z.input<typeof casefileView>> {
  if (file.confidential) recordLook(ctx, { kind: READ, about: subjectOf(file), body: {} });
  return viewOf(ctx, file);
}

/**
 * Opens a photo or a recording of a confidential case by itself. Those of a case one has open come by the dozen: they are
 * the same look, for an hour.
 */
export async function lookAtPart(ctx: Ctx, casefileId: Id): Promise<void> {
  if (ctx.actor.kind !== 'account') return;
  const file = await findCasefile(ctx, casefileId);
  if (!file?.confidential || (await hasLooked(ctx, READ, casefileId, ctx.actor.personId, earlier(ctx.now, HOUR_MS))))
    return;
  recordLook(ctx, { kind: READ, about: subjectOf(file), body: { by: 'file' } });
}

const HOUR_MS = 3_600_000;
const READ = 'casefile.read';

async function viewOf(ctx: Ctx, file: CasefileRow): Promise<z.input<typeof casefileView>> {
  const [line, { facts, all, standard }, atlas, directory] = await Promise.all([
    lineOf(ctx, file),
    factsOf(ctx, file),
    atlasOf(ctx),
    directoryOf(ctx),
  ]);
  const found = file.conditionCode === null ? undefined : standard.condition(file.conditionCode);
  const [reports, story, duties, summons, mergedFrom, suggestion, released] = await Promise.all([
    reportLines(ctx, file.id),
    storyOf(ctx, file.id),
    dutyLines(ctx, all),
    summonsOf(ctx, file.id),
    mergedInto(ctx, file.id),
    file.status === 'registered' ? suggestBody(ctx, file) : null,
    file.disclosed ? releasedOf(ctx, [file.id]) : null,
  ]);
  const { round, typeCode, conditionCode, areaId, outcome, publicText, answer, lon, lat, accuracyM, borderM } = file;
  return {
    ...line,
    round,
    typeCode,
    conditionCode,
    condition: found?.condition.when ?? null,
    limit: found ? limitWords(found.condition.limit) : null,
    areaId,
    path: atlas.path(areaId),
    point: lon === null || lat === null ? null : { lon, lat, accuracyM, borderM },
    outcome,
    publicText,
    answer,
    bodyName: directory.bodyName(file.bodyId ?? '') ?? null,
    reports,
    released: released?.get(file.id) ?? null,
    mergedInto: file.mergedInto,
    mergedFrom,
    summons: summons.map((row) => ({ ...row, bodyName: directory.bodyName(row.bodyId) ?? '' })),
    duties: duties.map((duty) => ({ ...duty, dutyWords: dutyWords(duty.duty) })),
    steps: stepNames,
    story,
    suggestion,
    can: available(casefileTable, facts, workflowActor(ctx.actor)),
  };
}

/** An entry of the story is named by the command that made it; what others write about a case has names here. */
export const stepNames: Readonly<Record<string, Words>> = {
  'casefile.reported': { zh: '上报', en: 'reported' },
  'casefile.imported': { zh: '导入', en: 'imported' },
  'casefile.photo_added': { zh: '照片', en: 'photo' },
  'casefile.preview_added': { zh: '照片小图（原图在路上）', en: 'preview of a photo on its way' },
  'casefile.voice_added': { zh: '录音', en: 'recording' },
  'casefile.reporter_forgotten': { zh: '应报事人要求删除其个人信息', en: 'personal data of the reporter erased' },
  'obligation.climbed': { zh: '时限提醒', en: 'clock reminder' },
  'obligation.handed_over': { zh: '移交', en: 'handed over' },
  'obligation.woken': { zh: '挂账到期', en: 'rest is over' },
  'obligation.recounted': { zh: '时限重算', en: 'deadline counted anew' },
  'obligation.followed': { zh: '按新日历计时，到期时刻没变', en: 'counted by the new calendar, due as before' },
  'adjustment.asked': { zh: '提出申请', en: 'request made' },
  'adjustment.seconded': { zh: '初审同意', en: 'request seconded' },
  'adjustment.granted': { zh: '批准申请', en: 'request granted' },
  'adjustment.refused': { zh: '未批准申请', en: 'request refused' },
  ...Object.fromEntries(Object.values(casefileTable.rows).map((row) => [row.entry, row.words])),
};

async function reportLines(ctx: Ctx, casefileId: Id): Promise<z.input<typeof casefileView>['reports']> {
  const reports = await reportsBehind(ctx, casefileId);
  return Promise.all(
    reports.map(async (report) => {
      const secret = await secretOfReport(ctx, report);
      const hasContact = Boolean(secret?.contact?.name ?? secret?.contact?.phone ?? secret?.contact?.email);
      const { id, occurredAt, onBehalf } = report;
      return {
        id,
        isOwn: report.casefileId === casefileId,
        channel: report.channel as (typeof channels)[number],
        words: report.words ?? secret?.words ?? null,
        occurredAt,
        onBehalf,
        hasContact,
      };
    }),
  );
}

/** What changes nothing for anybody: who read it, previews of photos that come themselves, clocks that found nothing to follow. */
const untold: ReadonlySet<string> = new Set([READ, 'casefile.preview_added', 'obligation.followed']);

/** The case as it went, entry by entry. Contacts are sealed in the same place and are left out here. */
async function storyOf(ctx: Ctx, casefileId: Id): Promise<z.input<typeof storyLine>[]> {
  const entries = (await entriesOfRecord(ctx, casefileId)).filter((entry) => !untold.has(entry.kind));
  const persons = entries.flatMap((entry) => (entry.personId === null ? [] : [{ kind: 'person', id: entry.personId }]));
  const [secrets, names, directory] = await Promise.all([
    openSecrets(ctx, entries),
    callNames(ctx, persons),
    directoryOf(ctx),
  ]);
  return entries.map((entry) => {
    const secret = secrets.get(entry.id) as { words?: string; did?: string } | undefined;
    const { change: _change, duties: _duties, ...body } = entry.body;
    return {
      at: entry.occurredAt,
      kind: entry.kind,
      by: actedBy(entry, directory, names),
      words: secret?.did ?? secret?.words ?? null,
      forgotten: entry.sealed !== null && secret === undefined,
      body,
    };
  });
}

const actorWords: Readonly<Record<string, Words>> = {
  reporter: { zh: '报事人', en: 'the reporter' },
  anyone: { zh: '报事人', en: 'the reporter' },
  apikey: { zh: '外部平台', en: 'another platform' },
  system: { zh: '系统', en: 'the system' },
};

/** A person's post before the name: 网格员 王秀兰. */
function actedBy(entry: EntryRow, directory: Directory, names: ReadonlyMap<Id, string>): Words {
  const post = directory.post(entry.postId ?? '');
  const named = names.get(entry.personId ?? '');
  const name = named === undefined ? (actorWords[entry.actorKind] ?? { zh: '', en: '' }) : { zh: named, en: named };
  const role = post && roles[post.role].words;
  return role ? { zh: `${role.zh} ${name.zh}`, en: `${role.en} ${name.en}` } : name;
}

/** Near a border, the body on the other side may be the right one: the desk is asked to confirm. */
export async function suggestBody(ctx: Ctx, file: CasefileRow): Promise<z.input<typeof casefileView>['suggestion']> {
  const [standards, atlas, directory] = await Promise.all([standardsOf(ctx), atlasOf(ctx), directoryOf(ctx)]);
  const standard = standards.version(file.standardVersion ?? 0);
  const found = standard.condition(file.conditionCode ?? '');
  if (!found) return null;
  const unsure = standard.stages.borderM + (file.accuracyM ?? 0);
  const point = file.lon === null || file.lat === null ? null : ([file.lon, file.lat] as const);
  const located = point && atlas.locate(point);
  const neighbourId = (located && located.borderM <= unsure && atlas.beyond(point, located)?.id) || null;
  const resolution = await responsibleBody(ctx, { areaId: file.areaId, neighbourId }, found.type, found.condition.code);
  const { bodyId, because, confirm } = resolution;
  return { bodyId, bodyName: directory.body(bodyId ?? '')?.name ?? null, because: [...because], confirm };
}

/** Who may be given the work or told of it: those of the body that has it, of my own bodies, and mediators of the area. */
export async function peopleFor(ctx: Ctx, file: CasefileRow): Promise<{ personId: Id; name: string }[]> {
  const [directory, atlas] = await Promise.all([directoryOf(ctx), atlasOf(ctx)]);
  const bodies = [
    ...postsOf(ctx.actor).flatMap((post) => post.bodyId ?? []),
    ...(file.bodyId === null ? [] : [file.bodyId]),
  ];
  const mediators = atlas.upwards(file.areaId).flatMap((area) => directory.at(area.id, 'mediator'));
  const posts = [...bodies.flatMap((id) => directory.inBody(id)), ...mediators];
  const holders = await holdersOf(
    ctx,
    posts.map((post) => post.id),
  );
  return [...new Map(holders.map(({ personId, name }) => [personId, { personId, name }])).values()];
}
