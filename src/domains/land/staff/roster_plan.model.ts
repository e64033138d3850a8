import { Problem, type ProblemParams } from '../../../kernel/problem.ts';
import { levelWords } from '../areas/area.model.ts';
import type { Area } from '../areas/atlas.model.ts';
import type { Refusal } from '../areas/intake.model.ts';
import type { Body, Post } from './directory.model.ts';
import { namedArea } from './named_area.model.ts';
import { hoursOf, modeOf, phoneOf, type RosterRow, rankOf, roleOf, rosterProblems } from './roster.model.ts';
import { type KnownPerson, openPeople, type People, type PlannedAccount } from './roster_people.model.ts';
import { personForm, type Role, roleNames, roles, separateRoles, staffProblems } from './staff.model.ts';

/** What stands before a table is read, and the few things a plan cannot make by itself. */
export interface RosterGround {
  readonly areas: readonly Area[];
  readonly bodies: readonly (Body & { readonly code: string | null })[];
  readonly posts: readonly Post[];
  readonly people: readonly KnownPerson[];
  readonly holdings: readonly { readonly postId: string; readonly personId: string }[];
  readonly responsibilities: readonly Charge[];
  readonly calendars: { readonly office: string; readonly allDay: string };
  readonly newId: () => string;
  readonly newLogin: () => string;
  /** What a phone is known by; never the phone. */
  readonly markOf: (phone: string) => string;
  readonly bodyKindOf: (typed: string) => string | undefined;
  readonly knownKinds: { readonly zh: string; readonly en: string };
}

export interface Charge {
  readonly areaId: string;
  readonly personId: string;
  readonly rank: 'county' | 'town' | 'community' | 'grid' | 'building' | 'paired';
  readonly mode: 'normal' | 'emergency';
  readonly charge: string;
}

/** What one row asks to be written, in this order. */
export interface Steps {
  readonly body: (Body & { readonly code: string | null }) | null;
  readonly bodyNamed: { readonly bodyId: string; readonly name: string } | null;
  readonly post: {
    readonly id: string;
    readonly role: Role;
    readonly areaId: string | null;
    readonly bodyId: string | null;
  } | null;
  readonly person: { readonly id: string; readonly name: string; readonly phone: string | null } | null;
  readonly phone: { readonly personId: string; readonly name: string; readonly phone: string } | null;
  readonly account: PlannedAccount | null;
  readonly holding: { readonly id: string; readonly postId: string; readonly personId: string } | null;
  readonly responsibility: (Charge & { readonly id: string }) | null;
}

export interface RowPlan {
  readonly row: number;
  readonly file: string;
  readonly verdict: 'created' | 'changed' | 'same';
  readonly steps: Steps;
}

export interface RosterPlan {
  readonly planned: readonly RowPlan[];
  readonly refused: readonly Refusal[];
}

/** Every row against what stands and against the rows above it: what it brings, or why it is refused. */
export function planRoster(rows: readonly RosterRow[], ground: RosterGround): RosterPlan {
  const state = openState(ground, rows);
  const planned: RowPlan[] = [];
  const refused: Refusal[] = [];
  for (const row of rows) {
    try {
      planned.push(planRow(state, row));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      refused.push({
        file: row.given.file,
        row: row.given.row,
        code: row.login || row.area || row.body,
        problem: error,
      });
    }
  }
  return { planned, refused };
}

type FoundBody = RosterGround['bodies'][number];

interface State {
  readonly ground: RosterGround;
  readonly area: (typed: string) => Area;
  readonly bodies: Map<string, FoundBody>;
  /** By role and place. */
  readonly posts: Map<string, { readonly id: string; readonly role: Role }>;
  readonly held: Set<string>;
  /** Roles that must be parted, by person. */
  readonly parted: Map<string, Set<Role>>;
  readonly charges: Set<string>;
  readonly people: People;
}

const placeKey = (role: string, areaId: string | null, bodyId: string | null): string => `${role} ${areaId ?? bodyId}`;
const chargeKey = ({ areaId, personId, mode, charge }: Charge): string => `${areaId} ${personId} ${mode} ${charge}`;

