/**
 * Everything a person reads exists in Chinese first and in English completely. A text is a pair, never a key:
 * whoever writes the rule writes its words beside it.
 */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

export type Language = keyof Words;

export type FillParams = Readonly<Record<string, string | number | Words>>;

/** Fills `{name}` in both languages. A name without a value stays visible, so that a forgotten one is seen. */
export function fill(words: Words, params: FillParams): Words {
  const put = (language: Language): string =>
    words[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name];
      return value === undefined ? whole : String(typeof value === 'object' ? value[language] : value);
    });
  return { zh: put('zh'), en: put('en') };
}
