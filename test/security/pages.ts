import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { channelReaders } from '../../src/domains/community/channel/channel.workflow.ts';
import { forms as requestForms, requestReaders } from '../../src/domains/community/requests/request.model.ts';
import { ledgerKeepers, ledgerReaders } from '../../src/domains/land/registry/ledger.model.ts';
import { campaignReaders } from '../../src/domains/work/campaigns/campaign.model.ts';
import { checkpointReaders } from '../../src/domains/work/checkpoints/checkpoint.model.ts';
import { directiveReaders, forms as itemForms } from '../../src/domains/work/directives/item.model.ts';
import { finders, hazardReaders } from '../../src/domains/work/inspections/hazard.model.ts';
import { patrolReaders } from '../../src/domains/work/patrols/patrol.model.ts';
import { pledgeSigners, forms as signatureForms } from '../../src/domains/work/pledges/pledge.model.ts';
import { type Finding, inTurn, summary } from './asking.ts';
import { leaksIn } from './leaks.ts';
import { checkpointForms } from './ledgers.ts';
import { targetsFor } from './relations.ts';
import { anyone, reporterBy, type Viewer } from './viewers.ts';
import type { World } from './world.ts';

/** What has an address besides the endpoints: pages, the live feed, what is for whoever runs the program. */
interface Visit {
  readonly viewer: Viewer;
  readonly address: string;
  readonly sent: string;
  /** Whether the page may show what is asked for. */
  readonly allowed: boolean;
}

const fixed = [
  '/',
  '/track',
  '/activate',
  '/help',
  '/help/registrar',
  '/notices',
  '/console',
  '/console/intake',
  '/console/notices',
  '/console/map',
  '/console/areas',
  '/console/dispatch',
  '/console/callbacks',
  '/console/cases',
  '/console/figures',
  '/console/figures.xlsx',
  '/console/figures.csv',
  '/console/responsibility',
  '/console/ledgers',
  ...['houses', 'enterprises', 'facilities'].map((ledger) => `/console/ledgers?ledger=${ledger}`),
  '/console/ledgers/households',
  '/console/ledgers/duplicates',
  '/console/ledgers/duplicates?ledger=houses',
  '/console/ledgers/find',
  '/console/ledgers/files',
  '/console/ledgers/templates',
  '/console/ledgers/own',
  '/console/ledgers/new',
  '/console/ledgers/new?ledger=houses',
  '/console/ledgers/fields',
  '/console/ledgers/fields?ledger=houses',
  '/console/ledgers/fields/new',
  '/console/ledgers/fields/new?name=%E6%89%8B%E6%9C%BA',
  '/console/residents',
  '/console/people',
  '/console/people/find',
  '/console/people/duties',
  '/console/people/bodies',
  '/console/people/hand-over',
  '/console/people/relieve',
  '/console/people/raise',
  '/console/handovers',
  '/console/audit',
  '/console/operator',
  '/console/operator/jobs',
  '/console/operator/outbox',
  '/console/operator/phones',
  '/console/operator/keys',
  '/console/operator/backups',
  '/console/operator/imports',
  '/console/audit.xlsx',
  '/console/channel',
  '/console/channel?show=all',
  '/console/channel/robots',
  '/console/standards',
  '/console/standards/calendars',
  '/console/standards/limits',
  '/console/standards/draft',
  '/console/standards/draft.xlsx',
  '/console/standards/export.xlsx',
  '/console/campaigns',
  '/console/directives',
  '/console/directives/new',
  '/console/directive-items?only=late',
  '/console/requests',
  '/console/requests?part=all',
  '/console/requests/new',
  '/console/requests/new?none=1',
  '/console/requests/find',
  '/console/pledges',
  '/console/pledges/new',
  '/console/campaigns/new',
  '/console/burden',
  '/console/burden/records',
  '/console/patrols',
  '/console/patrols/new',
  '/console/checkpoints',
  '/console/checkpoints/new',
  '/console/campaigns/xlsform',
  '/console/account/collect',
  '/console/hazards',
  '/console/hazards?part=all',
  '/console/hazards/new',
  '/console/inspections',
  '/console/inspections/new',
  '/console/inspections/checklists',
  '/console/posters',
  '/console/posters/439901001001',
  '/g/439901001001001',
  '/g/439901001001001/channel',
  '/grids',
  '/grids/439901001001',
  '/grids/439901001001001?status=closed',
  '/console/account',
  '/field',
  ...['/_gallery', '/_gallery/desk', '/_gallery/field'],
];
const ofTheProgram = [
  '/healthz',
  '/readyz',
  '/metrics',
  '/api/openapi.json',
  '/assets/site.css',
  '/assets/tokens.css',
  '/assets/poster.css',
  '/nowhere',
];

