import type { Role } from '../../domains/land/staff/staff.model.ts';

/** Which chapter of the handbook somebody in this role reads. The chapters lie in `docs/guides/zh`. */
const chapters: Readonly<Record<Role, string>> = {
  building_lead: 'grid-worker',
  grid_worker: 'grid-worker',
  grid_leader: 'grid-worker',
  community_head: 'community-head',
  mediator: 'mediator',
  registrar: 'registrar',
  dispatcher: 'dispatcher',
  verifier: 'verifier',
  leader: 'leader',
  inspector: 'leader',
  body_desk: 'body',
  body_worker: 'body',
  body_head: 'body',
  admin: 'admin',
  auditor: 'auditor',
};

/** Where the “?” of a page leads; who has no post reads the contents. */
export const helpFor = (role: Role | undefined): string => (role === undefined ? '/help' : `/help/${chapters[role]}`);
