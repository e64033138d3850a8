import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { expect } from 'vitest';
import { idOf, inside } from '../seeds/small/plan.ts';
import type { Id } from '../src/kernel/id.ts';
import type { Caller, Reply } from './harness.ts';

/** How stories are told: one call a sentence, failing where the sentence is not true. */
export const area = (key: string): Id => idOf(1, 'area', key);
export const body = (key: string): Id => idOf(1, 'body', key);
export const person = (login: string): Id => idOf(1, 'person', login);

export interface Reported {
  readonly id: Id;
  readonly reportId: Id;
  readonly number: string;
  readonly code: string;
}

export const aReport = (changes: object = {}): { casefileId: Id; reportId: Id } & Record<string, unknown> => ({
  casefileId: randomUUID(),
  reportId: randomUUID(),
  words: '二运巷口路面塌了一块，车轮会陷进去',
  place: { ...inside(0, 0), words: '二运巷口' },
  channel: 'portal',
  ...changes,
});

export async function report(by: Caller, changes: object = {}, path = '/api/reports'): Promise<Reported> {
  const form = aReport(changes);
  const said = await by.post(path, form);
  expect(said.body, 'reported').toMatchObject({ casefileId: form.casefileId, reportId: form.reportId });
  return { id: form.casefileId, reportId: form.reportId, number: said.body.number, code: said.body.trackingCode };
}

/** Takes a step and expects it to be taken; returns the new status. */
export async function step(by: Caller, id: Id, command: string, form: object = {}): Promise<string> {
  const done = await by.post(`/api/casefiles/${id}/${command}`, form);
  expect(done, `${command}: ${JSON.stringify(done.body)}`).toMatchObject({ status: 200 });
  return done.body.status;
}

/** Tries a step and expects it to be refused; returns the problem. */
export async function refused(by: Caller, id: Id, command: string, form: object = {}): Promise<Reply['body']> {
  const done = await by.post(`/api/casefiles/${id}/${command}`, form);
  expect(done.status, `${command} should be refused: ${JSON.stringify(done.body)}`).toBeGreaterThanOrEqual(400);
  expect(done.status).toBeLessThan(500);
  return done.body;
}

/** Posts what must be refused, by this problem, in words. */
export async function refusesToTake(
  by: Caller,
  path: string,
  form: object,
  status: number,
  code: string,
): Promise<void> {
  const reply = await by.post(path, form);
  expect({ status: reply.status, code: reply.body.code }, JSON.stringify(reply.body)).toEqual({ status, code });
  expect(reply.body.title).toMatch(/\p{Script=Han}/u);
}

/** A small real photo, taken in the way every photo is. No two have the same bytes, as no two of a camera have. */
export async function addPhoto(by: Caller, id: Id, stage: string): Promise<void> {
  const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#8a7f66' } })
    .withExif({ IFD0: { ImageDescription: randomUUID() } })
    .jpeg()
    .toBuffer();
  const sent = await by.upload(`/api/casefiles/${id}/photos`, { stage, commandId: randomUUID() }, [
    { name: 'IMG.jpg', bytes: picture },
  ]);
  expect(sent.body.photos?.[0], JSON.stringify(sent.body)).toMatchObject({ outcome: 'saved' });
}

export async function look(by: Caller, id: Id): Promise<Reply['body']> {
  const seen = await by.get(`/api/casefiles/${id}`);
  expect(seen.status, JSON.stringify(seen.body)).toBe(200);
  return seen.body;
}

/** The open duties in somebody's inbox on one case. */
export async function owes(by: Caller, id: Id): Promise<string[]> {
  const inbox = await by.get('/api/inbox');
  expect(inbox.status).toBe(200);
  return inbox.body.filter((line: { recordId: Id }) => line.recordId === id).map((line: { duty: string }) => line.duty);
}

export const can = (
  seen: Reply['body'],
  command: string,
): { allowed: boolean; reason: { zh: string } | null } | undefined =>
  seen.can.find((one: { command: string }) => one.command === command);

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
