import { expect, test } from 'vitest';
import type { Endpoint, Party } from '../../src/kernel/endpoint.ts';
import { kindOf } from './relations.ts';
import type { World } from './world.ts';

/**
 * Who may call what, written a second time: by whom, what the address stands for, which endpoints. An endpoint that is
 * not here fails the test; whoever adds one says here who it is for before anybody can be let in by mistake.
 */
const staff =
  'building_lead grid_worker grid_leader community_head mediator registrar dispatcher verifier leader inspector body_desk body_worker body_head';
const grid = 'grid_worker grid_leader community_head';
const readers = `${grid} registrar dispatcher verifier leader inspector`;
const inBody = 'body_desk body_worker body_head';
const headsOfBody = 'body_desk body_head';
const overseers = 'community_head registrar dispatcher verifier leader inspector auditor';
const chairs = 'dispatcher community_head leader';

const issuers = 'community_head registrar dispatcher leader';
const carriersButInspector = `${inBody} grid_worker grid_leader ${issuers}`;
const carriers = `${carriersButInspector} inspector`;

type Line = readonly [by: string, kind: string | null, names: string];

const bothForms = (calls: string): string =>
  calls
    .split(' ')
    .flatMap((call) => [`open311.${call}_xml`, `open311.${call}_json`])
    .join(' ');

