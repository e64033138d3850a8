import { Link } from 'wouter';
import { isRole, roles } from '../../../../domains/land/staff/staff.model.ts';
import type { Words } from '../../../../kernel/words.ts';
import { useFrame } from '../frame.tsx';
import { useAreas } from '../questions.ts';
import type { Preview } from './questions.ts';

const tableWords: Readonly<Record<string, Words>> = {
  casefile: { zh: '案卷', en: 'cases' },
  obligation: { zh: '办理时限', en: 'obligations' },
  message: { zh: '提醒和回复', en: 'messages' },
  dwelling: { zh: '门牌', en: 'dwellings' },
  responsibility: { zh: '包保责任', en: 'responsibilities' },
  notice_area: { zh: '通知范围', en: 'areas of notices' },
};

const figure = (n: number): string => n.toLocaleString('en');

/** What an act would change, in words and numbers. Whoever decides by it reads nothing else. */
export function ActPreview({ preview }: { preview: Preview }) {
  const { t, say } = useFrame();
  const nameOf = useNames(preview);
  const rest = [...recordLines(preview, nameOf), ...postLines(preview, nameOf)];
  return (
    <section className="moves" aria-label={t('会变什么', 'What would change')}>
      <h2>{t(`自 ${preview.on} 起`, `From ${preview.on} on`)}</h2>
      <ul>
        {landLines(preview, nameOf).map((line) => (
          <li key={line.zh}>{say(line)}</li>
        ))}
        <CaseLines preview={preview} nameOf={nameOf} />
        {rest.map((line) => (
          <li key={line.zh}>{say(line)}</li>
        ))}
      </ul>
      {rest.length === 0 && preview.shares.length === 0 && (
        <p className="soft">{t('没有案卷、门牌和岗位要动。', 'No case, dwelling or post moves.')}</p>
      )}
    </section>
  );
}

type NameOf = (id: string | null) => string;

function useNames({ opens }: Preview): NameOf {
  const { data: areas = [] } = useAreas();
  const names = new Map([
    ...areas.map(({ id, name }) => [id, name] as const),
    ...opens.map(({ areaId, name }) => [areaId, name] as const),
  ]);
  return (id) => names.get(id ?? '') ?? '';
}

function landLines({ opens, closes, changes, moves, land }: Preview, nameOf: NameOf): Words[] {
  return [
    ...opens.map(({ name }) => ({ zh: `新设 ${name}`, en: `${name} is new` })),
    ...closes.map(({ name }) => ({ zh: `撤销 ${name}`, en: `${name} goes` })),
    ...changes.map(({ name, toName, toCode }) => ({
      zh: `${name}${toName === null ? '' : ` 更名为 ${toName}`}${toCode === null ? '' : `，编码改为 ${toCode}`}`,
      en: `${name}${toName === null ? '' : ` is called ${toName}`}${toCode === null ? '' : `, its code is ${toCode}`}`,
    })),
    ...moves.map(({ name, areas, under }) => ({
      zh: `${name}${areas > 1 ? `（连下级共 ${areas} 个区域）` : ''} 改属 ${under}`,
      en: `${name}${areas > 1 ? ` (${areas} areas in all)` : ''} goes under ${under}`,
    })),
    ...(land?.passes ?? []).map(({ fromId, toId, m2 }) => ({
      zh: `${nameOf(fromId)} 有 ${figure(m2)} 平方米划给 ${nameOf(toId)}`,
      en: `${figure(m2)} m² of ${nameOf(fromId)} go to ${nameOf(toId)}`,
    })),
    ...(land && land.gapM2 > 0
      ? [
          {
            zh: `留下 ${figure(land.gapM2)} 平方米谁也不管的空档；那里的案卷还归这里`,
            en: `${figure(land.gapM2)} m² are left to nobody; cases there stay here`,
          },
        ]
      : []),
  ];
}

const listed: ReadonlySet<string> = new Set(['casefile', 'dwelling']);

/** Cases and dwellings by where they go stand below; here only what else goes along. */
function recordLines({ records, shares }: Preview, nameOf: NameOf): Words[] {
  return [
    ...records
      .filter(({ table }) => !listed.has(table) || shares.length === 0)
      .map(({ table, open, closed }) => ({
        zh: `${tableWords[table]?.zh ?? table}：${open} 条当时跟着走${closed > 0 ? `，${closed} 条随后跟上` : ''}`,
        en: `${tableWords[table]?.en ?? table}: ${open} go at once${closed > 0 ? `, ${closed} follow` : ''}`,
      })),
    ...shares
      .filter(({ table }) => table === 'dwelling')
      .map(({ fromId, toId, open }) => ({
        zh: `${nameOf(fromId)} 的 ${figure(open)} 户归 ${nameOf(toId)}`,
        en: `${figure(open)} dwellings of ${nameOf(fromId)} go to ${nameOf(toId)}`,
      })),
  ];
}

const fates = {
  moved: { zh: '转到', en: 'goes to' },
  joined: { zh: '并入', en: 'joins the one at' },
  closed: { zh: '撤销', en: 'is closed' },
};

function postLines({ posts, phones }: Preview, nameOf: NameOf): Words[] {
  return [
    ...posts.map(({ role, areaId, holders, becomes, toAreaId }) => {
      const words = isRole(role) ? roles[role].words : { zh: role, en: role };
      return {
        zh: `岗位 ${nameOf(areaId)} ${words.zh}（${holders} 人）${fates[becomes].zh} ${nameOf(toAreaId)}`,
        en: `The ${words.en} of ${nameOf(areaId)} (${holders}) ${fates[becomes].en} ${nameOf(toAreaId)}`,
      };
    }),
    ...phones.map(({ name, phones: n, gains, loses }) => ({
      zh: `${name} 的 ${n} 部手机：多 ${gains} 件，少 ${loses} 件`,
      en: `${n} phones of ${name}: ${gains} cases more, ${loses} fewer`,
    })),
  ];
}

/** Who reads cases opens them from the number; who only changes the land sees how many there are. */
function CaseLines({ preview, nameOf }: { preview: Preview; nameOf: NameOf }) {
  const { t, me } = useFrame();
  const readsCases = me.posts.some(({ role }) => isRole(role) && roles[role].readsArea);
  return preview.shares
    .filter(({ table }) => table === 'casefile')
    .map(({ fromId, toId, open, closed }) => {
      const number = t(`${open} 件未了结案卷`, `${open} open cases`);
      return (
        <li key={`${fromId} ${toId}`}>
          {readsCases ? <Link href={`/map/${fromId}`}>{number}</Link> : number}
          {t(
            `从 ${nameOf(fromId)} 归 ${nameOf(toId)}${closed > 0 ? `，${closed} 件已了结的随后跟上` : ''}`,
            ` of ${nameOf(fromId)} go to ${nameOf(toId)}${closed > 0 ? `; ${closed} closed ones follow` : ''}`,
          )}
        </li>
      );
    });
}