function visitsOf(world: World, viewer: Viewer): Visit[] {
  // Pages for all know nobody: they tell of the county of the site, whoever asks.
  const plain = [...fixed, ...ofTheProgram].map((address) => {
    const as = address.startsWith('/console') ? viewer : { ...anyone, token: viewer.token };
    return { viewer: as, address, sent: '', allowed: true };
  });
  const cases = targetsFor(world, 'casefiles', viewer, 'each').map(({ value, readable }) => {
    const isStaff = viewer.seats.some(([role]) => role !== 'admin' && role !== 'auditor') && !viewer.mustChangePassword;
    return { viewer, address: `/console/cases/${value}`, sent: value, allowed: readable && isStaff };
  });
  const messages = targetsFor(world, 'area-messages', viewer, 'each').map(({ value, readable }) => {
    const isReader = viewer.seats.some(([role]) => channelReaders.includes(role)) && !viewer.mustChangePassword;
    return { viewer, address: `/console/channel/${value}`, sent: value, allowed: readable && isReader };
  });
  const ledgers = (
    [
      ['residents', '/console/ledgers', ledgerReaders],
      ['ledger-batches', '/console/ledgers/files', ledgerKeepers],
      ['campaigns', '/console/campaigns', campaignReaders],
      ['campaign-targets', '/console/visits', campaignReaders],
      ['directives', '/console/directives', directiveReaders],
      ['directive-items', '/console/directive-items', directiveReaders],
      ['person-requests', '/console/requests', requestReaders],
      ['pledges', '/console/pledges', pledgeSigners],
      ['pledge-signatures', '/console/pledge-signatures', pledgeSigners],
      ['patrols', '/console/patrols', patrolReaders],
      ['checkpoints', '/console/checkpoints', checkpointReaders],
      ['ledger-templates', '/console/ledgers/templates', ledgerKeepers],
      ['own-fields', '/console/ledgers/fields', ledgerReaders],
      ['own-ledgers', '/console/ledgers/own', ledgerReaders],
      ['hazards', '/console/hazards', hazardReaders],
      ['inspections', '/console/inspections', finders],
    ] as const
  ).flatMap(([kind, page, roles]) =>
    targetsFor(world, kind, viewer, 'each').map(({ value, readable }) => {
      const isOne = viewer.seats.some(([role]) => (roles as readonly string[]).includes(role));
      return {
        viewer,
        address: `${page}/${value}`,
        sent: value,
        allowed: readable && isOne && !viewer.mustChangePassword,
      };
    }),
  );
  const answers = ledgers.flatMap((visit) =>
    visit.address.startsWith('/console/campaigns/') ? [{ ...visit, address: `${visit.address}/answers` }] : [],
  );
  const figures = ['intake', 'overdue'].map((figure) => {
    const address = `/console/figures/${figure}?part=all&most=200`;
    return { viewer, address, sent: '', allowed: true };
  });
  const lists = ['post_without_holder', 'person_many_cases'].map((finding) => {
    const address = `/console/responsibility/${finding}?mostCases=0`;
    return { viewer, address, sent: '', allowed: true };
  });
  const duties = ['', '?late=1'].map((which) => {
    const address = `/console/people/duties${which}`;
    return { viewer, address, sent: '', allowed: true };
  });
  return [...plain, ...cases, ...messages, ...ledgers, ...answers, ...figures, ...lists, ...duties];
}

function trackedBy(world: World): Visit[] {
  return world.matters.map(({ key, code, realm, gone }) => {
    const viewer = reporterBy(world.county, code, `报事人(${key})`);
    return { viewer, address: `/track/${code}`, sent: code, allowed: realm === 1 && !gone };
  });
}

const nameOf = (address: string): string => address.replace(/[0-9a-f-]{36}|[A-Z0-9]{4}-.*/, ':id');