const register: readonly Line[] = [
  [
    'anyone',
    null,
    'session.open area.list area.locate standard.read report.send notice.list notice.earlier area_message.send',
  ],
  ['anyone', null, 'area.named area.coded public.area activation.look activation.use'],
  ['anyone', 'areas', 'area.read'],
  ['anyone', 'photos', 'photo.public photo.public_thumb'],
  ['account', null, 'zone.list standard.overview standard.version calendar.years'],
  ['account', 'tile', 'area.tile'],
  ['account', 'zones', 'zone.read'],
  ['admin', 'areas', 'area.rename area.preview_rename area.move area.preview_move area.split area.preview_split'],
  ['admin', 'areas', 'area.correct area.preview_correct'],
  ['admin', null, 'area.merge area.preview_merge zone.add'],
  ['admin', 'zones', 'zone.end'],
  ['account', null, 'session.close me.read session.list account.change_password account.begin_factor'],
  ['account', null, 'account.confirm_factor account.remove_factor body.list calendar.list inbox.read'],
  ['account', null, 'message.unread notice.mine journal.read account.phone_key'],
  ['account', null, 'device.register device.list device.refused sync.push sync.pull'],
  ['account', 'devices', 'device.revoke'],
  ['account', 'sessions', 'session.end'],
  ['account', 'areas', 'post.list area.responsible'],
  ['account', 'obligations', 'obligation.read'],
  ['account', 'casefiles', 'adjustment.list message.of_case'],
  ['account', 'messages', 'message.read'],
  ['account', 'notices', 'notice.read'],
  ['admin', null, 'area.add body.add post.add person.add post.appoint post.relieve area.put_in_charge'],
  [
    'admin',
    null,
    'calendar.publish standard.check standard.publish standard.preview_limits standard.set_limits standard.draft standard.import standard.discard standard.issue rule.add channel.list channel.set',
  ],
  ['admin', null, 'job.failed job.rerun job.give_up neighbour.list neighbour.set neighbour.sendings'],
  ['admin', null, 'operator.health operator.backups outbox.unsent outbox.resend device.idle apikey.list apikey.add'],
  ['admin', 'devices', 'device.outlook'],
  ['admin', 'apikeys', 'apikey.revoke'],
  ['admin', null, 'import.list'],
  ['admin', 'calendars', 'calendar.change calendar.preview'],
  ['admin', 'imports', 'import.read import.look import.undo'],
  ['admin', 'sendings', 'neighbour.retry'],
  ['auditor', null, 'audit.read'],
  ['anyone key:open311', null, bothForms('discovery services requests updates')],
  ['anyone key:open311', 'services', bothForms('service')],
  ['anyone key:open311', 'requests', bothForms('request')],
  ['anyone key:open311', 'tokens', bothForms('token')],
  ['key:open311', null, bothForms('create update')],
  [
    'reporter',
    'code',
    'track.read track.answer track.object track.contest track.reply track.add_photo track.alike track.join track.conceal area_message.track',
  ],
  [`${staff} key:report`, null, 'casefile.report'],
  [
    staff,
    null,
    'casefile.list casefile.lines casefile.search casefile.box map.area map.cases everything.search casefile.by_code casefile.hints',
  ],
  [`${grid} registrar dispatcher leader`, null, 'area_message.list'],
  [`${grid} registrar dispatcher leader`, 'area-messages', 'area_message.read'],
  [
    `${grid} registrar`,
    'area-messages',
    'area_message.see area_message.answer area_message.report area_message.set_aside area_message.read_contact',
  ],
  [`${grid} registrar leader`, null, 'resident.find'],
  [`${grid} registrar leader`, 'areas', 'resident.list household.list'],
  [`${grid} registrar leader`, 'residents', 'resident.read resident.disclose resident.enter'],
  [`${grid} registrar leader`, 'areas', 'own_field.list own_field.similar'],
  [`${grid} registrar leader`, 'own-fields', 'own_field.read'],
  [`${grid} registrar leader`, 'areas', 'own_ledger.list'],
  [`${grid} registrar leader`, null, 'resident.add'],
  [`${grid} registrar leader`, 'own-ledgers', 'own_ledger.read'],
  ['community_head registrar', null, 'own_ledger.add'],
  ['community_head registrar', 'own-ledgers', 'own_ledger.change own_ledger.retire'],
  ['community_head registrar', null, 'own_field.add'],
  ['community_head registrar', 'own-fields', 'own_field.change own_field.retire'],
  ['community_head registrar', 'residents', 'resident.forget'],
  ['community_head registrar', 'areas', 'resident.duplicates'],
  [
    'community_head registrar',
    'residents',
    'resident.beside resident.merges resident.merge resident.keep_apart resident.ask_again resident.unmerge household.move',
  ],
  ['community_head registrar', 'ledger-files', 'ledger_batch.marked'],
  [`${grid} registrar leader`, null, 'resident.take_out'],
  [`${grid} registrar leader`, 'ledger-exports', 'ledger_export.read ledger_export.file'],
  ['community_head registrar', null, 'ledger_template.list ledger_template.send'],
  [
    'community_head registrar',
    'ledger-templates',
    'ledger_template.read ledger_template.bind ledger_template.turn ledger_template.drop ledger_template.fill',
  ],
  ['community_head registrar', null, 'ledger_batch.list ledger_batch.send'],
  [
    'community_head registrar',
    'ledger-batches',
    'ledger_batch.read ledger_batch.map ledger_batch.turn ledger_batch.take ledger_batch.undo ledger_batch.drop',
  ],
  [`${grid} registrar leader`, null, 'campaign.list burden.read burden.open'],
  [`${grid} registrar leader`, 'campaigns', 'campaign.read campaign.targets campaign.answers campaign.tally'],
  [`${grid} registrar leader`, 'campaigns', 'campaign.take_answers'],
  [`${grid} registrar leader`, 'campaign-targets', 'campaign.target campaign.visits'],
  [grid, 'campaign-targets', 'campaign.visit'],
  [`${grid} registrar leader`, 'campaigns', 'campaign.read campaign.targets'],
  [`${grid} registrar leader`, 'campaign-targets', 'campaign.target'],
  [grid, 'campaign-targets', 'campaign.visit photo.add_answered'],
  ['grid_worker grid_leader', null, 'openrosa.forms openrosa.ready openrosa.submit collect_key.make'],
  ['grid_worker grid_leader', 'campaigns', 'openrosa.form openrosa.manifest openrosa.people'],
  ['community_head registrar leader', null, 'campaign.preview campaign.open form.read_xlsform'],
  ['community_head registrar leader', 'campaigns', 'campaign.next_round campaign.close'],
  [carriers, null, 'directive.list directive_item.list directive_item.workbook'],
  [carriers, 'directives', 'directive.read'],
  [carriers, 'directive-items', 'directive_item.read'],
  [carriersButInspector, 'directive-items', 'directive_item.progress directive_item.report_done'],
  [issuers, null, 'directive.units directive.cut directive.preview directive.send'],
  [issuers, null, 'directive_draft.list directive_draft.save'],
  [issuers, 'directive-drafts', 'directive_draft.read directive_draft.drop'],
  [
    issuers,
    'directive-items',
    'directive_item.accept directive_item.return directive_item.move_deadline directive_item.withdraw',
  ],
  ['community_head registrar leader', null, 'person_request.list'],
  ['community_head registrar leader', 'person-requests', 'person_request.read'],
  ['community_head registrar', null, 'person_request.write'],
  [
    'community_head registrar',
    'person-requests',
    'person_request.name_record person_request.show person_request.hand_over person_request.corrected person_request.propose person_request.confirm person_request.send_back person_request.answer person_request.nothing_kept person_request.refuse person_request.withdraw',
  ],
  [staff, null, 'pledge.list'],
  [staff, 'pledges', 'pledge.read pledge.signatures'],
  [staff, 'pledge-signatures', 'pledge_signature.read pledge_signature.sign'],
  [issuers, null, 'pledge.find pledge.open'],
  [issuers, 'pledge-signatures', 'pledge_signature.sign_on_paper pledge_signature.redeem pledge_signature.correct'],
  [`${grid} dispatcher leader`, null, 'patrol.list'],
  [`${grid} dispatcher leader`, 'patrols', 'patrol.read patrol.ticks'],
  [chairs, null, 'patrol.plan'],
  [chairs, 'areas', 'patrol.walkers'],
  [chairs, 'patrols', 'patrol.change patrol.close patrol.stickers'],
  [grid, 'patrols', 'patrol.start patrol.tick patrol.end'],
  [`${grid} dispatcher leader`, null, 'checkpoint.list'],
  [`${grid} dispatcher leader`, 'checkpoints', 'checkpoint.read checkpoint.log checkpoint.take_back'],
  [grid, 'checkpoints', 'checkpoint.take_up checkpoint.pass checkpoint.look_up checkpoint.disinfect'],
  [grid, 'checkpoints', 'checkpoint.take_in checkpoint.hand_out'],
  [chairs, 'checkpoints', 'checkpoint.guards checkpoint.roster checkpoint.call_off'],
  [chairs, null, 'checkpoint.set_up'],
  [chairs, 'checkpoints', 'checkpoint.change checkpoint.begin_emergency checkpoint.end_emergency checkpoint.close'],
  [`${readers} ${inBody}`, null, 'hazard.list checklist.list'],
  [`${readers} ${inBody}`, 'hazards', 'hazard.read'],
  [readers, null, 'hazard.record'],
  [inBody, 'hazards', 'hazard.accept hazard.rectify hazard.object hazard.ask_time'],
  [readers, 'hazards', 'hazard.check_off hazard.send_back'],
  [
    'community_head registrar dispatcher leader inspector',
    'hazards',
    'hazard.extend hazard.reassign hazard.refer hazard.withdraw hazard.uphold',
  ],
  ['leader inspector', null, 'checklist.publish'],
  [readers, null, 'inspection.list'],
  [readers, 'inspections', 'inspection.read inspection.targets inspection.redraw inspection.close'],
  [readers, 'inspection-targets', 'inspection.look inspection.find'],
  ['community_head leader inspector', null, 'inspection.preview inspection.open'],
  ['admin community_head', null, 'robot.list robot.set'],
  ['admin community_head', 'group-robots', 'robot.test'],
  [staff, 'tile', 'map.tile'],
  [
    staff,
    'casefiles',
    'casefile.read casefile.alike neighbour.of_case person.choices photo.add photo.add_uploaded photo.add_preview photo.previews photo.list voice.add_uploaded voice.list',
  ],
  [staff, 'hazards', 'photo.add_to_hazard'],
  [staff, 'photos', 'photo.open photo.thumb'],
  [staff, 'previews', 'photo.preview'],
  [staff, 'voices', 'voice.open'],
  [grid, null, 'casefile.report_handled'],
  ['registrar dispatcher', 'casefiles', 'casefile.suggest'],
  [
    'registrar',
    'casefiles',
    'casefile.order_check casefile.register casefile.decline casefile.close casefile.disclose casefile.conceal',
  ],
  ['dispatcher', 'casefiles', 'casefile.dispatch casefile.send_to_registrar'],
  ['registrar dispatcher', 'casefiles', 'casefile.relocate casefile.merge casefile.unmerge'],
  [`${grid} verifier`, 'casefiles', 'casefile.answer_check casefile.verify casefile.rework casefile.take_over'],
  [inBody, 'casefiles', 'casefile.acknowledge casefile.feed_back casefile.report_in'],
  [headsOfBody, 'casefiles', 'casefile.assign casefile.send_back casefile.refuse_summons'],
  [`${grid} ${inBody} registrar dispatcher mediator leader`, 'casefiles', 'casefile.measure casefile.say'],
  [`${grid} ${inBody} registrar dispatcher verifier mediator leader`, 'casefiles', 'casefile.read_contact'],
  ['community_head grid_leader registrar verifier', 'casefiles', 'casefile.answer casefile.object'],
  ['dispatcher leader inspector', 'casefiles', 'casefile.urge'],
  ['dispatcher leader inspector', null, 'board.counts board.list board.preview'],
  ['registrar', null, 'callback.list'],
  ['leader inspector', 'casefiles', 'casefile.supervise casefile.release'],
  [`${headsOfBody} ${chairs} registrar mediator`, 'casefiles', 'casefile.admit casefile.dismiss'],
  [`${headsOfBody} ${chairs}`, 'casefiles', 'casefile.summon casefile.visit'],
  [chairs, 'casefiles', 'casefile.stand_down'],
  [
    `${inBody} registrar dispatcher verifier`,
    'obligations',
    'adjustment.ask_extension adjustment.ask_suspension adjustment.ask_appeal',
  ],
  ['dispatcher leader', 'adjustments', 'adjustment.second adjustment.grant adjustment.refuse'],
  ['grid_worker grid_leader community_head registrar dispatcher leader inspector', null, 'area.posters'],
  [`${readers} auditor`, null, 'figure.casefiles figure.course figure.areas'],
  [readers, 'figure', 'figure.records'],
  [overseers, null, 'responsibility.report'],
  [overseers, 'finding', 'responsibility.open'],
  [`${overseers} admin`, null, 'people.area people.duties people.find organisation.list'],
  ['admin', null, 'people.called handover.preview handover.carry_out organisation.raise'],
  ['admin', 'posts', 'post.preview_relieve'],
  ['admin', 'organisations', 'organisation.preview_stand_down organisation.stand_down organisation.set_hours'],
  ['account', null, 'handover.list handover.waiting'],
  ['account', 'handovers', 'handover.confirm'],
  [`${overseers} admin`, 'people', 'people.person'],
  [`${overseers} admin`, 'posts', 'post.read'],
  [`${overseers} admin`, 'organisations', 'organisation.read'],
  ['grid_leader community_head registrar dispatcher leader', null, 'notice.issue notice.preview notice.covering'],
  ['grid_leader community_head registrar dispatcher leader', 'notices', 'notice.told notice.withdraw'],
];

