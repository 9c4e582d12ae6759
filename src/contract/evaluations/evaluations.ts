import { z } from 'zod';
import {
  evaluationKinds,
  evaluationStates,
  evaluationStepActions,
  layers,
  mostSubjects,
} from '#domain/evaluation/lists.ts';
import { earlierFacts, enteredFact, givenFact } from '../kit/facts.shape.ts';
import { revision } from '../kit/steps.shape.ts';
import { writtenLine, writtenText } from '../kit/texts.shape.ts';
import { file, listOutput, listQuery, route, workbookType } from '../route.ts';
import { leafAnswer } from './answer.shape.ts';
import { evaluationDetail, evaluationSummary } from './detail.shape.ts';
import {
  evaluationParams,
  layerTotal,
  leafCode,
  leafParams,
  mostLeaves,
  reason,
  stepped,
  traceStep,
  version,
} from './evaluations.shape.ts';
import { leafDetail, leafWritten } from './leaf.shape.ts';

export * from './answer.shape.ts';
export * from './detail.shape.ts';
export * from './evaluations.shape.ts';
export * from './evidence.shape.ts';
export * from './evidence.ts';
export * from './judging.ts';
export * from './leaf.shape.ts';
export * from './many.ts';
export * from './opinion.shape.ts';
export * from './opinions.ts';
export * from './rounds.ts';

const filter = {
  campaignId: z.uuid().optional(),
  kind: z.enum(evaluationKinds).optional(),
  /** A school year: what is decided in one of its two calendar years. */
  year: z.coerce.number().int().optional(),
  state: z.enum(evaluationStates).optional(),
  /** A calendar year: whose result is confirmed and was to be decided in it. */
  confirmedIn: z.coerce.number().int().optional(),
  countyId: z.coerce.number().int().optional(),
  schoolId: z.coerce.number().int().optional(),
  /** What waits for this person; `toConfirm`: what he handed in himself and the leader has not confirmed. */
  waiting: z.enum(['answer', 'confirm', 'toConfirm', 'score', 'talk', 'state', 'decide']).optional(),
  late: z.stringbool().optional(),
};
const act = { params: evaluationParams, output: stepped, method: 'POST', touches: ['campaigns', 'notices'] } as const;
/** A sentence for each guard, and one for each thing that an opinion lacks. */
const mostObstacles = 20;
const readers = ['evaluation.read', 'evaluation.judge'] as const;
/** The level that runs a school answers for it where nobody of it can; it has the right to judge. */
const answering = ['evaluation.answer', 'evaluation.judge'] as const;

/** Sort columns: `due` (default), `name`, `state`, `total`. */
export const list = route({
  name: 'evaluations.list',
  method: 'GET',
  path: '/api/evaluations',
  access: readers,
  scoped: true,
  summary: '评估对象：按项目、种类、学年、步骤、确认年度、县、待办筛选',
  query: listQuery.extend(filter),
  output: listOutput(evaluationSummary),
});

export const workbook = route({
  name: 'evaluations.workbook',
  method: 'GET',
  path: '/api/evaluations/workbook',
  access: 'evaluation.read',
  scoped: true,
  summary: '按筛选下载评估对象（Excel）',
  query: z.object({ ...filter, search: listQuery.shape.search, sort: listQuery.shape.sort }),
  output: file(workbookType),
});

export const read = route({
  name: 'evaluations.read',
  method: 'GET',
  path: '/api/evaluations/:evaluationId',
  access: readers,
  scoped: true,
  summary: '一个对象的评估：步骤、指标树、各层得分、还缺什么',
  params: evaluationParams,
  output: evaluationDetail,
});

export const leaf = route({
  name: 'evaluations.leaf',
  method: 'GET',
  path: '/api/evaluations/:evaluationId/leaves/:code',
  access: readers,
  scoped: true,
  summary: '一个指标：计分办法、答复、数据来源、证据、上次问题、各层得分',
  params: leafParams,
  output: leafDetail,
});

