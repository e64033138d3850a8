/** How the embedded PostgreSQL is opened. */
export interface EmbeddedOptions {
  /** Folder that holds everything of the cluster, e.g. `<JINGWEI_DATA>/postgres`. Made with mode 0700 if absent. */
  folder: string;
  /** Password of the superuser, made and kept by the caller in a key file; one line, not empty. */
  password: string;
  /** Takes one human-readable line at a time; never a secret. */
  log: (line: string) => void;
  /**
   * As root where user namespaces are shut: may PostgreSQL run as nobody with the right to pass every file mode
   * (setpriv, CAP_DAC_OVERRIDE)? False when HOST is set, that is when strangers reach the server.
   */
  allowLastResort: boolean;
  /** Further settings of postgresql.conf, e.g. `{ shared_buffers: '256MB' }`; the promised ones cannot be changed. */
  settings?: Record<string, string>;
  /**
   * Parent of the socket folder when the path inside `folder` is too long for a socket; os.tmpdir() if absent.
   * Danger: XDG_RUNTIME_DIR vanishes when the user logs out, and the socket with it.
   */
  runtimeFolder?: string;
}

/** An open embedded server. Every user holds one connection of its own, which counts it in. */
export interface EmbeddedServer {
  /** For pg: the socket folder (127.0.0.1 on Windows). May change with ensureRunning(), so read it when connecting. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: 'postgres';
  /** True: this call started it. False: it joined or adopted a running one. */
  readonly started: boolean;
  /** It was left over by a killed process: it ran and nobody used it. */
  readonly adopted: boolean;
  /** How it runs: `self`, `nobody (user namespace)`, `nobody (setpriv)` or `uid 1000 (setpriv)`. */
  readonly asUser: string;
  /**
   * Calls back once for each loss of the server (killed, crashed, stopped by hand), at once if it is lost already;
   * not for our own release(). Returns how to unsubscribe.
   */
  onLost(callback: () => void): () => void;
  /**
   * Looks whether the server answers and, if not, starts or joins it again; throws the same Problems as openEmbedded().
   * `rejoined`: only our own connection had broken, or another process was faster.
   */
  ensureRunning(): Promise<'running' | 'restarted' | 'rejoined'>;
  /**
   * Lets go of it: stops it (fast: open transactions are rolled back) when nobody else uses it, else leaves it running.
   * Close your own pools first. A second call gives the first one's answer.
   */
  release(): Promise<'stopped' | 'left running'>;
}

/** Doors for the tests only. */
export interface Seams {
  packageRoot?: string;
  withoutUserNamespace?: boolean;
  /** Seconds for which a start is tried again while a dying server lingers; 10 unless told. */
  retrySeconds?: number;
  /** Seconds for which a living but silent server is waited for; 600 unless told. */
  silenceSeconds?: number;
  /** Seconds between two looks whether somebody asked the server to stop; 5 unless told. */
  glanceSeconds?: number;
}