/** Where a page's form is sent to. */
const sentTo = [
  ...['/', '/console/sign-in', '/console/sign-out', '/console/account/password', '/console/account/sessions/:id/end'],
  ...['import', 'discard', 'issue', 'limits', 'limits/preview'].map((act) => `/console/standards/${act}`),
  ...['preview', 'change'].map((act) => `/console/standards/calendars/:id/${act}`),
  '/activate/:token',
  ...['/console/cases/:id/photos', '/console/cases/:id/:command'],
  ...['/look', '/g/:area/channel', '/console/channel/:id/:command'],
  ...['/console/channel/robots', '/console/channel/robots/:id/test'],
  ...['hand-over', 'appoint', 'relieve', 'raise', 'bodies/:id/stand-down', 'bodies/:id/hours'].map(
    (act) => `/console/people/${act}`,
  ),
  '/console/handovers/:id/confirm',
  ...['/console/residents', '/console/residents*'],
  ...[
    'find',
    'out',
    ':id/facts',
    ':id/numbers',
    ':id/forget',
    ':id/merge',
    ':id/apart',
    ':id/again',
    ':id/other',
    ':id/unmerge',
    ':id/household',
  ].map((act) => `/console/ledgers/${act}`),
  ...['', '/:id/columns', '/:id/ledger', '/:id/take', '/:id/undo', '/:id/drop'].map(
    (act) => `/console/ledgers/files${act}`,
  ),
  ...['', '/:id/ledger', '/:id/bind', '/:id/fill', '/:id/drop'].map((act) => `/console/ledgers/templates${act}`),
  ...['new', ':id/change', ':id/retire'].map((act) => `/console/ledgers/fields/${act}`),
  ...['', '/:id/change', '/:id/retire'].map((act) => `/console/ledgers/own${act}`),
  '/console/ledgers/new',
  ...['', '/:id/bind', '/:id/fill', '/:id/drop'].map((act) => `/console/ledgers/templates${act}`),
  ...['new', ':id/rounds', ':id/close'].map((act) => `/console/campaigns/${act}`),
  ...['/console/directives/new', '/console/pledges/new'],
  ...['new', 'find', ...Object.keys(requestForms).map((act) => `:id/${act}`)].map((act) => `/console/requests/${act}`),
  ...['new', ':id/rounds', ':id/close', ':id/answers-out'].map((act) => `/console/campaigns/${act}`),
  ...['/console/directives/new', '/console/directives/drafts/:id/drop', '/console/pledges/new'],
  ...Object.keys(itemForms).map((act) => `/console/directive-items/:id/${act}`),
  ...Object.keys(signatureForms).map((act) => `/console/pledge-signatures/:id/${act}`),
  ...['new', ':id/change', ':id/close'].map((act) => `/console/patrols/${act}`),
  ...['new', ...checkpointForms.map((act) => `:id/${act}`)].map((act) => `/console/checkpoints/${act}`),
  '/console/account/collect',
  ...['new', 'xlsform', ':id/rounds', ':id/close', ':id/answers-out'].map((act) => `/console/campaigns/${act}`),
  ...['new', ':id/photos', ':id/:command'].map((act) => `/console/hazards/${act}`),
  ...['new', 'checklists', ':id/look', ':id/hazards', ':id/close'].map((act) => `/console/inspections/${act}`),
  ...['jobs/rerun', 'jobs/give-up', 'outbox/resend', 'outbox/neighbours/:id/retry'].map(
    (act) => `/console/operator/${act}`,
  ),
  ...['phones/:id/revoke', 'keys', 'keys/:id/revoke', 'imports/:id/look', 'imports/:id/undo'].map(
    (act) => `/console/operator/${act}`,
  ),
  ...['answer', 'object', 'contest', 'reply', 'join', 'conceal', 'photos'].map((act) => `/track/:code/${act}`),
];
const shown = [
  '/console/posters/:area',
  '/g/:area',
  '/g/:area/channel',
  '/console/channel/:id',
  '/grids/:area',
  ...fixed,
  ...ofTheProgram,
  '/console/cases/:id',
  '/console/map/:area',
  '/console/areas/:area',
  '/console/figures/:figure',
  '/console/responsibility/:finding',
  '/console/people/person/:id',
  '/console/people/posts/:id',
  '/console/people/bodies/:id',
  '/console/people/bodies/:id/stand-down',
  ...['/console/ledgers/:id', '/console/ledgers/:id/forget', '/console/ledgers/files/:id', '/console/residents*'],
  ...['merge', 'merges', 'other', 'household'].map((page) => `/console/ledgers/:id/${page}`),
  '/console/ledgers/templates/:id',
  '/console/ledgers/fields/:id',
  '/console/ledgers/own/:id',
  ...['/console/campaigns/:id', '/console/campaigns/:id/answers', '/console/visits/:id'],
  '/console/directives/:id',
  '/console/directive-items',
  '/console/directive-items/:id',
  '/console/requests/:id',
  '/console/pledges/:id',
  '/console/pledge-signatures/:id',
  ...['/console/patrols/:id', '/console/patrols/:id/change', '/console/patrols/:id/stickers'],
  ...['', '/change', '/notice'].map((more) => `/console/checkpoints/:id${more}`),
  '/console/hazards/:id',
  '/console/inspections/:id',
  '/console/standards/calendars/:id',
  '/console/operator/phones/:id',
  '/console/operator/imports/:id',
  '/console/operator/imports/:id/refused.csv',
  '/console/operator/imports/:id/kept.csv',
  '/track/:code',
  '/activate/:token',
  '/api/live',
  ...['/help/:page', '/help*'],
  '/*',
];