const byName = new Map(
  register.flatMap(([by, kind, names]) =>
    names.split(' ').map((name) => [name, { by: by.split(' ').sort(), kind }] as const),
  ),
);

const wordsOf = (party: Party): readonly string[] =>
  typeof party === 'string' ? [party] : 'apiKey' in party ? [`key:${party.apiKey}`] : party.roles;

/** What is wrong with the endpoints as they are offered; to be empty. */
function faultsOf(endpoints: readonly Endpoint[]): string[] {
  const faults = endpoints.flatMap((endpoint) => {
    const { name, access } = endpoint;
    const line = byName.get(name);
    if (!line) return [`${name} 没有登记：在 test/security/register.ts 写明它给谁用、地址里的编号是什么`];
    const by = [...new Set(access.flatMap(wordsOf))].sort();
    const isSame = JSON.stringify(by) === JSON.stringify(line.by) && kindOf(endpoint) === line.kind;
    return isSame ? [] : [`${name} 和登记的不一样：现在给 ${by.join(' ')}，编号是 ${kindOf(endpoint)}`];
  });
  const offered = new Set(endpoints.map(({ name }) => name));
  const left = [...byName.keys()].filter((name) => !offered.has(name)).map((name) => `${name} 已经没有了`);
  return [...faults, ...left];
}

export function tellRegister({ endpoints }: World): void {
  test('每个接口都登记了给谁用、地址里的编号是什么，和实际一样', () => {
    expect(faultsOf(endpoints)).toEqual([]);
  });

  test('对照：新接口没有登记、放宽了给谁用，都看得出来', () => {
    const added = { ...endpoints[0], name: 'secret.list', path: '/api/secrets' } as Endpoint;
    const now = faultsOf(endpoints);
    const news = (of: readonly Endpoint[]) => faultsOf(of).filter((fault) => !now.includes(fault));
    expect(news([...endpoints, added])).toEqual([
      'secret.list 没有登记：在 test/security/register.ts 写明它给谁用、地址里的编号是什么',
    ]);
    const widened = endpoints.map((one) =>
      one.name === 'job.failed' ? { ...one, access: ['account' as const] } : one,
    );
    expect(news(widened)).toHaveLength(1);
    expect(news(endpoints.slice(1))).toEqual(['session.open 已经没有了']);
  });
}
