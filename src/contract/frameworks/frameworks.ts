import { z } from 'zod';
import { instant } from '../kit/kit.shape.ts';
import { revision } from '../kit/steps.shape.ts';
import { writtenLine, writtenReason, writtenText } from '../kit/texts.shape.ts';
import { file, route } from '../route.ts';
import { figure, indicatorCode, isOfIndicator, isOfWhole, treeChange, writtenCell } from './draft-parts.shape.ts';
import {
  authorities,
  draftRow,
  earlierRound,
  earlierTrial,
  editionName,
  editionPoints,
  editionRevision,
  editionRow,
  editionStates,
  factKinds,
  frameworkKey,
  frameworkSubjects,
  issue,
  textParts,
  trialAnswer,
  trialResult,
  trialSubject,
  wholeCode,
  wholeEdition,
  withdrawal,
} from './framework.shape.ts';

export * from './draft-parts.shape.ts';
export * from './framework.shape.ts';

const key = z.object({ key: frameworkKey });
/** Without a revision the newest one. */
const asked = z.object({ revision: z.coerce.number().int().min(1).optional() });
const draft = z.object({ draftId: z.uuid() });
const count = z.number().int();
/** Each condition of an edition as people read it, by its text. */
const conditionWords = z.record(z.string(), z.string());

export const list = route({
  name: 'frameworks.list',
  method: 'GET',
  path: '/api/frameworks',
  access: 'framework.read',
  reach: 'unit',
  scoped: true,
  summary: '指标体系：每个一行，取最新版本',
  query: z.object({
    search: writtenText(60).optional(),
    authority: z.enum(authorities).optional(),
    subject: z.enum(frameworkSubjects).optional(),
    state: z.enum(editionStates).optional(),
  }),
  output: z.object({
    rows: z.array(editionRow),
    /** How many of all there are, whatever was asked for. */
    counts: z.object({ total: count, ready: count, incomplete: count, withdrawn: count }),
    can: z.object({ copy: z.boolean() }),
  }),
});

export const read = route({
  name: 'frameworks.read',
  method: 'GET',
  path: '/api/frameworks/:key',
  access: 'framework.read',
  reach: 'unit',
  scoped: true,
  summary: '一个指标体系的一个版本：指标、计分办法、规则和结论',
  params: key,
  query: asked,
  output: editionRow.extend({
    definition: wholeEdition,
    /** Codes of what nobody knows: points, weights, titles, rows that were not seen. */
    openCodes: z.array(z.string()),
    words: conditionWords,
    facts: z.array(z.object({ name: z.string(), kind: z.enum(factKinds), unit: z.string().nullable() })),
    revisions: z.array(
      z.object({
        revision: editionRevision,
        hash: z.string(),
        createdAt: instant,
        createdBy: z.string(),
        note: z.string(),
        withdrawn: z.boolean(),
      }),
    ),
    basedOn: editionName.nullable(),
    withdrawal: withdrawal.nullable(),
    can: z.object({ copy: z.boolean(), withdraw: z.boolean() }),
  }),
});

export const download = route({
  name: 'frameworks.download',
  method: 'GET',
  path: '/api/frameworks/:key/file',
  access: 'framework.read',
  reach: 'unit',
  scoped: true,
  summary: '下载一个版本的文件，含校验码（JSON）',
  params: key,
  query: asked,
  output: file('application/json'),
});

export const compare = route({
  name: 'frameworks.compare',
  method: 'GET',
  path: '/api/framework-comparison',
  access: 'framework.read',
  reach: 'unit',
  scoped: true,
  summary: '比较两个版本：增加、减少、分值改变、文字改变的指标',
  query: z.object({
    first: frameworkKey,
    firstRevision: z.coerce.number().int().min(1).optional(),
    second: frameworkKey,
    secondRevision: z.coerce.number().int().min(1).optional(),
  }),
  output: z.object({
    first: editionRow,
    second: editionRow,
    changes: z.array(
      z.object({
        code: z.string(),
        title: z.string().nullable(),
        change: z.enum(['added', 'removed', 'changed']),
        moved: z.object({ from: z.string().nullable(), to: z.string().nullable(), order: z.boolean() }).nullable(),
        points: z.object({ from: editionPoints, to: editionPoints }).nullable(),
        /** Parts whose words differ. */
        texts: z.array(z.enum(textParts)),
        scoring: z.boolean(),
      }),
    ),
    /** Parts of the editions beside their trees that differ. */
    rules: z.array(z.string()),
    /** Indicators that are equal. */
    same: count,
  }),
});

