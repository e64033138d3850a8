import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';

/** A dwelling is a door with a number in a building or hamlet. Who lives behind it is another matter, kept elsewhere. */
export const dwellingForm = z.strictObject({
  id: idSchema,
  building: z.string().trim().min(1).max(60),
  doorNo: z.string().trim().min(1).max(40),
  lon: z.number().min(-180).max(180).nullable(),
  lat: z.number().min(-90).max(90).nullable(),
});
export type DwellingForm = z.infer<typeof dwellingForm>;

export const dwellingProblems = defineProblems({
  'dwelling.door_taken': {
    status: 409,
    title: { zh: '这栋楼里已经有这个门牌号', en: 'This building has a door of this number already' },
    hint: {
      zh: '同一区域、同一栋里一个门牌号只登记一次。请核对后重试，没有登记任何一户。',
      en: 'A door number is listed once in a building of an area. Check and try again; no dwelling was added.',
    },
  },
});
