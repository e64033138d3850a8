import type { FastifyReply, FastifyRequest } from 'fastify';
import { readForm } from '../app.ts';
import type { PageCall } from './call.ts';
import type { PageRoom } from './portal.ts';
import { type Framed, type Refused, refusedBy, type Shown } from './viewer.ts';

/** Forms of the desk: what was posted leads on; what was refused shows the page of the form again, with why and what was typed. */
export type Fields = Readonly<Record<string, string>>;

interface Told {
  readonly typed?: Fields;
  readonly refused?: Refused;
}

/** A page with a form on it: opened by its address, or shown again with what became of the form. */
export type FormPage<More = object> = (
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  framed: Framed,
  told?: Told & More,
) => Promise<FastifyReply>;

interface Sending {
  readonly room: PageRoom;
  readonly request: FastifyRequest;
  readonly call: PageCall;
}

/**
 * `send` gives the address that is gone to next; null where nothing was sent yet and the form is to be shown as it was typed.
 * `refusing` says what stands beside the form, or throws what is a page of its own.
 */
export const posted =
  (
    again: FormPage,
    send: (sending: Sending, typed: Fields) => Promise<string | null>,
    refusing: (error: unknown, request: FastifyRequest) => Refused = refusedBy,
  ): Shown =>
  async (room, request, reply, framed) => {
    const { fields: typed } = await readForm(request);
    try {
      const next = await send({ room, request, call: framed.call }, typed);
      return next === null ? await again(room, request, reply, framed, { typed }) : reply.redirect(next, 303);
    } catch (error) {
      return again(room, request, reply, framed, { typed, refused: refusing(error, request) });
    }
  };
