import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { forms as requestForms } from '../../src/domains/community/requests/request.model.ts';
import { forms as itemForms } from '../../src/domains/work/directives/item.model.ts';
import { forms as signatureForms } from '../../src/domains/work/pledges/pledge.model.ts';
import { type Finding, inTurn } from './asking.ts';
import { aPhoto, formOf } from './belongings.ts';
import { leaksIn } from './leaks.ts';
import { checkpointForms } from './ledgers.ts';
import { targetsFor } from './relations.ts';
import type { Viewer } from './viewers.ts';
import type { World } from './world.ts';

/** Forms of the pages, sent by those who may not see what they are about: the same endpoints through another door. */
interface Sending {
  readonly viewer: Viewer;
  readonly url: string;
  readonly sent: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly withPhoto?: boolean;
}

const words = { words: '测试测试', reason: '测试测试', answer: 'satisfied', conditionCode: 'road-sunken-passable' };

function sendingsOf(world: World, viewer: Viewer): Sending[] {
  const hidden = (kind: string) =>
    targetsFor(world, kind, viewer, 'each').filter(({ readable, as }) => !readable && as === viewer);
  const about = (kind: string, paths: readonly string[]): Sending[] =>
    hidden(kind).flatMap(({ value: sent }) =>
      paths.map((path) => ({
        ...{ viewer, sent, url: path.replace(':id', encodeURIComponent(sent)), fields: words },
        ...{ withPhoto: path.endsWith('/photos') },
      })),
    );
  const commands = ['measure', 'register', 'read_contact', 'photos'];
  return [
    ...about(
      'casefiles',
      commands.map((command) => `/console/cases/:id/${command}`),
    ),
    ...about(
      'area-messages',
      ['answer', 'set_aside', 'read_contact'].map((command) => `/console/channel/:id/${command}`),
    ),
    ...about(
      'residents',
      ['facts', 'numbers', 'forget', 'merge', 'apart', 'again', 'other', 'unmerge', 'household'].map(
        (act) => `/console/ledgers/:id/${act}`,
      ),
    ),
    ...about(
      'ledger-batches',
      ['columns', 'ledger', 'take', 'undo', 'drop'].map((act) => `/console/ledgers/files/:id/${act}`),
    ),
    ...about(
      'campaigns',
      ['rounds', 'close', 'answers-out'].map((act) => `/console/campaigns/:id/${act}`),
    ),
    ...about('directive-drafts', ['/console/directives/drafts/:id/drop']),
    ...about(
      'directive-items',
      Object.keys(itemForms).map((act) => `/console/directive-items/:id/${act}`),
    ),
    ...about(
      'person-requests',
      Object.keys(requestForms).map((act) => `/console/requests/:id/${act}`),
    ),
    ...about(
      'pledge-signatures',
      Object.keys(signatureForms).map((act) => `/console/pledge-signatures/:id/${act}`),
    ),
    ...about(
      'patrols',
      ['change', 'close'].map((act) => `/console/patrols/:id/${act}`),
    ),
    ...about(
      'checkpoints',
      checkpointForms.map((act) => `/console/checkpoints/:id/${act}`),
    ),
    ...about(
      'own-ledgers',
      ['change', 'retire'].map((act) => `/console/ledgers/own/:id/${act}`),
    ),
    ...about(
      'own-fields',
      ['change', 'retire'].map((act) => `/console/ledgers/fields/:id/${act}`),
    ),
    ...about(
      'ledger-templates',
      ['ledger', 'bind', 'fill', 'drop'].map((act) => `/console/ledgers/templates/:id/${act}`),
    ),
    ...about(
      'hazards',
      ['accept', 'rectify', 'check_off', 'withdraw', 'object', 'ask_time', 'uphold', 'photos'].map(
        (act) => `/console/hazards/:id/${act}`,
      ),
    ),
    ...about(
      'inspections',
      ['look', 'hazards', 'close'].map((act) => `/console/inspections/:id/${act}`),
    ),
    ...about('group-robots', ['/console/channel/robots/:id/test']),
    ...about('handovers', ['/console/handovers/:id/confirm']),
    ...about('devices', ['/console/operator/phones/:id/revoke']),
    ...about('sessions', ['/console/account/sessions/:id/end']),
    ...about('code', ['/track/:id/answer', '/track/:id/reply']),
  ];
}

async function send(app: FastifyInstance, { viewer, url, fields, withPhoto }: Sending) {
  const commandId = randomUUID();
  const authorization = viewer.token === null ? {} : { authorization: `Bearer ${viewer.token}` };
  const files = withPhoto ? [aPhoto(commandId)] : [];
  const { payload, headers } = await formOf({ commandId, ...(withPhoto ? { stage: 'report' } : fields) }, files);
  return app.inject({ method: 'POST', url, payload, headers: { ...headers, ...authorization } });
}

/** A page may lead on to another page, which then refuses; it never tells anything, and never breaks. */
export async function sendEveryForm(
  world: World,
  app: FastifyInstance,
): Promise<{ sent: number; findings: Finding[] }> {
  const sendings = world.viewers.flatMap((viewer) => sendingsOf(world, viewer));
  const answers = await inTurn(sendings, (one) => send(app, one));
  const findings = sendings.flatMap(({ viewer, url, sent }, i): Finding[] => {
    const { statusCode = 0, body = '' } = answers[i] ?? {};
    const page = url.replace(encodeURIComponent(sent), ':id');
    const leaks = leaksIn(world, viewer, page, body, sent);
    const broken = statusCode >= 500 || statusCode === 200 ? [`回答 ${statusCode}`] : [];
    return [...leaks, ...broken].map((detail) => ({
      rule: '网页表单',
      endpoint: page,
      detail: `${viewer.name} ${url}: ${detail}`,
    }));
  });
  return { sent: sendings.length, findings };
}