/** What a trial asks: answers that are typed, whose facts are read, and the circumstances. */
const trialQuestion = z.object({
  answers: z.array(trialAnswer).max(2000).default([]),
  subject: trialSubject.nullable().default(null),
  /** The year that is assessed: the school year of the same number and the calendar year by the edition's offsets. */
  year: z.number().int().min(2000, '评估年度应在 2000 年以后').max(2200, '评估年度应在 2200 年以前'),
  occasion: z.enum(['first', 'again']).default('first'),
  relaxed: z.boolean().default(false),
  /** The branches or indicators that this visit takes, of an edition of which each visit takes some; null: all. */
  chosen: z.array(writtenLine(80)).min(1, '请至少选查一项').max(200).nullable().default(null),
  /** How long a post was held, where its holders are scored each; null: nobody says. */
  tenureMonths: z.number().int().min(1).max(12).nullable().default(null),
});

export const tryOut = route({
  name: 'frameworks.tryOut',
  method: 'POST',
  path: '/api/frameworks/:key/trials',
  access: 'framework.read',
  reach: 'unit',
  summary: '试算：按录入的答案，或按一个单位、一所学校某年的数据，得出分数、过程和结论，不保存',
  params: key,
  body: trialQuestion.extend({ revision: editionRevision }),
  output: trialResult,
});

export const schools = route({
  name: 'frameworks.schools',
  method: 'GET',
  path: '/api/framework-schools',
  access: 'framework.read',
  reach: 'unit',
  scoped: true,
  summary: '按文字查找可用来试算的学校',
  query: z.object({
    search: writtenText(60).default(''),
    /** The one of an address, for its name. */
    id: z.coerce.number().int().optional(),
  }),
  output: z.object({ rows: z.array(z.object({ id: count, name: z.string(), unitName: z.string() })) }),
});

export const withdraw = route({
  name: 'frameworks.withdraw',
  method: 'POST',
  path: '/api/frameworks/:key/withdrawal',
  access: 'framework.manage',
  reach: 'city',
  summary: '停用一个版本，写明原因；已按它评出的结果不变',
  params: key,
  body: z.object({ revision: editionRevision, reason: writtenReason(500) }),
  output: editionRow,
});

export const copy = route({
  name: 'frameworks.copy',
  method: 'POST',
  path: '/api/framework-drafts',
  access: 'framework.manage',
  reach: 'city',
  summary: '把一个版本复制为本市的草稿，补全或修改后发布为样本',
  body: z.object({ key: frameworkKey, revision: editionRevision }),
  output: z.object({ id: z.uuid() }),
});

export const begin = route({
  name: 'frameworks.begin',
  method: 'POST',
  path: '/api/framework-beginnings',
  access: 'framework.manage',
  reach: 'city',
  summary: '新建指标体系：从第一项指标开始的草稿',
  body: z.object({
    title: writtenLine(200).min(2, '请填写指标体系的名称'),
    edition: writtenLine(60).min(1, '请填写版本，如 2026 年'),
    subject: z.enum(frameworkSubjects),
    /** The full mark; null: judged without points. */
    max: figure.positive('满分应大于 0').nullable(),
    first: writtenLine(200).min(1, '请填写第一项一级指标的名称'),
  }),
  output: z.object({ id: z.uuid() }),
});

const namedChange = z.object({ act: z.string(), by: z.string() });

const draftReply = draftRow.extend({
  definition: wholeEdition,
  words: conditionWords,
  openCodes: z.array(z.string()),
  /** What a publication would refuse, each with its node. */
  issues: z.array(issue),
  /** What its scores and conclusions ask and no campaign ever knows, in words: no campaign takes it while there is any. */
  unknowable: z.array(z.string()).max(100),
  /** How often each cell was written: `C1.points`; a cell that is not named was never. */
  versions: z.record(z.string(), count),
  state: z.enum(['draft', 'published', 'discarded']),
  /** Leaves whose scoring method was guessed from the words of a workbook, until somebody writes or confirms it. */
  guesses: z.array(z.string()),
  /** The last change, which can be taken back, and the one that can be made again: both until somebody writes something else. */
  undo: namedChange.nullable(),
  redo: namedChange.nullable(),
});

export const drafts = route({
  name: 'frameworks.drafts',
  method: 'GET',
  path: '/api/framework-drafts',
  access: 'framework.manage',
  reach: 'city',
  scoped: true,
  summary: '本市正在补全的草稿',
  output: z.object({ rows: z.array(draftRow) }),
});

export const readDraft = route({
  name: 'frameworks.readDraft',
  method: 'GET',
  path: '/api/framework-drafts/:draftId',
  access: 'framework.manage',
  reach: 'city',
  scoped: true,
  summary: '一份草稿，和发布前还要补正的地方',
  params: draft,
  output: draftReply,
});

