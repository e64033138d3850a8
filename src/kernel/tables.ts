/**
 * The register of tables: how Citus is to lay each out, what kind of thing it holds and how long a row is kept. A test
 * compares it with the migrated schema: no table without a line here, no line without a table.
 *
 * `distributed` tables are cut up by realm, so that a county's rows lie together; `reference` tables are small and copied
 * to every node; `local` ones stay on the coordinator. A reference table can refer to reference tables only.
 */
export interface TableEntry {
  readonly class: 'distributed' | 'reference' | 'local';
  readonly holds: 'cases' | 'people' | 'places' | 'rules' | 'machinery';
  /** How long rows are kept, and what ends them. */
  readonly keep: string;
}

export const tables = {
  // the ground
  realm: { class: 'reference', holds: 'places', keep: 'for ever: distribution keys cannot change' },
  cache_version: { class: 'reference', holds: 'machinery', keep: 'one row for each thing kept in memory' },

  // the journal
  entry: { class: 'distributed', holds: 'cases', keep: 'for ever; what is sealed ends with its key' },
  entry_pending: { class: 'distributed', holds: 'machinery', keep: 'until the sequencer has given a position' },
  entry_position: { class: 'distributed', holds: 'cases', keep: 'for ever, with the entry' },
  seal: { class: 'distributed', holds: 'cases', keep: 'for ever: published figures are proved by it' },
  journal_head: { class: 'distributed', holds: 'machinery', keep: 'one row for each realm' },
  command: { class: 'distributed', holds: 'machinery', keep: 'ids for ever; answers 180 days' },
  data_key: { class: 'distributed', holds: 'people', keep: 'until the person or case is to be forgotten' },
  destroyed_key: { class: 'distributed', holds: 'people', keep: 'for ever: a restored backup must forget again' },
  turned_confidential: { class: 'distributed', holds: 'cases', keep: 'as long as the record' },
  access_grant: { class: 'distributed', holds: 'people', keep: 'as long as the record; a name until it is taken off' },

  // land and people
  area: { class: 'reference', holds: 'places', keep: 'for ever; closed by a date' },
  area_version: { class: 'reference', holds: 'places', keep: 'for ever: each version with its days' },
  area_former_number: { class: 'reference', holds: 'places', keep: 'for ever: the journal carries these numbers' },
  area_heir: { class: 'reference', holds: 'places', keep: 'for ever: old figures are counted by it' },
  area_cut: { class: 'reference', holds: 'places', keep: 'for ever: rows and journal find their way by it' },
  zone: { class: 'reference', holds: 'places', keep: 'for ever; ended by a date' },
  zone_area: { class: 'reference', holds: 'places', keep: 'as long as its zone' },
  body: { class: 'reference', holds: 'places', keep: 'for ever; closed by a date' },
  post: { class: 'reference', holds: 'places', keep: 'for ever; closed by a date' },
  dwelling: { class: 'distributed', holds: 'places', keep: 'for ever' },
  person: {
    class: 'distributed',
    holds: 'people',
    keep: 'the row as long as the journal names it; private values end with their key',
  },
  holding: { class: 'distributed', holds: 'people', keep: 'for ever: who acted in a post must stay known' },
  responsibility: { class: 'distributed', holds: 'people', keep: 'for ever: who answered for an area must stay known' },
  handover: { class: 'distributed', holds: 'people', keep: 'for ever: who took over must stay known' },

  // ledgers
  ledger_record: { class: 'distributed', holds: 'people', keep: 'until the person is forgotten: then with its key' },
  ledger_change: {
    class: 'distributed',
    holds: 'people',
    keep: 'as long as its record, or until its batch is taken back',
  },
  ledger_merge: { class: 'distributed', holds: 'people', keep: 'as long as both of its records' },
  ledger_apart: { class: 'distributed', holds: 'people', keep: 'as long as both of its records' },
  form: { class: 'distributed', holds: 'rules', keep: 'for ever: answers are read by it' },
  directive: { class: 'distributed', holds: 'cases', keep: 'for ever' },
  directive_draft: { class: 'distributed', holds: 'cases', keep: 'until it is sent or thrown away' },
  directive_item: { class: 'distributed', holds: 'cases', keep: 'for ever' },
  person_request: {
    class: 'distributed',
    holds: 'people',
    keep: 'for ever; who asked and what for goes three years after it was closed',
  },
  pledge: { class: 'distributed', holds: 'cases', keep: 'for ever' },
  pledge_signature: { class: 'distributed', holds: 'cases', keep: 'for ever' },
  checklist: { class: 'distributed', holds: 'rules', keep: 'for ever: what was found is read by it' },
  inspection: { class: 'distributed', holds: 'cases', keep: 'for ever' },
  inspection_target: { class: 'distributed', holds: 'cases', keep: 'for ever; what it is called ends with its key' },
  hazard: { class: 'distributed', holds: 'cases', keep: 'for ever; words end with their key' },
  campaign: { class: 'distributed', holds: 'cases', keep: 'for ever' },
  campaign_target: { class: 'distributed', holds: 'people', keep: 'for ever; who it was until they are forgotten' },
  visit: { class: 'distributed', holds: 'people', keep: 'for ever; the answers until the person is forgotten' },
  patrol_plan: { class: 'distributed', holds: 'cases', keep: 'for ever; closed by a date' },
  patrol_rule: { class: 'distributed', holds: 'rules', keep: 'for ever: rounds of before are counted by it' },
  patrol_place: { class: 'distributed', holds: 'places', keep: 'for ever; ended by a date' },
  patrol_walker: { class: 'distributed', holds: 'people', keep: 'for ever: whose route it was must stay known' },
  patrol: { class: 'distributed', holds: 'people', keep: 'for ever: who walked, from when to when' },
  patrol_tick: { class: 'distributed', holds: 'people', keep: 'for ever: who was there; not where they stood' },
  patrol_position: { class: 'distributed', holds: 'people', keep: 'as many days as its plan says; then it is removed' },
  own_ledger: { class: 'distributed', holds: 'rules', keep: 'for ever: what stands in it is called by it' },
  own_field: { class: 'distributed', holds: 'rules', keep: 'for ever: values kept before are read by it' },
  checkpoint: { class: 'distributed', holds: 'cases', keep: 'for ever; taken down by a date' },
  checkpoint_rule: { class: 'distributed', holds: 'rules', keep: 'for ever: what was asked is judged by it' },
  checkpoint_alert: { class: 'distributed', holds: 'cases', keep: 'for ever: who switched, when and why' },
  checkpoint_shift: { class: 'distributed', holds: 'people', keep: 'for ever: who stood there must stay known' },
  checkpoint_passage: { class: 'distributed', holds: 'cases', keep: 'for ever: how many passed; not who' },
  checkpoint_written: { class: 'distributed', holds: 'people', keep: 'as many days as its rule says; then removed' },
  checkpoint_cleaning: { class: 'distributed', holds: 'cases', keep: 'for ever' },
  checkpoint_goods: {
    class: 'distributed',
    holds: 'people',
    keep: 'for ever; for whom, until 30 days after collected',
  },
  openrosa_submission: { class: 'distributed', holds: 'cases', keep: 'for ever: what it became is a visit' },
  ledger_mark: { class: 'distributed', holds: 'people', keep: 'as long as its record holds the value' },
  ledger_batch: { class: 'distributed', holds: 'machinery', keep: 'for ever; the file itself 30 days' },
  ledger_part: { class: 'distributed', holds: 'people', keep: '30 days after its batch was last touched' },
  ledger_verdict: { class: 'distributed', holds: 'people', keep: '30 days after its batch was last touched' },
  ledger_template: { class: 'distributed', holds: 'machinery', keep: 'for ever; put away by a date' },
  ledger_export: { class: 'distributed', holds: 'people', keep: 'that it was made, for ever; the file itself one day' },

  // the gate
  account: { class: 'distributed', holds: 'people', keep: 'as long as the person; closed by a date' },
  session: { class: 'distributed', holds: 'people', keep: 'of no use once ended or expired' },
  activation: { class: 'distributed', holds: 'people', keep: '180 days after the slip has expired' },
  api_key: { class: 'distributed', holds: 'machinery', keep: 'for ever; ended by a date' },
  device: { class: 'distributed', holds: 'people', keep: 'as long as the account; revoked by a date' },
  device_op: {
    class: 'distributed',
    holds: 'cases',
    keep: '180 days; what was refused until 180 days after it was put away',
  },
  casefile_left: { class: 'distributed', holds: 'cases', keep: '180 days: a phone that was away so long compares' },
  sign_in_delay: { class: 'distributed', holds: 'machinery', keep: 'until the next sign-in that succeeds' },

  // rules
  calendar: { class: 'reference', holds: 'rules', keep: 'for ever: deadlines are recomputed from old versions' },
  standard: {
    class: 'reference',
    holds: 'rules',
    keep: 'for ever: a case is judged by the version it was filed under',
  },
  standard_draft: { class: 'reference', holds: 'rules', keep: 'until it is issued or thrown away' },
  case_type: { class: 'reference', holds: 'rules', keep: 'for ever, with its standard' },
  filing_condition: { class: 'reference', holds: 'rules', keep: 'for ever, with its standard' },
  dispatch_model: { class: 'reference', holds: 'rules', keep: 'the newest and the one before it' },
  dispatch_learning: { class: 'reference', holds: 'machinery', keep: 'one row for each realm' },
  responsibility_rule: { class: 'reference', holds: 'rules', keep: 'for ever; ended by a date' },

  // work
  obligation: { class: 'distributed', holds: 'cases', keep: 'as long as its record' },
  adjustment: { class: 'distributed', holds: 'cases', keep: 'as long as its obligation' },
  casefile: { class: 'distributed', holds: 'cases', keep: 'for ever; words and persons end with their keys' },
  report: {
    class: 'distributed',
    holds: 'cases',
    keep: 'as long as its casefile; the reporter until the key is destroyed',
  },
  photo: { class: 'distributed', holds: 'cases', keep: 'as long as its record; the file until its key is destroyed' },
  photo_preview: { class: 'distributed', holds: 'cases', keep: 'until its photo is there, at most 14 days' },
  voice: {
    class: 'distributed',
    holds: 'cases',
    keep: 'as long as its casefile; the file until its report’s key is destroyed',
  },
  summons: { class: 'distributed', holds: 'cases', keep: 'as long as its casefile' },
  import_batch: { class: 'distributed', holds: 'machinery', keep: 'for ever: what was imported must stay traceable' },
  imported_row: {
    class: 'distributed',
    holds: 'cases',
    keep: 'as long as its casefile, or until its batch is withdrawn',
  },

  import_kept: { class: 'distributed', holds: 'machinery', keep: 'as long as its batch' },
  import_refusal: { class: 'distributed', holds: 'machinery', keep: 'as long as its batch' },

  // telling
  message: { class: 'distributed', holds: 'cases', keep: 'as long as its record; free words end with their key' },
  delivery: { class: 'distributed', holds: 'machinery', keep: 'as long as its message' },
  channel: { class: 'distributed', holds: 'machinery', keep: 'until an administrator changes it' },
  notice: { class: 'distributed', holds: 'cases', keep: 'for ever: what the public was told must stay known' },
  notice_area: { class: 'distributed', holds: 'cases', keep: 'as long as its notice' },
  area_message: {
    class: 'distributed',
    holds: 'cases',
    keep: 'as long as its area; words and phone until the key of whoever wrote is destroyed',
  },
  disclosure: {
    class: 'distributed',
    holds: 'cases',
    keep: 'until it is taken back, or its reporter’s key is destroyed',
  },
  disclosed_photo: { class: 'distributed', holds: 'cases', keep: 'as long as what was released with it' },
  public_case: { class: 'distributed', holds: 'cases', keep: 'as long as its casefile is public' },
  public_step: { class: 'distributed', holds: 'cases', keep: 'as long as its casefile' },
  notice_told: { class: 'distributed', holds: 'people', keep: 'as long as its notice' },
  figure_node: { class: 'reference', holds: 'machinery', keep: 'for ever, or until all sums are made anew' },
  figure_fact: { class: 'distributed', holds: 'machinery', keep: 'until all sums are made anew' },
  figure_cell: { class: 'distributed', holds: 'machinery', keep: 'until all sums are made anew' },
  figure_counted: { class: 'distributed', holds: 'machinery', keep: 'as long as its case rests' },

  // gateways
  neighbour: { class: 'distributed', holds: 'machinery', keep: 'until an administrator changes it' },
  neighbour_sending: { class: 'distributed', holds: 'cases', keep: 'as long as its casefile' },
  open311_sent: {
    class: 'distributed',
    holds: 'cases',
    keep: 'as long as its casefile; what was said until its key is destroyed',
  },
} as const satisfies Readonly<Record<string, TableEntry>>;

export type TableName = keyof typeof tables;
