import { z } from 'zod';
import { revision } from '../kit/steps.shape.ts';
import { writtenLine } from '../kit/texts.shape.ts';
import { file, listOutput, listQuery, route, workbookType } from '../route.ts';
import { evaluationParams, leafCode, leafParams, mostAtLeaf, mostLeaves } from './evaluations.shape.ts';
import { evidenceRow, linkedEvidence, listedEvidence, newEvidence, pageAnchor } from './evidence.shape.ts';

/** The library of evidence of a unit: one file proves many leaves. */

/** Whoever answers for the subject, and the level that stands in for a school without an account: the handler asks. */
const keeping = ['evaluation.answer', 'evaluation.judge'] as const;

const evidenceParams = z.object({ evidenceId: z.uuid() });
const written = z.object({ id: z.uuid(), revision: z.number().int() });
const filter = {
  evaluationId: z.uuid().optional(),
  boxNumber: writtenLine(40).optional(),
  /** A unit or a school by name, former name or pinyin. */
  unit: writtenLine(80).optional(),
  year: z.coerce.number().int().optional(),
  unlinked: z.stringbool().optional(),
  expired: z.stringbool().optional(),
};

/** Sort columns: `catalogue` (default), `title`, `unit`, `aboutDay`, `addedAt`, `box`. */
export const listEvidence = route({
  name: 'evaluations.listEvidence',
  method: 'GET',
  path: '/api/evidence',
  access: 'evaluation.read',
  scoped: true,
  summary: '本单位的证据材料库',
  query: listQuery.extend({
    ...filter,
    /** Only the library of the subject of this evaluation, whose pieces alone prove its leaves. */
    libraryOf: z.uuid().optional(),
  }),
  output: listOutput(listedEvidence).extend({ can: z.object({ add: z.boolean() }) }),
});

export const evidenceWorkbook = route({
  name: 'evaluations.evidenceWorkbook',
  method: 'GET',
  path: '/api/evidence/workbook',
  access: 'evaluation.read',
  scoped: true,
  summary: '下载证据目录：目录号、档案盒号、名称、对应指标（Excel）',
  query: z.object({ ...filter, search: listQuery.shape.search, sort: listQuery.shape.sort }),
  output: file(workbookType),
});

export const readEvidence = route({
  name: 'evaluations.readEvidence',
  method: 'GET',
  path: '/api/evidence/:evidenceId',
  access: ['evaluation.read', 'evaluation.judge'],
  scoped: true,
  summary: '一份证据材料：版本、对应的指标、与其他材料的相似提示',
  params: evidenceParams,
  output: linkedEvidence.extend({
    links: z
      .array(
        z.object({
          evaluationId: z.uuid(),
          evaluationTitle: z.string(),
          code: leafCode,
          title: z.string().nullable(),
          pageNote: z.string().nullable(),
          page: pageAnchor.shape.page,
        }),
      )
      .max(mostLeaves),
    versions: z.array(evidenceRow).max(40),
    can: z.object({ edit: z.boolean(), attach: z.boolean(), replace: z.boolean(), remove: z.boolean() }),
  }),
});

/** The file comes afterwards, as an attachment of the new piece. */
export const addEvidence = route({
  name: 'evaluations.addEvidence',
  method: 'POST',
  path: '/api/evidence',
  access: keeping,
  scoped: true,
  summary: '登记一份证据材料',
  body: newEvidence.extend({
    id: z.uuid(),
    replacesId: z.uuid().nullable(),
    link: z.object({ evaluationId: z.uuid(), code: leafCode }).nullable(),
  }),
  touches: ['files'],
  output: written,
});

export const editEvidence = route({
  name: 'evaluations.editEvidence',
  method: 'PUT',
  path: '/api/evidence/:evidenceId',
  access: keeping,
  summary: '修改材料的登记',
  params: evidenceParams,
  body: newEvidence.extend(revision.shape),
  output: written,
});

export const removeEvidence = route({
  name: 'evaluations.removeEvidence',
  method: 'POST',
  path: '/api/evidence/:evidenceId/removal',
  access: keeping,
  summary: '移出材料库：没有对应任何已报送的指标',
  params: evidenceParams,
  body: revision,
  touches: ['files'],
  output: z.object({ done: z.literal(true) }),
});

export const linkEvidence = route({
  name: 'evaluations.linkEvidence',
  method: 'PUT',
  path: '/api/evaluations/:evaluationId/leaves/:code/evidence',
  access: keeping,
  summary: '把材料对应到一个指标，写明页码、区域或位置；或取消对应',
  params: leafParams,
  body: z
    .object({
      ...{ evidenceId: z.uuid(), linked: z.boolean(), pageNote: writtenLine(200).nullable() },
      ...{ page: pageAnchor.shape.page.default(null), region: pageAnchor.shape.region.default(null) },
    })
    .refine(({ page, region }) => region === null || page !== null, {
      message: '标出区域的，请写明是第几页',
      path: ['page'],
    }),
  output: z.object({ evidence: z.array(linkedEvidence).max(mostAtLeaf) }),
});

/** What a whole evaluation still lacks in evidence, for the screen and to print. */
export const missingEvidence = route({
  name: 'evaluations.missingEvidence',
  method: 'GET',
  path: '/api/evaluations/:evaluationId/missing-evidence',
  access: ['evaluation.read', 'evaluation.judge'],
  scoped: true,
  summary: '缺少证据的指标；数据自动取得的不用上传',
  params: evaluationParams,
  output: z.object({
    rows: z
      .array(
        z.object({
          code: leafCode,
          title: z.string().nullable(),
          asked: z.string().nullable(),
          responsible: z.string().nullable(),
        }),
      )
      .max(mostLeaves),
    closedByData: z.number().int(),
  }),
});
