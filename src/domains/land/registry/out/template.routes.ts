import { z } from 'zod';
import { type Endpoint, file, idParam, read, write } from '../../../../kernel/endpoint.ts';
import { idSchema } from '../../../../kernel/id.ts';
import { ledgerKeepers, ledgerReaders } from '../ledger.model.ts';
import { exportFile, exportSeen } from './out.commands.ts';
import { bindTemplate, dropTemplate, recheckTemplate, turnTemplate } from './template.commands.ts';
import { bindingForm, exportView, ledgerForm, templateDetail, templateView } from './template.model.ts';
import { readTemplate, templateList } from './template.views.ts';

const byKeepers = { access: [{ roles: ledgerKeepers }], lane: 'work' } as const;
const byReaders = { access: [{ roles: ledgerReaders }], lane: 'work' } as const;

export const templateRoutes: readonly Endpoint[] = [
  read({
    ...byKeepers,
    name: 'ledger_template.list',
    path: '/api/ledger-templates',
    summary: { zh: '上级的空表', en: 'Blank workbooks of superiors' },
    output: z.array(templateView),
    handle: (ctx) => templateList(ctx),
  }),
  read({
    ...byKeepers,
    name: 'ledger_template.read',
    path: '/api/ledger-templates/:id',
    summary: {
      zh: '一张空表：每一列填什么、填哪些人',
      en: 'A blank workbook: what its columns hold, and who belongs into it',
    },
    params: idParam,
    output: templateDetail,
    handle: (ctx, { params }) => readTemplate(ctx, params.id),
  }),
  write({
    ...byKeepers,
    name: 'ledger_template.bind',
    method: 'POST',
    path: '/api/ledger-templates/:id/bind',
    summary: { zh: '定每一列填什么、填哪些人', en: 'Say what its columns hold, and who belongs into it' },
    params: idParam,
    body: bindingForm,
    output: z.object({ templateId: idSchema, version: z.number() }),
    handle: (ctx, { params, body }) => bindTemplate(ctx, params.id, body),
    recheck: (ctx, { params }) => recheckTemplate(ctx, params.id),
  }),
  write({
    ...byKeepers,
    name: 'ledger_template.turn',
    method: 'POST',
    path: '/api/ledger-templates/:id/ledger',
    summary: { zh: '定填哪一张、从哪本台账填', en: 'Say which table is filled, and from which ledger' },
    params: idParam,
    body: ledgerForm,
    output: z.object({ templateId: idSchema, version: z.number() }),
    handle: (ctx, { params, body }) => turnTemplate(ctx, params.id, body),
    recheck: (ctx, { params }) => recheckTemplate(ctx, params.id),
  }),
  write({
    ...byKeepers,
    name: 'ledger_template.drop',
    method: 'POST',
    path: '/api/ledger-templates/:id/drop',
    summary: { zh: '收起一张空表', en: 'Put a blank workbook away' },
    params: idParam,
    output: z.object({ templateId: idSchema }),
    handle: (ctx, { params }) => dropTemplate(ctx, params.id),
    recheck: (ctx, { params }) => recheckTemplate(ctx, params.id),
  }),
  read({
    ...byReaders,
    name: 'ledger_export.read',
    path: '/api/ledger-exports/:id',
    summary: { zh: '自己做的一个文件', en: 'A file that one made' },
    params: idParam,
    output: exportView,
    handle: (ctx, { params }) => exportSeen(ctx, params.id),
  }),
  file({
    ...byReaders,
    name: 'ledger_export.file',
    path: '/api/ledger-exports/:id/file',
    summary: { zh: '下载自己做的文件，存一天', en: 'Download a file that one made; kept for a day' },
    params: idParam,
    type: 'application/octet-stream',
    find: async (ctx, { params }) => {
      const { fileName, open } = await exportFile(ctx, params.id);
      const type = 'application/octet-stream';
      return { etag: `"${params.id}"`, name: fileName, open: async () => ({ type, bytes: open() }) };
    },
  }),
];
