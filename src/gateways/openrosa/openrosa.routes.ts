import { z } from 'zod';
import { execute } from '../../kernel/command.ts';
import { type Endpoint, idParam, procedure, read } from '../../kernel/endpoint.ts';
import { isOfCollect } from '../../kernel/entrance.ts';
import { idSchema } from '../../kernel/id.ts';
import { transact } from '../../kernel/transaction.ts';
import { answered, envelope } from './dialect.ts';
import { formList, formXml, manifest, takePeople } from './form.views.ts';
import { addressFor, makeKey } from './key.commands.ts';
import { openrosaVisitors } from './openrosa.model.ts';
import { takeSubmission } from './submission.commands.ts';

/** OpenRosa 1.0, so that ODK Collect is a second client of campaigns; and the keys that let it in. */
export const openrosaRoutes = (publicUrl: string): readonly Endpoint[] => [
  ...takingRoutes(publicUrl),
  ...sendingRoutes,
  procedure({
    name: 'collect_key.make',
    method: 'POST',
    path: '/api/collect-keys',
    summary: { zh: '给自己的手机做一个 ODK Collect 密钥', en: 'Make a key of ODK Collect for my own phone' },
    access: [{ roles: openrosaVisitors }],
    lane: 'work',
    triesPerMinute: 10,
    output: z.object({ keyId: idSchema, address: z.string(), settings: z.string() }),
    handle: (runtime, { entrance, commandId }) => makeKey(runtime, entrance, commandId, publicUrl),
  }),
];

const byVisitors = { access: [{ roles: openrosaVisitors }], forCollect: true } as const;
const output = z.object({ status: z.number(), type: z.string(), text: z.string() });

const takingRoutes = (publicUrl: string): Endpoint[] => {
  const baseOf = (token: string | null): string =>
    token !== null && isOfCollect(token) ? addressFor(publicUrl, token) : `${publicUrl}/openrosa`;
  return [
    procedure({
      ...byVisitors,
      name: 'openrosa.forms',
      method: 'GET',
      path: '/openrosa/formList',
      summary: { zh: 'OpenRosa：有哪些表', en: 'OpenRosa: which forms there are' },
      lane: 'read',
      triesPerMinute: 60,
      output,
      handle: (runtime, { entrance, token }) =>
        transact(runtime, entrance, async (ctx) => answered(await formList(ctx, baseOf(token)))),
    }),
    read({
      ...byVisitors,
      name: 'openrosa.form',
      path: '/openrosa/campaigns/:id.xml',
      summary: { zh: 'OpenRosa：一张表', en: 'OpenRosa: one form' },
      lane: 'read',
      triesPerMinute: 120,
      params: idParam,
      output,
      handle: async (ctx, { params }) => answered(await formXml(ctx, params.id)),
    }),
    procedure({
      ...byVisitors,
      name: 'openrosa.manifest',
      method: 'GET',
      path: '/openrosa/campaigns/:id/manifest.xml',
      summary: { zh: 'OpenRosa：表带的文件', en: 'OpenRosa: the files of a form' },
      lane: 'read',
      triesPerMinute: 60,
      params: idParam,
      output,
      handle: (runtime, { entrance, token, params }) =>
        transact(runtime, entrance, async (ctx) => answered(await manifest(ctx, params.id, baseOf(token)))),
    }),
    procedure({
      ...byVisitors,
      name: 'openrosa.people',
      method: 'GET',
      path: '/openrosa/campaigns/:id/people.csv',
      summary: { zh: 'OpenRosa：走访谁', en: 'OpenRosa: the people to be visited' },
      lane: 'read',
      triesPerMinute: 30,
      params: idParam,
      output,
      handle: async (runtime, { entrance, commandId, params }) => {
        const taken = { people: '' };
        const command = { id: commandId, name: 'openrosa.people', input: { params } };
        await execute(runtime, entrance, command, {
          work: async (ctx) => {
            taken.people = await takePeople(ctx, params.id);
            return {};
          },
        });
        return answered(taken.people, 200, 'text/csv; charset=utf-8');
      },
    }),
  ];
};

const sendingRoutes: Endpoint[] = [
  read({
    ...byVisitors,
    name: 'openrosa.ready',
    path: '/openrosa/submission',
    summary: { zh: 'OpenRosa：能不能交', en: 'OpenRosa: whether submissions are taken' },
    lane: 'read',
    output,
    handle: async () => answered('', 204),
  }),
  procedure({
    ...byVisitors,
    name: 'openrosa.submit',
    method: 'POST',
    path: '/openrosa/submission',
    summary: { zh: 'OpenRosa：交一份表', en: 'OpenRosa: a submission' },
    lane: 'work',
    triesPerMinute: 120,
    files: 6,
    output,
    handle: async (runtime, { entrance, files }) => {
      await takeSubmission(runtime, entrance, files);
      return answered(envelope('submit_success', '已收到，记为一次走访。 Received as a visit.'), 201);
    },
  }),
];
