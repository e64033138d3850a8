import type { Endpoint } from '../kernel/endpoint.ts';
import type { Dialect } from './dialect.ts';
import { open311Dialect } from './open311/dialect.ts';
import { open311Routes } from './open311/open311.routes.ts';

export type { Dialect, Spoken } from './dialect.ts';

/** All that the gateways offer. `publicUrl` is where others find us: they are told so in our answers. */
export const gatewayEndpoints = ({ publicUrl }: { publicUrl: string }): readonly Endpoint[] => open311Routes(publicUrl);

/** The language spoken at an address; null: our own. */
export const dialectAt = (url: string): Dialect | null => (url.startsWith('/open311/') ? open311Dialect : null);
