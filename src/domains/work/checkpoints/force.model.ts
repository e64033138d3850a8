import type { Mode } from './kind.model.ts';

/** Which rule held when. Pure. */
interface Dated {
  readonly since: Date;
  readonly until: Date | null;
}
const holdsAt = ({ since, until }: Dated, at: Date): boolean => since <= at && (until === null || at < until);

export const modeAt = (alerts: readonly Dated[], at: Date): Mode =>
  alerts.some((alert) => holdsAt(alert, at)) ? 'emergency' : 'normal';

/** The rule that people were held to at that moment. */
export const ruleAt = <Rule extends Dated & { readonly mode: Mode }>(
  rules: readonly Rule[],
  alerts: readonly Dated[],
  at: Date,
): Rule | undefined => {
  const mode = modeAt(alerts, at);
  return rules.find((rule) => rule.mode === mode && holdsAt(rule, at));
};

export interface Period<Alert> extends Dated {
  readonly mode: Mode;
  /** The act that began it; of the first there is none: it came with the checkpoint. */
  readonly begunBy: Alert | null;
}

/** One after the other without a hole, from the day it was set up; the newest first. */
export function periodsOf<Alert extends Dated>(
  alerts: readonly Alert[],
  openedAt: Date,
  closedAt: Date | null,
): Period<Alert>[] {
  const sorted = [...alerts].sort((a, b) => a.since.getTime() - b.since.getTime());
  const quiet = (after: Alert | null, next: Alert | undefined): Period<Alert> => ({
    ...{ mode: 'normal', since: after?.until ?? openedAt, until: next?.since ?? closedAt, begunBy: after },
  });
  const all = sorted.flatMap((alert, i): Period<Alert>[] => [
    { mode: 'emergency', since: alert.since, until: alert.until, begunBy: alert },
    ...(alert.until === null ? [] : [quiet(alert, sorted[i + 1])]),
  ]);
  return [quiet(null, sorted[0]), ...all].filter(({ since, until }) => until === null || since < until).reverse();
}
