import pg, { type Submittable } from 'pg';
import { statement } from './statements.ts';

/** Rows as the server names them, unless asked otherwise, and how many were touched. */
export interface Answer {
  readonly rows: readonly Row[];
  readonly count: number;
}

export type Row = Readonly<Record<string, unknown>>;

export interface Asked {
  readonly text: string;
  /** As the server takes them. */
  readonly values: readonly (string | Buffer | null)[];
  /** Nobody looks at what it returns: then it is not described either. */
  readonly unheard?: boolean;
  /** Rows are wanted with our names instead of the server's: `scopeNo`, not `scope_no`. */
  readonly ourNames?: boolean;
  readonly done: (answer: Answer) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Several statements in one message to the server, with one point of synchronisation behind the last: one wake-up on
 * either side, however many they are. What follows a statement that fails is not carried out; it fails with the same
 * error. The driver calls the methods below as the answers come in, in the order of the statements.
 */
export class Batch implements Submittable {
  readonly asked: readonly Asked[];
  private at = 0;
  private rows: Row[] = [];
  private shape: Shape | null = null;
  private fault: unknown = null;
  private shapes: Map<string, Shape> = new Map();
  private readonly ended: (error: Error | null) => void;

  /** `ended` is told when the server is ready for more, or of the error that made it stop. */
  constructor(asked: readonly Asked[], ended: (error: Error | null) => void) {
    this.asked = asked;
    this.ended = ended;
  }

  /** For the driver, which notes under these two what the server has parsed. */
  get name(): string | undefined {
    const { text } = this.asked[this.at] ?? {};
    return text === undefined ? undefined : statement(text).name;
  }

  get text(): string | undefined {
    return this.asked[this.at]?.text;
  }

  submit = (connection: object): null => {
    const wire = connection as Wire;
    this.shapes = shapesOf(wire);
    wire.stream.cork();
    for (const one of this.asked) this.write(wire, one);
    wire.sync();
    wire.stream.uncork();
    return null;
  };

  private write(wire: Wire, { text, values, unheard }: Asked): void {
    const { name = '' } = statement(text);
    if (name === '' || !(name in wire.parsedStatements || name in wire.submittedNamedStatements)) {
      wire.parse({ text, name });
      if (name !== '') wire.submittedNamedStatements[name] = text;
    }
    wire.bind({ statement: name, values });
    if (!unheard && !this.shapes.has(name)) wire.describe({ type: 'P', name: '' });
    wire.execute({});
  }

  handleRowDescription({ fields }: { fields: readonly Field[] }): void {
    this.shape = shapeOf(fields);
    if (this.name !== undefined) this.shapes.set(this.name, this.shape);
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const { unheard, ourNames } = this.asked[this.at] ?? {};
    if (unheard) return;
    this.shape ??= this.shapes.get(this.name ?? '') ?? null;
    try {
      this.rows.push(rowOf(this.shape, fields, ourNames ? 'ours' : 'name'));
    } catch (error) {
      this.fault ??= error;
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const count = Number(text.slice(text.lastIndexOf(' ') + 1));
    const one = this.asked[this.at];
    if (this.fault === null) one?.done({ rows: this.rows, count: Number.isNaN(count) ? 0 : count });
    else one?.failed(this.fault);
    this.at += 1;
    this.rows = [];
    this.shape = null;
  }

  handleError(error: Error, connection: object): void {
    // What was to be parsed behind the one that failed has not been.
    const { submittedNamedStatements } = connection as Wire;
    for (const { text } of this.asked.slice(this.at)) delete submittedNamedStatements[statement(text).name ?? ''];
    for (const { failed } of this.asked.slice(this.at)) failed(error);
    this.at = this.asked.length;
    this.ended(error);
  }

  handleReadyForQuery(): void {
    this.ended(null);
  }
}

/** What we use of the driver's connection. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  parse(message: { text: string; name: string }): void;
  bind(message: { statement: string; values: Asked['values'] }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: object): void;
  sync(): void;
}

interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}

interface Column {
  readonly name: string;
  readonly ours: string;
  readonly read: (text: string) => unknown;
}
type Shape = readonly Column[];

/** A named statement returns the same columns as long as it lives, so they are asked for once per connection. */
const known = new WeakMap<Wire, Map<string, Shape>>();

function shapesOf(wire: Wire): Map<string, Shape> {
  const shapes = known.get(wire) ?? new Map<string, Shape>();
  known.set(wire, shapes);
  return shapes;
}

const shapeOf = (fields: readonly Field[]): Shape =>
  fields.map(({ name, dataTypeID }) => ({
    name,
    ours: name.replace(/_+([^_])/g, (_, letter: string) => letter.toUpperCase()),
    read: pg.types.getTypeParser(dataTypeID, 'text'),
  }));

function rowOf(shape: Shape | null, fields: readonly (string | null)[], names: 'name' | 'ours'): Row {
  const row: Record<string, unknown> = {};
  for (let i = 0; i < fields.length; i += 1) {
    const [column, text] = [shape?.[i], fields[i]];
    if (!column) throw new Error('a row without a description');
    row[column[names]] = text == null ? null : column.read(text);
  }
  return row;
}
