import { randomUUID } from 'node:crypto';
import { idOf, inside } from '../../seeds/small/plan.ts';

/** The desks around a phone, through the same endpoints: somebody reports, registers, dispatches, and looks later. */
export interface Office {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
  upload<T>(path: string, form: FormData): Promise<T>;
}

export async function officeOf(url: string, login: string): Promise<Office> {
  const json = { 'content-type': 'application/json', accept: 'application/json' };
  const opened = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ login, password: 'jingwei-demo', bearer: true }),
  });
  const { token } = (await opened.json()) as { token: string };
  const ask = async <T>(path: string, init: RequestInit): Promise<T> => {
    const headers = { ...(init.body instanceof FormData ? {} : json), authorization: `Bearer ${token}` };
    const answer = await fetch(url + path, { ...init, headers });
    const told = (await answer.json()) as T;
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(told)}`);
    return told;
  };
  return {
    get: (path) => ask(path, {}),
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify({ commandId: randomUUID(), ...body }) }),
    upload: (path, form) => ask(path, { method: 'POST', body: form }),
  };
}

export const station = { area: idOf(1, 'area', 'station-1'), at: inside(0, 0) };

/** A sunken road in the first grid, sent to the works depot; tells its id. */
export async function dispatched(url: string, words: string): Promise<string> {
  const [grid, registrar, dispatcher] = await Promise.all(
    ['wangxiulan', 'hejing', 'chenmin'].map((login) => officeOf(url, login)),
  );
  if (!grid || !registrar || !dispatcher) throw new Error('somebody is missing');
  const [casefileId, reportId] = [randomUUID(), randomUUID()];
  const place = { ...station.at, areaId: station.area, words: '二运巷口' };
  await grid.post('/api/casefiles', { casefileId, reportId, words, place, channel: 'field' });
  await registrar.post(`/api/casefiles/${casefileId}/register`, { conditionCode: await conditionOf(registrar) });
  await dispatcher.post(`/api/casefiles/${casefileId}/dispatch`, { bodyId: idOf(1, 'body', 'works') });
  return casefileId;
}

/** Of the standard in force: one whose end is proved by photos. */
async function conditionOf(office: Office): Promise<string> {
  const { types } = await office.get<{
    types: { answersTo: string; conditions: { code: string; evidence: string }[] }[];
  }>('/api/standard');
  const found = types
    .filter(({ answersTo }) => answersTo === 'municipal-works')
    .flatMap(({ conditions }) => conditions)
    .find(({ evidence }) => evidence === 'photos');
  if (!found) throw new Error('no condition asks for photos');
  return found.code;
}
