import type { LabPhone } from './phone.ts';
import type { LabServer } from './server.ts';

/** After all is mended: what is at the server, what each phone knows of it, what each holds. Empty is as it must be. */
export async function judgeCommands(
  server: LabServer,
  phones: readonly LabPhone[],
  aliases: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const phone of phones) {
    const ids = [...phone.known.keys()].flatMap((id) => [...(aliases.get(id) ?? [])]);
    const done = new Set(
      (await server.sql<{ id: string }>('select id from command where realm = 1 and id = any ($1)', [ids])).map(
        ({ id }) => id,
      ),
    );
    const entries = new Map(
      (
        await server.sql<{ id: string; n: number }>(
          'select command_id as id, count(*)::int as n from entry where realm = 1 and command_id = any ($1) group by 1',
          [ids],
        )
      ).map(({ id, n }) => [id, n]),
    );
    const verdicts = new Map(
      (
        await server.sql<{ id: string; verdict: string }>(
          'select command_id as id, verdict from device_op where realm = 1 and command_id = any ($1)',
          [ids],
        )
      ).map(({ id, verdict }) => [id, verdict]),
    );
    for (const id of new Set([...phone.saved, ...phone.known.keys()])) {
      const times = [...(aliases.get(id) ?? [])].filter((alias) => done.has(alias)).length;
      const effects = [...(aliases.get(id) ?? [])].reduce((sum, alias) => sum + (entries.get(alias) ?? 0), 0);
      const known = phone.known.get(id)?.is;
      const verdict = verdicts.get(id);
      const says = (what: string): void => void faults.push(`${phone.login} ${id}: ${what}`);
      if (times > 1) says(`carried out ${times} times`);
      if (times === 1 && effects !== 1) says(`has ${effects} effects`);
      if (phone.saved.has(id) && known !== 'applied' && known !== 'refused')
        says(`saved, and the phone only knows “${known}”`);
      if (known === 'applied' && times === 0) says('the phone believes it done, and it is not');
      if (known === 'refused' && (times > 0 || verdict !== 'refused'))
        says(`the phone believes it refused; at the server: ${times} times, ${verdict}`);
    }
  }
  return faults;
}

/** The photos of what was done are at the server once, or shown as refused; nothing is on the way any more. */
async function judgePhotos(server: LabServer, phone: LabPhone): Promise<string[]> {
  const faults: string[] = [];
  const { filesWaiting } = phone.engine().status();
  if (filesWaiting > 0) faults.push(`${phone.login}: ${filesWaiting} photos are still to go`);
  const left = (await phone.engine().outbox()).filter((item) => item.filesRefused.length > 0);
  const refused = new Set(left.flatMap((item) => item.filesRefused.map(({ sha256 }) => sha256)));
  for (const [id, { casefileId, hashes }] of phone.photos) {
    if (phone.known.get(id)?.is !== 'applied') continue;
    for (const hash of hashes.filter((one) => !refused.has(one))) {
      const there = await server.sql<{ n: number }>(
        `select count(*)::int as n from photo where realm = 1 and record_id = $1 and sha256 = decode($2, 'hex')`,
        [casefileId, hash],
      );
      if (there[0]?.n !== 1) faults.push(`${phone.login} ${id}: its photo is there ${there[0]?.n} times`);
    }
  }
  // Seen and put away by its holder: then nothing keeps a case here that went to somebody else.
  for (const { op } of left) await phone.engine().dismiss(op.commandId);
  if (left.length > 0) await phone.engine().sync();
  return faults;
}

interface Line {
  readonly id: string;
  readonly status: string;
  readonly flags: readonly string[];
  readonly changedAt: string;
}

const PAGE = 200;

/** By the lists that the desk reads, which know nothing of devices. */
export async function judgeReplica(server: LabServer, phone: LabPhone): Promise<string[]> {
  const faults = await judgePhotos(server, phone);
  const shown = new Map<string, string>();
  let page: Line[] = [];
  do {
    const last = page.at(-1);
    const before = last ? `&beforeAt=${encodeURIComponent(last.changedAt)}&beforeId=${last.id}` : '';
    page = (await server.ask(phone.login, 'GET', `/api/casefiles?most=${PAGE}${before}`)).body;
    for (const line of page) shown.set(line.id, textOf(line));
  } while (page.length === PAGE);
  const old = new Set(
    (
      await server.sql<{ id: string }>(`select id from casefile where realm = 1 and (confidential
      or (status in ('evaluated', 'declined') or merged_into is not null) and changed_at < now() - interval '30 days')`)
    ).map(({ id }) => id),
  );
  for (const id of old) shown.delete(id);
  const held = new Map(
    (await phone.engine().held('casefile')).map(({ id, body, leaving }) => [
      id,
      leaving ? 'leaving' : textOf(body as unknown as Line),
    ]),
  );
  for (const id of new Set([...shown.keys(), ...held.keys()]))
    if (shown.get(id) !== held.get(id))
      faults.push(`${phone.login} ${id}: shown ${shown.get(id)}, held ${held.get(id)}`);
  return faults;
}

const textOf = ({ status, flags, changedAt }: Pick<Line, 'status' | 'flags' | 'changedAt'>): string =>
  `${status} ${[...flags].sort().join(',')} ${new Date(changedAt).toISOString()}`;
