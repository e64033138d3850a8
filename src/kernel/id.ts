import { z } from 'zod';

/**
 * Ids are UUIDv7, made by whoever creates the record, so that a phone without network can name what it made. A version
 * 7 id tells when it was made; what must not tell that (a resident's tracking code) is not one of these.
 */
export type Id = string;

export const idSchema = z.guid().describe('UUID');
