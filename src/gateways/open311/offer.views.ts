import type { z } from 'zod';
import { atlasOf } from '../../domains/land/areas/index.ts';
import { isPublicAtOnce } from '../../domains/telling/publication/publication.model.ts';
import { type Standard, standardsOf } from '../../domains/work/standards/index.ts';
import type { CaseType } from '../../domains/work/standards/standard.model.ts';
import type { Ctx } from '../../kernel/context.ts';
import { Problem } from '../../kernel/problem.ts';
import { attributesOf } from './attribute.model.ts';
import { type definitionView, type discoveryView, open311Problems, type ServiceView } from './open311.model.ts';

/** The kinds of the standard in force, as services. What only a named circle may read is reported elsewhere. */
const isOffered = (type: CaseType): boolean => type.confidential !== true;

export async function services(ctx: Ctx, jurisdiction?: string): Promise<ServiceView[]> {
  await requireJurisdiction(ctx, jurisdiction);
  const standard = (await standardsOf(ctx)).at(ctx.now);
  return standard.types.filter(isOffered).map((type) => serviceOf(standard, type));
}

function serviceOf({ majors }: Standard, type: CaseType): ServiceView {
  const major = majors.find(({ code }) => code === type.major)?.name;
  return {
    service_code: type.code,
    service_name: type.name.zh,
    description: type.conditions.map(({ when }) => when.zh).join('；'),
    metadata: attributesOf(type).length > 0,
    type: isPublicAtOnce(type) ? 'realtime' : 'batch',
    // The standard has one language a server; who reads no Chinese finds it by these.
    keywords: [type.name.en, major?.en ?? '']
      .filter((word) => word !== '')
      .map((word) => word.replaceAll(',', ' '))
      .join(', '),
    group: major?.zh ?? '',
  };
}

export async function definition(
  ctx: Ctx,
  code: string,
  jurisdiction?: string,
): Promise<z.infer<typeof definitionView>> {
  await requireJurisdiction(ctx, jurisdiction);
  const type = await requireService(ctx, code);
  return { service_code: type.code, attributes: attributesOf(type) };
}

export async function requireService(ctx: Ctx, code: string): Promise<CaseType> {
  const type = (await standardsOf(ctx)).at(ctx.now).type(code);
  if (!type || !isOffered(type)) throw new Problem(open311Problems['open311.no_such_service']);
  return type;
}

/** One server, one county: nobody has to name it, and whoever does names its official code. */
export async function requireJurisdiction(ctx: Ctx, given: string | undefined): Promise<void> {
  if (given === undefined) return;
  const { root } = await atlasOf(ctx);
  if (given !== root?.code) throw new Problem(open311Problems['open311.no_such_jurisdiction']);
}

/** Of the shapes and rules here; it changes when they do. */
const CHANGESET = '2026-11-22T00:00:00+08:00';

export const discovery = (publicUrl: string): z.infer<typeof discoveryView> => ({
  changeset: CHANGESET,
  contact: `${publicUrl}/`,
  key_service: '密钥由系统管理员发放：jingwei apikey create --scope open311 / Keys are given out by the administrator.',
  endpoints: [
    {
      specification: 'http://wiki.open311.org/GeoReport_v2',
      url: `${publicUrl}/open311/v2`,
      changeset: CHANGESET,
      type: 'production',
      formats: ['text/xml', 'application/json'],
    },
  ],
});
