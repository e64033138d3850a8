import { z } from 'zod';

/**
 * Ids are UUIDv7, made by whoever creates the record, so that a phone without network can name what it made. A version
 * 7 id tells when it was made; what must not tell that (a resident's tracking code) is not one of these.
 */
export type Id = string;

/**
 * In small letters from the door on, as the database gives it back: what is sealed for an id opens for that id only, and
 * some phones write UUIDs in capitals.
 */
export const idSchema = z.guid().toLowerCase().describe('UUID');
