import bcd from '@mdn/browser-compat-data' with { type: 'json' };

/** The browser every face has to work in: the last Chromium for Windows 7, and the WebView of phones of that time. */
export const OLDEST = 109;

/** What MDN says came to Chromium after that. Names alone: a name that something older has too is taken for the older. */
export interface Newer {
  readonly globals: ReadonlyMap<string, number>;
  /** `Object.groupBy`, `Promise.withResolvers` … */
  readonly statics: ReadonlyMap<string, number>;
  readonly methods: ReadonlyMap<string, number>;
  readonly cssProperties: ReadonlyMap<string, number>;
  /** `width: stretch` */
  readonly cssValues: ReadonlyMap<string, number>;
  readonly cssFunctions: ReadonlyMap<string, number>;
  readonly cssRules: ReadonlyMap<string, number>;
  readonly cssSelectors: ReadonlyMap<string, number>;
}

interface Statement {
  readonly version_added?: string | boolean | null;
  readonly flags?: unknown;
  readonly prefix?: string;
  readonly alternative_name?: string;
}
interface Feature {
  readonly __compat?: { readonly support: { readonly chrome?: Statement | readonly Statement[] } };
  readonly [name: string]: unknown;
}

/** In which version a feature came without a switch; infinity: announced; null: never, or not known. */
function cameIn({ __compat }: Feature): number | null {
  const told = [__compat?.support.chrome ?? []].flat() as Statement[];
  const plain = told.filter((one) => !one.flags && !one.prefix && !one.alternative_name);
  const versions = plain.map(({ version_added: added }) => added);
  const numbers = versions.map(Number).filter((version) => version > 0);
  if (numbers.length > 0) return Math.min(...numbers);
  return versions.includes('preview') ? Number.POSITIVE_INFINITY : null;
}

const partsOf = (feature: Feature): [string, Feature][] =>
  Object.entries(feature).filter(([name]) => name !== '__compat') as [string, Feature][];

/** By name, the earliest. */
class Seen {
  readonly #first = new Map<string, number>();
  add(name: string, version: number | null): void {
    if (version !== null) this.#first.set(name, Math.min(version, this.#first.get(name) ?? Number.POSITIVE_INFINITY));
  }
  newer(): Map<string, number> {
    return new Map([...this.#first].filter(([, version]) => version > OLDEST));
  }
}

export function readNewer(): Newer {
  const { api, css, javascript } = bcd as unknown as { api: Feature; css: Feature; javascript: Feature };
  return { ...newerNames([...partsOf(api), ...partsOf(javascript.builtins as Feature)]), ...newerStyles(css) };
}

function newerNames(all: readonly [string, Feature][]): Pick<Newer, 'globals' | 'statics' | 'methods'> {
  const [globals, statics, methods] = [new Seen(), new Seen(), new Seen()];
  for (const [name, feature] of all) {
    globals.add(name, cameIn(feature));
    for (const [member, part] of partsOf(feature)) {
      const isStatic = member.endsWith('_static');
      const plain = member.replace(/_static$/, '');
      const version = cameIn(part);
      if (isStatic) statics.add(`${name}.${plain}`, version);
      // What hangs on a newer thing cannot be reached without it.
      else if ((cameIn(feature) ?? 0) > OLDEST) continue;
      methods.add(plain, version);
    }
  }
  return { globals: globals.newer(), statics: statics.newer(), methods: methods.newer() };
}

function newerStyles(css: Feature): Omit<Newer, 'globals' | 'statics' | 'methods'> {
  const [properties, values, functions, rules, selectors] = [1, 2, 3, 4, 5].map(() => new Seen()) as [
    ...[Seen, Seen, Seen, Seen, Seen],
  ];
  for (const [name, feature] of partsOf(css.properties as Feature)) {
    properties.add(name, cameIn(feature));
    for (const [value, part] of partsOf(feature)) values.add(`${name}: ${value}`, cameIn(part));
  }
  const walk = (feature: Feature): void => {
    for (const [name, part] of partsOf(feature)) {
      functions.add(name.replace(/-function$/, ''), cameIn(part));
      walk(part);
    }
  };
  walk(css.types as Feature);
  for (const [name, feature] of partsOf(css['at-rules'] as Feature)) rules.add(name, cameIn(feature));
  for (const [name, feature] of partsOf(css.selectors as Feature)) selectors.add(name, cameIn(feature));
  return {
    ...{ cssProperties: properties.newer(), cssValues: values.newer(), cssFunctions: functions.newer() },
    ...{ cssRules: rules.newer(), cssSelectors: selectors.newer() },
  };
}
