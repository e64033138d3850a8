import { consequences } from '../domains/index.ts';
import type { Endpoint } from '../kernel/endpoint.ts';
import type { Consequences } from '../kernel/reaction.ts';
import type { Dialect } from './dialect.ts';
import { neighbourRoutes } from './neighbours/neighbour.routes.ts';
import { sendingReactions } from './neighbours/sending.reactions.ts';
import { neighbourSweep } from './neighbours/turn.outside.ts';
import { open311Dialect } from './open311/dialect.ts';
import { open311Routes } from './open311/open311.routes.ts';
import { openrosaDialect } from './openrosa/dialect.ts';
import { openrosaRoutes } from './openrosa/openrosa.routes.ts';
import { answersOutRoutes } from './workbooks/answers_out.routes.ts';
import { itemsOutRoutes } from './workbooks/items_out.routes.ts';
import { ledgerFileRoutes } from './workbooks/ledger_file.routes.ts';
import { ledgerOutRoutes } from './workbooks/ledger_out.routes.ts';
import { xlsformRoutes } from './xlsform/xlsform.routes.ts';

export type { Dialect, Spoken } from './dialect.ts';
export { keyOutOfAddress } from './openrosa/dialect.ts';

/** All that the gateways offer. `publicUrl` is where others find us: they are told so in our answers. */
export const gatewayEndpoints = ({ publicUrl }: { publicUrl: string }): readonly Endpoint[] => [
  ...open311Routes(publicUrl),
  ...neighbourRoutes,
  ...ledgerFileRoutes,
  ...ledgerOutRoutes,
  ...itemsOutRoutes,
  ...answersOutRoutes,
  ...xlsformRoutes,
  ...openrosaRoutes(publicUrl),
];

/** What follows from a commit anywhere: in the domains, and at the gateways. */
export const allConsequences: Consequences = {
  ...consequences,
  reactions: [...consequences.reactions, ...sendingReactions],
  outside: [neighbourSweep],
};

/** The language spoken at an address; null: our own. */
export function dialectAt(url: string): Dialect | null {
  if (url.startsWith('/openrosa/')) return openrosaDialect;
  return url.startsWith('/open311/') ? open311Dialect : null;
}