export const rounds = route({
  name: 'frameworks.rounds',
  method: 'GET',
  path: '/api/framework-drafts/:draftId/rounds',
  access: 'framework.manage',
  reach: 'city',
  scoped: true,
  summary: '同一体系已确认结果的评估：试算草稿时可以沿用当时的自评和评分',
  params: draft,
  query: z.object({
    search: writtenText(60).default(''),
    /** The one of an address, for its name. */
    id: z.uuid().optional(),
  }),
  output: z.object({ rows: z.array(earlierRound) }),
});

export const tryDraft = route({
  name: 'frameworks.tryDraft',
  method: 'POST',
  path: '/api/framework-drafts/:draftId/trials',
  access: 'framework.manage',
  reach: 'city',
  summary: '发布前试算草稿：按录入的答案，按一个单位、一所学校某年的数据，或沿用上一轮评估，不保存',
  params: draft,
  body: trialQuestion.extend({
    /** The revision that the person has read; a draft that somebody changed meanwhile is read anew. */
    revision: count,
    /** A decided round whose answers and points are carried over; its subject and year then count. Null: only what is typed. */
    earlier: z.uuid().nullable().default(null),
  }),
  output: trialResult.extend({ earlier: earlierTrial.nullable() }),
});

export const writeCells = route({
  name: 'frameworks.writeCells',
  method: 'PATCH',
  path: '/api/framework-drafts/:draftId/cells',
  access: 'framework.manage',
  reach: 'city',
  summary: '填写草稿中指标的名称、分值、文字、计分方法和规则；同一格被别人改过时不覆盖',
  params: draft,
  body: z.object({
    cells: z
      .array(
        z
          .intersection(z.object({ code: z.string().min(1).max(80), version: count.min(0) }), writtenCell)
          .refine(({ code, ...cell }) => code !== wholeCode || isOfWhole(cell), '整个体系的满分应大于 0，名称不能为空')
          .refine(
            ({ code, ...cell }) => code === wholeCode || isOfIndicator(cell),
            '这一项属于整个体系，不属于一项指标',
          ),
      )
      .min(1)
      .max(50),
  }),
  output: draftReply,
});

export const changeTree = route({
  name: 'frameworks.changeTree',
  method: 'POST',
  path: '/api/framework-drafts/:draftId/tree',
  access: 'framework.manage',
  reach: 'city',
  summary: '改动草稿的结构：增加、移动、复制、改编号、删去指标；别人改过的不覆盖',
  params: draft,
  body: z.object({ change: treeChange }),
  output: draftReply.extend({
    /** The indicator that was added, moved, copied or renamed; null where one was taken out. */
    code: z.string().nullable(),
  }),
});

export const undoChange = route({
  name: 'frameworks.undoChange',
  method: 'POST',
  path: '/api/framework-drafts/:draftId/undoing',
  access: 'framework.manage',
  reach: 'city',
  summary: '逐次撤销草稿的改动，或重做撤销了的；其后有别的改动时不能',
  params: draft,
  body: revision.extend({ again: z.boolean().default(false) }),
  output: draftReply,
});

export const fillGap = route({
  name: 'frameworks.fillGap',
  method: 'POST',
  path: '/api/framework-drafts/:draftId/gaps',
  access: 'framework.manage',
  reach: 'city',
  summary: '补上一处未见的内容：写成一项指标，或说明本市不采用',
  params: draft,
  body: z.object({
    revision: revision.shape.revision,
    /** The title of the gap as the edition gives it. */
    title: writtenLine(200).min(1),
    /** The indicator that stands in its place; null: the city does without it. */
    indicator: z
      .object({
        code: indicatorCode,
        title: writtenText(200).min(1, '请填写指标名称'),
        points: z.union([figure, z.literal('none')]),
      })
      .nullable(),
  }),
  output: draftReply,
});

export const publish = route({
  name: 'frameworks.publish',
  method: 'POST',
  path: '/api/framework-drafts/:draftId/publication',
  access: 'framework.manage',
  reach: 'city',
  summary: '发布草稿：成为本市补全的样本，此后不再改变',
  params: draft,
  body: revision.extend({ note: writtenReason(300) }),
  output: editionRow,
});

export const discard = route({
  name: 'frameworks.discard',
  method: 'POST',
  path: '/api/framework-drafts/:draftId/discarding',
  access: 'framework.manage',
  reach: 'city',
  summary: '放弃草稿，写明原因',
  params: draft,
  body: revision.extend({ reason: writtenReason(300) }),
  output: draftReply,
});
