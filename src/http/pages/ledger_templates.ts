import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  type MadeFile,
  MOST_CONDITIONS,
  type TemplateDetail,
  templatePage,
} from '../../web/console/ledger_template.pages.ts';
import { type TemplateLine, templatesPage } from '../../web/console/ledger_templates.pages.ts';
import { TEMPLATES } from '../../web/console/residents.pages.ts';
import { readForm, sendPage } from '../app.ts';
import { areasToChoose } from './area_asked.ts';
import type { PageCall } from './call.ts';
import { ledgersFor } from './ledger_asked.ts';
import { idIn } from './people.ts';
import type { PageRoom } from './portal.ts';
import { madeIn, refusedBy } from './residents.ts';
import { doneIn, type Framed, type Handler, type Refused, type Shown } from './viewer.ts';

/** Blank workbooks of superiors at the desk: sending one, saying what it holds, filling it. */
type Fields = Readonly<Record<string, string>>;

const said = {
  sent: {
    zh: '看懂了，存好了。请看每一列填什么对不对。',
    en: 'It was understood and kept. Look whether the columns are right.',
  },
  bound: { zh: '对法保存好了。', en: 'Saved.' },
  turned: {
    zh: '改好了。请看每一列填什么对不对。',
    en: 'Changed. Look whether the columns are right.',
  },
  dropped: { zh: '收起来了。', en: 'Put away.' },
} as const;

async function showTemplates(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  typed: Fields = {},
  refused: Refused | null = null,
): Promise<FastifyReply> {
  const templates = await room.call<TemplateLine[]>('ledger_template.list', call);
  const areas = await areasToChoose(room, call);
  const told = { done: doneIn(said, request), fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() };
  return sendPage(reply, refused?.status ?? 200, templatesPage(await frame(), { templates, areas, typed, ...told }));
}

const takeTemplate: Shown = async (room, request, reply, framed) => {
  // Who may not keep one is told so before a large file is read.
  await room.call('ledger_template.list', framed.call);
  const { fields, files } = await readForm(request);
  try {
    const given = { body: fields, files };
    const { templateId } = await room.call<{ templateId: string }>('ledger_template.send', framed.call, given);
    return reply.redirect(`${TEMPLATES}/${templateId}?done=sent`, 303);
  } catch (error) {
    return showTemplates(room, request, reply, framed, fields, refusedBy(error, request));
  }
};

const readTemplate = (room: PageRoom, call: PageCall, request: FastifyRequest): Promise<TemplateDetail> =>
  room.call<TemplateDetail>('ledger_template.read', call, { params: { id: idIn(request) } });

async function showTemplate(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  typed: Fields = {},
  refused: Refused | null = null,
): Promise<FastifyReply> {
  const template = await readTemplate(room, call, request);
  const areas = await areasToChoose(room, call);
  const { own, ledger } = await ledgersFor(room, call, { code: template.ledger, areaId: template.areaId });
  const made: MadeFile | null = await madeIn(room, request, call);
  const told = { done: doneIn(said, request), fault: refused?.fault ?? null, newId: () => room.runtime.ids.newId() };
  return sendPage(
    reply,
    refused?.status ?? 200,
    templatePage(await frame(), { template, ledger, own, areas, made, typed, ...told }),
  );
}

const takeFilling: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  const { commandId, areaId, reason = '' } = fields;
  try {
    const body = { commandId, areaId, ...(reason.trim() !== '' && { reason }) };
    const given = { params: { id: idIn(request) }, body };
    const { exportId } = await room.call<{ exportId: string }>('ledger_template.fill', framed.call, given);
    return reply.redirect(`${TEMPLATES}/${idIn(request)}?made=${exportId}`, 303);
  } catch (error) {
    return showTemplate(room, request, reply, framed, fields, refusedBy(error, request));
  }
};

const takeBinding: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  const { tables } = await readTemplate(room, framed.call, request);
  try {
    const given = { params: { id: idIn(request) }, body: bindingIn(fields, tables) };
    await room.call('ledger_template.bind', framed.call, given);
    return reply.redirect(`${TEMPLATES}/${idIn(request)}?done=bound`, 303);
  } catch (error) {
    return showTemplate(room, request, reply, framed, fields, refusedBy(error, request));
  }
};

const takeTurning: Shown = async (room, request, reply, framed) => {
  const { commandId, version, table, ledger } = (await readForm(request)).fields;
  try {
    const body = { commandId, version: Number(version), table: Number(table), ledger };
    await room.call('ledger_template.turn', framed.call, { params: { id: idIn(request) }, body });
    return reply.redirect(`${TEMPLATES}/${idIn(request)}?done=turned`, 303);
  } catch (error) {
    return showTemplate(room, request, reply, framed, {}, refusedBy(error, request));
  }
};

/** Of the table that is chosen; what stands in the form of the others is not asked. */
function bindingIn(fields: Fields, tables: TemplateDetail['tables']): object {
  const table = Number(fields.table ?? 0);
  const there = tables[table];
  const orNone = (value: string | undefined): string | null => (value === undefined || value === '' ? null : value);
  const conditions = Array.from({ length: MOST_CONDITIONS }, (_, i) => i).flatMap((i) => {
    const [field, is, value] = ['field', 'is', 'value'].map((part) => orNone(fields[`k.${i}.${part}`]?.trim()));
    return field == null ? [] : [{ field, is, ...(value != null && { value }) }];
  });
  const [field, is, value] = (fields.offer ?? '').split(':');
  const offered = field && is ? [{ field, is, ...(value && { value }) }] : [];
  return {
    commandId: fields.commandId,
    ...{ version: Number(fields.version ?? 0), table, conditions: [...conditions, ...offered] },
    columns: there?.columns.map(({ column }) => ({ column, field: orNone(fields[`c.${table}.${column}`]) })) ?? [],
    cells: there?.cells.map(({ at }) => ({ at, holds: orNone(fields[`s.${table}.${at}`]) })) ?? [],
  };
}

const takeDropping: Shown = async (room, request, reply, framed) => {
  const { commandId } = (await readForm(request)).fields;
  await room.call('ledger_template.drop', framed.call, { params: { id: idIn(request) }, body: { commandId } });
  return reply.redirect(`${TEMPLATES}?done=dropped`, 303);
};

export function addLedgerTemplates(app: FastifyInstance, room: PageRoom, shown: (show: Shown) => Handler): void {
  app.get(TEMPLATES, shown(showTemplates));
  app.post(TEMPLATES, shown(takeTemplate));
  app.get(`${TEMPLATES}/:id`, shown(showTemplate));
  app.post(`${TEMPLATES}/:id/bind`, shown(takeBinding));
  app.post(`${TEMPLATES}/:id/fill`, room.limit('ledger_template.fill'), shown(takeFilling));
  app.post(`${TEMPLATES}/:id/ledger`, shown(takeTurning));
  app.post(`${TEMPLATES}/:id/drop`, shown(takeDropping));
}
