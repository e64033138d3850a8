/** The served OpenAPI document as a list of operations; the fuzzer knows of the program what any client may know. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: boolean | Schema;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly default?: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: Schema;
}

/** How an address speaks: ours, that of Open311, a page, or something for whoever runs the program. */
export type Tongue = 'api' | 'open311' | 'page' | 'program';

export interface Operation {
  readonly name: string;
  readonly method: string;
  /** With `{name}` where a parameter stands. */
  readonly path: string;
  readonly tongue: Tongue;
  /** As the document words it: `anyone`, `account`, `posts: …`, `api key with scope …`. */
  readonly access: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly body: Schema | null;
  readonly encoding: 'json' | 'form' | 'multipart';
  /** What a good answer looks like; null: not JSON. */
  readonly output: Schema | null;
}

interface Described {
  readonly operationId: string;
  readonly 'x-access': readonly string[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, { schema?: Schema }>> }>>;
}

export interface Document {
  readonly components: { readonly schemas: { readonly Problem: Schema } };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

export const operationsOf = ({ paths }: Document): Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operationOf(path, method, described)),
  );

function operationOf(path: string, method: string, described: Described): Operation {
  const { operationId: name, parameters, requestBody, responses, 'x-access': access } = described;
  const [type = 'application/json', content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  return {
    ...{ name, method: method.toUpperCase(), path, tongue: 'api', access, parameters },
    body: content?.schema ?? null,
    encoding: type.startsWith('multipart/') ? 'multipart' : 'json',
    output: responses['200']?.content['application/json']?.schema ?? null,
  };
}