/** How the total of a layer came about, as this person sees it: made when it is asked, by the function that makes the total. */
export const trace = route({
  name: 'evaluations.trace',
  method: 'GET',
  path: '/api/evaluations/:evaluationId/trace',
  access: readers,
  scoped: true,
  summary: '总分怎么来的：逐级合计、换算、取整、附加分和封顶',
  params: evaluationParams,
  query: z.object({ layer: z.enum(['self', 'county', 'city']).default('city') }),
  output: z.object({
    total: layerTotal,
    lines: z
      .array(
        z.object({
          /** Empty for the total itself. */
          code: z.string(),
          title: z.string().nullable(),
          points: z.string().nullable(),
          max: z.string().nullable(),
          steps: z.array(traceStep).max(200),
          rounded: z.object({ from: z.string(), to: z.string() }).nullable(),
        }),
      )
      .max(2 * mostLeaves),
  }),
});

/** What this person could do now and would be refused, with every reason: told before the press. */
export const obstacles = route({
  name: 'evaluations.obstacles',
  method: 'GET',
  path: '/api/evaluations/:evaluationId/obstacles',
  access: readers,
  scoped: true,
  summary: '本人此时可以办、但还会被拒绝的事，逐条写明原因',
  params: evaluationParams,
  output: z.object({
    /** Where the evaluation stood when it was asked: after a move these are the obstacles of the step before. */
    state: z.enum(evaluationStates),
    rows: z
      .array(
        z.object({
          act: z.enum(evaluationStepActions),
          title: z.string(),
          reasons: z.array(z.string()).max(mostObstacles),
          /** It takes another hand, whatever else is put right. */
          otherHand: z.boolean(),
        }),
      )
      .max(evaluationStepActions.length),
  }),
});

/** The answer of the subject. A leaf that data fill takes a note and an objection, and no answer. */
export const answerLeaf = route({
  name: 'evaluations.answerLeaf',
  method: 'PUT',
  path: '/api/evaluations/:evaluationId/leaves/:code/answer',
  access: answering,
  summary: '填写一个指标的自评；别人先保存的，双方的内容都给出',
  params: leafParams,
  body: version.extend({ answer: leafAnswer.nullable(), note: writtenText(2000) }),
  output: leafWritten,
});

export const objectToLeaf = route({
  name: 'evaluations.objectToLeaf',
  method: 'PUT',
  path: '/api/evaluations/:evaluationId/leaves/:code/objection',
  access: answering,
  summary: '对自动取数的结果提出异议，或撤回异议',
  params: leafParams,
  body: version.extend({ objection: writtenText(1000).refine((text) => text.length !== 1, '请写明异议') }),
  output: leafWritten,
});

export const assignLeaves = route({
  name: 'evaluations.assignLeaves',
  method: 'PUT',
  path: '/api/evaluations/:evaluationId/responsibility',
  access: 'evaluation.answer',
  summary: '指定指标的责任人或责任科室，或取消指定',
  params: evaluationParams,
  body: z
    .object({
      codes: z.array(leafCode).min(1).max(mostLeaves),
      personId: z.uuid().nullable(),
      /** A section of the subject: all its people answer. */
      sectionId: z.number().int().nullable().default(null),
    })
    .refine(({ personId, sectionId }) => personId === null || sectionId === null, '责任人和责任科室只能选一个'),
  output: z.object({ changed: z.number().int() }),
});

/** Who of the subject may answer leaves. */
export const colleagues = route({
  name: 'evaluations.colleagues',
  method: 'GET',
  path: '/api/evaluations/:evaluationId/colleagues',
  access: 'evaluation.answer',
  scoped: true,
  summary: '本单位可以承担指标的人和科室',
  params: evaluationParams,
  output: z.object({
    rows: z.array(z.object({ id: z.uuid(), name: z.string(), section: z.string().nullable() })).max(200),
    /** The sections in which some of them work, with how many. */
    sections: z.array(z.object({ id: z.number().int(), name: z.string(), people: z.number().int() })).max(200),
  }),
});

/** Reads the facts of the data leaves again, as they are today. */
export const refreshFacts = route({
  name: 'evaluations.refreshFacts',
  method: 'POST',
  path: '/api/evaluations/:evaluationId/facts',
  access: answering,
  summary: '按今天已批准的数据重新取数',
  params: evaluationParams,
  output: z.object({ changed: z.array(leafCode).max(mostLeaves), filled: z.number().int(), unknown: z.number().int() }),
});

