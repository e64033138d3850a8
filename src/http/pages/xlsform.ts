import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ReadForm } from '../../domains/land/registry/forms/read_form.model.ts';
import { campaignOpeners, campaignProblems } from '../../domains/work/campaigns/campaign.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import { XLSFORM, type XlsformShown, xlsformPage } from '../../web/console/xlsform.pages.ts';
import { readForm, sendPage } from '../app.ts';
import type { PageRoom } from './portal.ts';
import { refusedBy } from './residents.ts';
import type { Framed, Handler, Shown } from './viewer.ts';

/** An XLSForm at the desk: looked over; the questions go on to the page that opens a campaign. */
async function show(
  _room: PageRoom,
  _request: FastifyRequest,
  reply: FastifyReply,
  { frame }: Framed,
  { status = 200, read = null, fault = null }: Partial<XlsformShown> & { status?: number } = {},
): Promise<FastifyReply> {
  const shown = await frame();
  if (!holdsOneOf(shown, campaignOpeners)) throw new Problem(campaignProblems['campaign.not_here']);
  return sendPage(reply, status, xlsformPage(shown, { read, fault }));
}

const take: Shown = async (room, request, reply, framed) => {
  // Who may open no campaign is told so before a large file is read.
  await room.call('campaign.list', framed.call);
  const { files } = await readForm(request);
  try {
    const form = await room.call<ReadForm>('form.read_xlsform', framed.call, { files });
    return await show(room, request, reply, framed, { read: { fileName: files[0]?.name ?? '', form } });
  } catch (error) {
    return show(room, request, reply, framed, refusedBy(error, request));
  }
};

export function addXlsform(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(XLSFORM, shown(show));
  app.post(XLSFORM, shown(take));
}