function openState(ground: RosterGround, rows: readonly RosterRow[]): State {
  const posts = new Map(
    ground.posts.map(({ id, role, areaId, bodyId }) => [placeKey(role, areaId, bodyId), { id, role }]),
  );
  const roleById = new Map(ground.posts.map(({ id, role }) => [id, role]));
  const parted = new Map<string, Set<Role>>();
  for (const { postId, personId } of ground.holdings) {
    const role = roleById.get(postId);
    if (role && separateRoles.includes(role)) parted.set(personId, (parted.get(personId) ?? new Set()).add(role));
  }
  return {
    ground,
    area: namedArea(ground.areas),
    bodies: new Map(ground.bodies.map((body) => [body.id, body])),
    posts,
    held: new Set(ground.holdings.map(({ postId, personId }) => `${postId} ${personId}`)),
    parted,
    charges: new Set(ground.responsibilities.map(chargeKey)),
    people: openPeople(ground, rows),
  };
}

/** Looks first and notes last, so that a row that is refused leaves nothing behind for those below it. */
function planRow(state: State, row: RosterRow): RowPlan {
  if (!row.name && !row.role && !row.body && !row.bodyCode) throw problem('roster.empty');
  checkLengths(row);
  const role = row.role ? readRole(row.role) : null;
  const isInBody = role !== null && (roles[role].at as readonly string[]).includes('body');
  const area = row.area ? state.area(row.area) : null;
  const body = row.body || row.bodyCode ? planBody(state, row, area) : null;
  const post = role === null ? null : planPost(state, role, isInBody ? { body: body?.body ?? null } : { area });
  const who = row.name ? state.people.find(row) : null;
  if (who && role) refuseBoth(state, who.personId, role);
  const charge = who && row.charge ? planCharge(state, row, area, who.personId) : null;
  const holding =
    who && post && !state.held.has(`${post.id} ${who.personId}`)
      ? { id: state.ground.newId(), postId: post.id, personId: who.personId }
      : null;
  const steps: Steps = {
    body: body?.isNew ? body.body : null,
    bodyNamed: body?.renamed ? { bodyId: body.body.id, name: body.body.name } : null,
    post: post?.isNew && role ? { id: post.id, role, areaId: post.areaId, bodyId: post.bodyId } : null,
    person: who?.person ?? null,
    phone: who?.phone ?? null,
    account: who?.account ?? null,
    holding,
    responsibility: charge,
  };
  note(state, steps, role, post?.id ?? null);
  who?.keep();
  const made = [steps.body, steps.post, steps.person, steps.account, steps.holding, steps.responsibility];
  const verdict = made.some((it) => it !== null) ? 'created' : steps.bodyNamed || steps.phone ? 'changed' : 'same';
  return { row: row.given.row, file: row.given.file, verdict, steps };
}

function note(
  state: State,
  { body, bodyNamed, post, holding, responsibility }: Steps,
  role: Role | null,
  postId: string | null,
): void {
  if (body) state.bodies.set(body.id, body);
  const renamed = bodyNamed && state.bodies.get(bodyNamed.bodyId);
  if (bodyNamed && renamed) state.bodies.set(bodyNamed.bodyId, { ...renamed, name: bodyNamed.name });
  if (post) state.posts.set(placeKey(post.role, post.areaId, post.bodyId), { id: post.id, role: post.role });
  if (holding) {
    state.held.add(`${postId} ${holding.personId}`);
    if (role && separateRoles.includes(role))
      state.parted.set(holding.personId, (state.parted.get(holding.personId) ?? new Set()).add(role));
  }
  if (responsibility) state.charges.add(chargeKey(responsibility));
}

const problems = { ...rosterProblems, ...staffProblems };
const problem = (code: keyof typeof problems, params: ProblemParams = {}): Problem =>
  new Problem(problems[code], params);

function checkLengths(row: RosterRow): void {
  for (const column of ['name', 'body', 'bodyCode', 'charge'] as const)
    if (row[column].length > 60) throw problem('roster.too_long', { column: row[column].slice(0, 20) });
  if (row.phone && !personForm.shape.phone.safeParse(phoneOf(row.phone)).success) throw problem('roster.phone');
}

function readRole(typed: string): Role {
  const role = roleOf(typed);
  if (role) return role;
  throw problem('roster.role', {
    role: typed,
    known: roleNames.map((name) => roles[name].words.zh).join('、'),
    knownEn: roleNames.map((name) => roles[name].words.en).join(', '),
  });
}

