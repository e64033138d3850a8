/** What a view of the server is after its way through JSON: instants have become text. */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly unknown[]
    ? { -readonly [Place in keyof T]: Wire<T[Place]> }
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T;
