import type { FastifyReply, FastifyRequest } from 'fastify';
import { writeXlsx } from 'hucre';
import type { z } from 'zod';
import type { auditView } from '../../domains/telling/audit/audit.model.ts';
import { auditPage } from '../../web/console/audit.pages.ts';
import type { DeskFrame } from '../../web/console/console.pages.ts';
import { dayAndTime } from '../../web/ui/time.ts';
import { sendPage } from '../app.ts';
import type { PageRoom } from './portal.ts';
import { askedOf, type Framed } from './viewer.ts';

type Audit = z.output<typeof auditView>;

export async function showAudit(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const asked = askedOf(request);
  const told = await room.call<Audit>('audit.read', framed.call, { query: asked });
  return sendPage(reply, 200, auditPage(await framed.frame(), told, asked));
}

/** As many lines as a workbook is good for; the sheet says when there were more. */
const MOST = 20_000;

export async function sendAudit(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const told = await room.call<Audit>('audit.read', framed.call, { query: { ...askedOf(request), most: MOST } });
  const bytes = await writeXlsx({ sheets: [sheetOf(told, await framed.frame())] });
  return reply
    .header('content-disposition', `attachment; filename="audit-${told.from}-${told.to}.xlsx"`)
    .header('cache-control', 'no-store')
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .send(Buffer.from(bytes));
}

function sheetOf({ entries, next }: Audit, { language, zone }: DeskFrame) {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const heads = [t('流水号', 'Position'), t('时间', 'When'), t('谁', 'Who'), t('做了什么', 'Did what')];
  const rows = entries.map(({ position, recordedAt, by, kindWords, number, recordKind, recordId, intact }) => [
    ...[position, dayAndTime(recordedAt, zone, language), recordedAt.toISOString(), by[language], kindWords[language]],
    ...[number ?? `${recordKind} ${recordId}`, intact ? t('一致', 'intact') : t('与封存时不同', 'not what was sealed')],
  ]);
  const more =
    next === null
      ? []
      : [[t(`只导出了最近 ${MOST} 条，更早的请缩短日期再导`, `Only the latest ${MOST}; ask for fewer days`)]];
  return {
    name: t('审计', 'Audit'),
    rows: [[...heads.slice(0, 2), 'UTC', ...heads.slice(2), t('关于', 'About'), t('封存', 'Seal')], ...rows, ...more],
    freezePane: { rows: 1 },
  };
}