/** The body that stands, by code or else by name, or a new one. */
function planBody(
  { ground, bodies }: State,
  row: RosterRow,
  area: Area | null,
): { body: FoundBody; isNew: boolean; renamed: boolean } {
  const all = [...bodies.values()];
  const byCode = row.bodyCode ? all.find(({ code }) => code === row.bodyCode) : undefined;
  const byName = row.body ? all.find(({ name }) => name === row.body) : undefined;
  const kind = row.bodyKind ? ground.bodyKindOf(row.bodyKind) : undefined;
  const stands = byCode ?? byName;
  if (!stands) return { body: newBody(ground, row, area, kind), isNew: true, renamed: false };
  const differs = (what: string): Problem => problem('roster.body_differs', { body: stands.name, what });
  if (byCode && byName && byCode !== byName) throw differs(byName.code ?? byName.name);
  if (!byCode && row.bodyCode && stands.code !== row.bodyCode) throw differs(stands.code ?? '—');
  if (row.bodyKind && kind !== stands.kind) throw differs(stands.kind);
  const renamed = byCode !== undefined && row.body !== '' && byCode.name !== row.body;
  return { body: renamed ? { ...stands, name: row.body } : stands, isNew: false, renamed };
}

function newBody(ground: RosterGround, row: RosterRow, area: Area | null, kind: string | undefined): FoundBody {
  const hours = hoursOf(row.hours);
  const { zh: known, en: knownEn } = ground.knownKinds;
  if (!kind || !row.body)
    throw problem('roster.body_kind', { body: row.body || row.bodyCode, kind: row.bodyKind, known, knownEn });
  if (!hours)
    throw problem('roster.word', {
      word: row.hours,
      known: '办公时间、全天',
      knownEn: 'office, all day',
    });
  const place = area ?? ground.areas.find(({ parentId }) => parentId === null);
  if (!place) throw problem('roster.area_missing');
  const { calendars, newId } = ground;
  return {
    id: newId(),
    name: row.body,
    kind,
    areaId: place.id,
    calendarId: calendars[hours],
    code: row.bodyCode || null,
  };
}

function planPost(
  { ground, posts }: State,
  role: Role,
  place: { readonly body: FoundBody | null } | { readonly area: Area | null },
): { id: string; isNew: boolean; areaId: string | null; bodyId: string | null } {
  const { words, at } = roles[role];
  const isBody = 'body' in place;
  if (isBody && !place.body) throw problem('roster.body_missing', { role: words.zh, roleEn: words.en });
  if (!isBody && !place.area) throw problem('roster.area_missing');
  if (!isBody && place.area && !(at as readonly string[]).includes(place.area.level)) {
    const places = at.flatMap((one) => (one === 'body' ? [] : [levelWords[one]]));
    throw problem('staff.wrong_place', {
      role: words.zh,
      roleEn: words.en,
      places: places.map(({ zh }) => zh).join('、'),
      placesEn: places.map(({ en }) => en).join(', '),
    });
  }
  const areaId = isBody ? null : (place.area?.id ?? null);
  const bodyId = isBody ? (place.body?.id ?? null) : null;
  const stands = posts.get(placeKey(role, areaId, bodyId));
  return { id: stands?.id ?? ground.newId(), isNew: !stands, areaId, bodyId };
}

function planCharge(
  { ground, charges }: State,
  row: RosterRow,
  area: Area | null,
  personId: string,
): Steps['responsibility'] {
  if (!area) throw problem('roster.area_missing');
  const [rank, mode] = [rankOf(row.rank), modeOf(row.mode)];
  if (!rank)
    throw problem('roster.word', {
      word: row.rank,
      known: '县级、乡镇级、社区级、网格级、楼栋级、结对',
      knownEn: 'county, town, community, grid, building, paired',
    });
  if (!mode)
    throw problem('roster.word', {
      word: row.mode,
      known: '平时、应急',
      knownEn: 'normal, emergency',
    });
  const charge: Charge = { areaId: area.id, personId, rank, mode, charge: row.charge };
  return charges.has(chargeKey(charge)) ? null : { id: ground.newId(), ...charge };
}

function refuseBoth({ parted }: State, personId: string, role: Role): void {
  if (!separateRoles.includes(role)) return;
  const others = [...(parted.get(personId) ?? [])].filter((other) => other !== role);
  if (others.length > 0) throw problem('staff.must_be_separate');
}
