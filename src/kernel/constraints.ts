import { Problem } from './problem.ts';

/** A constraint is named for the rule it keeps; this says which problem its refusal is. */
const rules = new Map<string, string>();

export function defineConstraints(constraints: Readonly<Record<string, string>>): void {
  for (const [constraint, code] of Object.entries(constraints)) rules.set(constraint, code);
}

export function allConstraints(): ReadonlyMap<string, string> {
  return rules;
}

export function problemOfConstraint(error: unknown): Problem | null {
  const constraint = (error as { constraint?: unknown } | null)?.constraint;
  const code = typeof constraint === 'string' ? rules.get(constraint) : undefined;
  return code === undefined ? null : new Problem(code);
}