/** Every address that the program answers, as `METHOD path`, read from its own tree of routes. */
function addressesOf(app: FastifyInstance): string[] {
  const above: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, before = '', label = '', methods = ''] = /^(.*?)[└├]── (\S+)(?: \((.*)\))?$/.exec(line) ?? [];
      const depth = before.length / 4;
      above.splice(depth, above.length, label);
      const given = methods.split(', ').filter((method) => method !== '' && method !== 'HEAD');
      return given.map((method) => `${method} ${above.join('')}`);
    });
}

export async function tellPages(world: World, app: FastifyInstance): Promise<void> {
  test('程序答应的每一个地址，不是登记过的接口就是这里写着的网页', () => {
    const endpoints = world.endpoints.map(({ method, path }) => `${method} ${path}`);
    const pages = [...shown.map((path) => `GET ${path}`), ...sentTo.map((path) => `POST ${path}`)];
    const answered = addressesOf(app);
    expect(answered.filter((address) => ![...endpoints, ...pages].includes(address))).toEqual([]);
    expect(endpoints.filter((address) => !answered.includes(address))).toEqual([]);
  });

  test('网页和运行地址：谁都看不到不该看的编号和词句', async () => {
    const visits = [...world.viewers.flatMap((viewer) => visitsOf(world, viewer)), ...trackedBy(world)];
    const pages = await inTurn(visits, ({ address, viewer: { token } }) =>
      app.inject({ url: address, headers: token === null ? {} : { authorization: `Bearer ${token}` } }),
    );
    const findings = visits.flatMap(({ viewer, address, sent, allowed }, i): Finding[] => {
      const page = pages[i];
      const say = (rule: string, detail: string) => ({
        ...{ rule, endpoint: nameOf(address), detail: `${viewer.name} ${address}: ${detail}` },
      });
      const leaks = leaksIn(world, viewer, nameOf(address), page?.body ?? '', sent);
      const status = page?.statusCode ?? 0;
      const wrong = status >= 500 || (sent !== '' && (status === 200) !== allowed);
      return [...leaks.map((leak) => say('泄露', leak)), ...(wrong ? [say('不该有的回答', String(status))] : [])];
    });
    expect(summary(findings)).toEqual([]);
  });

  test('实时消息：只说到看得到的记录', async () => {
    await app.listen({ host: '127.0.0.1', port: 0 });
    const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    const heard = await inTurn(world.viewers, async (viewer) => ({ viewer, ...(await listen(base, viewer)) }));
    const findings = heard.flatMap(({ viewer, text }) =>
      leaksIn(world, viewer, 'journal.read', text).map((leak) => ({
        ...{ rule: '泄露', endpoint: '/api/live', detail: `${viewer.name}: ${leak}` },
      })),
    );
    expect(summary(findings)).toEqual([]);
    const admitted = heard.filter(({ status }) => status === 200).map(({ viewer }) => viewer.kind);
    expect(new Set(admitted)).toEqual(new Set(['account']));
    expect(heard.find(({ viewer }) => viewer.name.includes('陈敏'))?.text).toContain('casefile');
  });
}

/** What the feed brings at once to somebody who has nothing yet. */
async function listen(base: string, { token }: Viewer): Promise<{ status: number; text: string }> {
  const ending = new AbortController();
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(`${base}/api/live?after=0`, { headers, signal: ending.signal });
  let text = '';
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  const quiet = () => new Promise<null>((resolve) => setTimeout(() => resolve(null), 700));
  for (let piece = await reader?.read(); piece && !piece.done; ) {
    text += piece.value;
    const next = await Promise.race([reader?.read(), quiet()]);
    if (!next) break;
    piece = next;
  }
  ending.abort();
  return { status: answer.status, text };
}
