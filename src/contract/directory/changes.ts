import { z } from 'zod';
import { managingLevels } from '#domain/org/school-facts.ts';
import { day } from '../kit/kit.shape.ts';
import { schoolName } from '../kit/names.shape.ts';
import { ownership, schoolId, urbanClass } from '../kit/school.shape.ts';
import { writtenReason, writtenText } from '../kit/texts.shape.ts';
import { route } from '../route.ts';
import { code, document, id } from './directory.shape.ts';

const note = writtenText(300).optional();

/** The facts about a school that is opened or split off. */
export const schoolFacts = z.object({
  /** Null where none has been given yet. */
  code: code.nullable(),
  name: schoolName,
  schoolType: z.string().regex(/^\d{3}$/, '请选择办学类型'),
  sponsorCode: z.number().int().min(1).max(10),
  ownership,
  urbanClass,
  foundedYear: z.number().int().min(1000).max(3000).nullable(),
  countyId: id,
  managingUnitId: id,
});

const changed = z.object({ schoolId: id, revision: z.number().int() });

const dated = { revision: z.number().int(), day, document, note };

export const openSchool = route({
  name: 'directory.openSchool',
  method: 'POST',
  path: '/api/directory/schools',
  access: 'directory.manage',
  summary: '设立一所学校或幼儿园（办学类型 111）',
  touches: 'everything',
  body: schoolFacts.extend({ day, document, note }),
  output: changed,
});

export const renameSchool = route({
  name: 'directory.renameSchool',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/renaming',
  access: 'directory.manage',
  summary: '学校更名（标识码不变）',
  touches: 'everything',
  params: schoolId,
  body: z.object({ ...dated, name: schoolName }),
  output: changed,
});

export const undoRename = route({
  name: 'directory.undoRename',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/renaming/undo',
  access: 'directory.manage',
  summary: '撤销本人一分钟内的学校更名；之后又有变动的不撤销并说明',
  touches: 'everything',
  params: schoolId,
  output: changed,
});

export const moveSchool = route({
  name: 'directory.moveSchool',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/moving',
  access: 'directory.manage',
  summary: '改变学校的所在地、管理单位或举办者',
  touches: 'everything',
  params: schoolId,
  body: z.object({
    ...dated,
    countyId: id,
    managingUnitId: id,
    sponsorCode: z.number().int().min(1).max(10),
    ownership,
  }),
  /** How many inspectors lose the school, because it lies outside the unit that appointed them. */
  output: changed.extend({ inspectorsReleased: z.number().int() }),
});

export const retypeSchool = route({
  name: 'directory.retypeSchool',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/retyping',
  access: 'directory.manage',
  summary: '改变办学类型；类别改变时旧标识码作废，启用新码',
  touches: 'everything',
  params: schoolId,
  body: z.object({ ...dated, schoolType: z.string().regex(/^\d{3}$/), code: code.optional() }),
  output: changed,
});

export const mergeSchools = route({
  name: 'directory.mergeSchools',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/merging',
  access: 'directory.manage',
  summary: '把一所或几所学校并入本校',
  touches: 'everything',
  params: schoolId,
  body: z.object({
    ...dated,
    guests: z
      .array(z.object({ id, revision: z.number().int() }))
      .min(1)
      .max(20),
    /** The code that stays in use: that of a guest of the same class; without it the host's own. */
    code: code.optional(),
  }),
  output: changed,
});

export const splitSchool = route({
  name: 'directory.splitSchool',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/splitting',
  access: 'directory.manage',
  summary: '从本校分出一所或几所学校',
  touches: 'everything',
  params: schoolId,
  body: z.object({ ...dated, parts: z.array(schoolFacts).min(1).max(10), closes: z.boolean().default(false) }),
  output: changed.extend({ parts: z.array(id) }),
});

export const closeSchool = route({
  name: 'directory.closeSchool',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/closing',
  access: 'directory.manage',
  summary: '撤销学校，标识码作废',
  touches: 'everything',
  params: schoolId,
  body: z.object(dated),
  output: changed,
});

export const reopenSchool = route({
  name: 'directory.reopenSchool',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/reopening',
  access: 'directory.manage',
  summary: '恢复已撤销的学校，原标识码恢复使用',
  touches: 'everything',
  params: schoolId,
  body: z.object(dated),
  output: changed,
});

/**
 * What an act would change: the filings of the open years and the accounts of this school and of those that end by the
 * act. A filing whose figures were approved stays counted (`kept`); every other leaves the count with its pupils, and the
 * balance of its county and year is computed again.
 */
export const schoolConsequences = route({
  name: 'directory.schoolConsequences',
  method: 'GET',
  path: '/api/directory/schools/:schoolId/consequences',
  access: 'directory.manage',
  scoped: true,
  summary: '办理前的后果：本校和将不再在办的学校在各开启学年的填报、在校生、账户和未办结的整改问题',
  params: schoolId,
  query: z.object({ ending: z.union([z.coerce.number().int(), z.array(z.coerce.number().int()).max(20)]).optional() }),
  output: z.object({
    schools: z.array(
      z.object({
        id,
        name: z.string(),
        code: z.string().nullable(),
        ownership,
        filings: z.array(
          z.object({
            countyId: id,
            countyName: z.string(),
            schoolYear: z.number().int(),
            state: z.string(),
            kept: z.boolean(),
            /** 在校生 as far as they are typed; null where no number is. */
            pupils: z.number().int().nullable(),
          }),
        ),
        accounts: z.array(z.object({ name: z.string(), roleName: z.string() })),
        /** What is open in the ledger and is the school's to put right, and the level that acts when the school has ended. */
        findings: z
          .object({
            open: z.number().int(),
            titles: z.array(z.string()).max(5),
            managedBy: z.enum(managingLevels),
          })
          .nullable(),
      }),
    ),
  }),
});

export const correctSchool = route({
  name: 'directory.correctSchool',
  method: 'PATCH',
  path: '/api/directory/schools/:schoolId',
  access: 'directory.manage',
  summary: '更正登记错误（不是变动）：城乡类型、建校年份、举办者、名称用字',
  touches: 'everything',
  params: schoolId,
  body: z.object({
    revision: z.number().int(),
    /** The reason why the entry was a mistake and not a change. */
    note: writtenReason(300),
    name: schoolName.optional(),
    /** Only for a school without a code: an existing code changes only when the school is retyped. */
    code: code.optional(),
    sponsorCode: z.number().int().min(1).max(10).optional(),
    ownership: ownership.optional(),
    urbanClass: urbanClass.optional(),
    foundedYear: z.number().int().min(1000).max(3000).nullable().optional(),
  }),
  output: changed,
});
