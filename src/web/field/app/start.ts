import type { Language } from '../../../kernel/words.ts';
import type { Engine } from '../engine/contract.ts';
import { openEngine } from '../engine/engine.ts';
import type { Store } from '../engine/ports.ts';
import { evidenceFirst } from './evidence.ts';
import { openHttpWire } from './http_wire.ts';
import { thisPhone } from './machine.ts';
import { probing, serverAnswers } from './probing.ts';

export async function startEngine(store: Store, version: string, language: Language): Promise<Engine> {
  const engine = await openEngine({
    store,
    wire: evidenceFirst(openHttpWire(), store, thisPhone),
    machine: thisPhone,
    app: { model: modelOf(navigator.userAgent), version },
    language,
  });
  return probing(engine, serverAnswers);
}

/** How the phone calls itself, so that its owner knows it again in a list. */
function modelOf(agent: string): string {
  const inside = /\(([^)]+)\)/.exec(agent)?.[1] ?? agent;
  return inside.slice(0, 60);
}
