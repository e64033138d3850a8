/**
 * What a phone said waits behind a refused item on the same target, for it may build on that. Nothing builds on these: refused,
 * they hold nothing up. The phone and the server go by the same list.
 */
export const holdingNothing = [
  ...['patrol.tick', 'patrol.end', 'campaign.visit', 'casefile.say'],
  ...['checkpoint.pass', 'checkpoint.disinfect', 'checkpoint.take_back'],
  ...['inspection.look', 'inspection.find'],
] as const;

export const holdsBack = (name: string): boolean => !(holdingNothing as readonly string[]).includes(name);
