import type { z } from 'zod';
import type { burdenOpenView, burdenView } from '../../domains/work/burden/burden.model.ts';
import { burdenPage, burdenRecordsPage } from '../../web/console/burden.pages.ts';
import { sendPage } from '../app.ts';
import { askedOf, type Shown } from './viewer.ts';

/** What filling in costs people, and the visits and files behind each number. */
export const showBurden: Shown = async (room, request, reply, { call, frame }) => {
  const told = await room.call<z.output<typeof burdenView>>('burden.read', call, { query: askedOf(request) });
  return sendPage(reply, 200, burdenPage(await frame(), told));
};

export const showBurdenRecords: Shown = async (room, request, reply, { call, frame }) => {
  const query = askedOf(request);
  const told = await room.call<z.output<typeof burdenOpenView>>('burden.open', call, { query });
  return sendPage(reply, 200, burdenRecordsPage(await frame(), told, query.personId ?? null));
};