/** A question that several frameworks ask: entered once, with its document. */
export const questions = route({
  name: 'evaluations.questions',
  method: 'GET',
  path: '/api/evaluations/:evaluationId/questions',
  access: readers,
  scoped: true,
  summary: '本次评估要问的事实：已知的带日期和依据，其余的填一次',
  params: evaluationParams,
  output: z.object({
    rows: z
      .array(
        z.object({
          name: z.string(),
          /** How many years before the assessed one. */
          yearsBack: z.number().int(),
          unit: z.string().nullable(),
          type: z.enum(['number', 'choice', 'truth']),
          period: z.string(),
          /** What a rule says that the office rules about; null for a fact. */
          title: z.string().nullable(),
          /** What is known of it, by an answer or by what the product holds; null while nothing is. */
          value: z.string().nullable(),
          answer: enteredFact.nullable(),
          earlier: earlierFacts,
          codes: z.array(leafCode).max(mostLeaves),
          /** Whether vetoes, caps, downgrades or conclusions read it. */
          inRules: z.boolean(),
          /** Other editions in use that ask the same. */
          elsewhere: z.number().int(),
          mayEnter: z.boolean(),
        }),
      )
      .max(400),
    can: z.object({ enter: z.boolean() }),
  }),
});

export const enterFact = route({
  name: 'evaluations.enterFact',
  method: 'PUT',
  path: '/api/evaluations/:evaluationId/questions',
  access: [...answering, 'evaluation.conclude'],
  summary: '填写、更正或撤下一项事实，写明依据和数据的日期；改正的保留以前的',
  params: evaluationParams,
  body: givenFact.extend({
    fact: writtenLine(120).min(1),
    yearsBack: z.number().int().min(0).max(10).default(0),
  }),
  output: z.object({ codes: z.array(leafCode).max(mostLeaves) }),
});

export const submit = route({
  ...act,
  name: 'evaluations.submit',
  path: '/api/evaluations/:evaluationId/submission',
  access: answering,
  summary: '报送自评：全部指标已填，由负责人确认',
  body: revision,
});

export const confirmSelf = route({
  ...act,
  name: 'evaluations.confirmSelf',
  path: '/api/evaluations/:evaluationId/self-confirmation',
  access: ['evaluation.confirm', 'evaluation.judge'],
  summary: '负责人署名确认自评；报送人不能确认',
  body: revision,
});

export const takeBack = route({
  ...act,
  name: 'evaluations.takeBack',
  path: '/api/evaluations/:evaluationId/taking-back',
  access: ['evaluation.answer', 'evaluation.confirm', 'evaluation.judge'],
  summary: '撤回自评：报送人在确认前，负责人在接收前',
  body: revision,
});

export const sendBack = route({
  ...act,
  name: 'evaluations.return',
  path: '/api/evaluations/:evaluationId/return',
  access: ['evaluation.judge', 'evaluation.conclude'],
  summary: '退回补充：整体或所选指标，写明原因；其余保持锁定',
  body: revision.extend({
    /** Null returns the whole. */
    codes: z.array(leafCode).min(1).max(mostLeaves).nullable(),
    reason,
  }),
});

/** The level that judges next goes on: with a confirmed self-evaluation, or after its own review. Other steps are moved by the campaign. */
export const receive = route({
  ...act,
  name: 'evaluations.receive',
  path: '/api/evaluations/:evaluationId/reception',
  access: 'evaluation.judge',
  summary: '接收已确认的自评，或完成县级复核，转入下一步',
  body: revision,
});

/** Which layer's totals are compared, over whole evaluations of a campaign. */
export const slope = route({
  name: 'evaluations.slope',
  method: 'GET',
  path: '/api/evaluations/slope',
  access: 'evaluation.read',
  reach: 'unit',
  scoped: true,
  summary: '自评与评定得分的对照，按对象',
  query: z.object({ campaignId: z.uuid(), from: z.enum(layers).default('self'), to: z.enum(layers).default('city') }),
  output: z.object({
    max: z.string().nullable(),
    rows: z
      .array(
        z.object({
          evaluationId: z.uuid(),
          name: z.string(),
          from: z.string().nullable(),
          to: z.string().nullable(),
          /** Both layers at the leaves at which both have points: what one has not said is no zero. Null where there is none. */
          both: z.object({ from: z.string(), to: z.string(), max: z.string(), leaves: z.number().int() }).nullable(),
        }),
      )
      .max(mostSubjects),
  }),
});
