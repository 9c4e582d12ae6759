import { z } from 'zod';
import { doing, type FeatureJob } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { writeNoticesTo } from '#core/notices/sent.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { permissions } from '#domain/access/permissions.ts';
import { evaluationActionTitles } from '#domain/evaluation/flow/action-titles.ts';
import { actsOnMany } from '#domain/evaluation/flow/acts-on-many.ts';
import { isProblem } from '#domain/kit/problem.ts';
import { troubleOf } from '#platform/db/errors.ts';
import { withReading, withWriting } from '#platform/db/handle.ts';
import type { EvaluationContext } from '../evaluation.act.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import { takeSingle } from './many.act.ts';
import * as jobs from './many.jobs.ts';
import { type AskedAct, findAsking, listUnsettled, lockUnsettled, settlementWrite } from './many.store.ts';

/** What the queue keeps as text, in the words of the domain. */
const asked = z.object({ act: z.enum(actsOnMany), permissions: z.array(z.enum(permissions)) });
type Kept = z.output<typeof jobs.actOnMany.data>;
type Data = Omit<Kept, keyof z.output<typeof asked>> & z.output<typeof asked>;

/** The refusal of one evaluation, which stays as it is; null where the act was done. What is no refusal is thrown. */
async function refusalOf(services: JobServices, data: Data, { evaluationId, revision }: AskedAct) {
  const { act, statementDue } = data;
  try {
    await services.inPost(data, async (ctx: EvaluationContext) => {
      if (!(await lockUnsettled(ctx.db, data, evaluationId))) return;
      await takeSingle(ctx, act, evaluationId, { revision, statementDue });
      ctx.along(settlementWrite(ctx.db, data, evaluationId, { refusal: null, at: ctx.now }));
    });
    return null;
  } catch (error) {
    if (!isProblem(error) || troubleOf(error) !== null) throw error;
    return keptSentence(error.message);
  }
}

/** How many characters of a sentence a list of thousands of subjects keeps: one that names forty problems is read at its subject. */
const mostKept = 500;

const keptSentence = (sentence: string): string =>
  sentence.length <= mostKept ? sentence : `${sentence.slice(0, mostKept)}……其余见这个对象的评估页面。`;

/**
 * Takes the act on each evaluation that is not settled yet. A trouble of the database ends the run, and the next one goes on with the
 * rest; a fault at one evaluation is told at the end, when the others are done.
 */
async function actOnAll(services: JobServices, data: Data): Promise<void> {
  const { placeId } = data;
  const here = atPlaces([placeId]);
  const waiting = await withReading(services.pool, here, (db: EvaluationHandle) => listUnsettled(db, data));
  let fault: unknown;
  for (const one of waiting) {
    try {
      const refusal = await refusalOf(services, data, one);
      if (refusal === null) continue;
      await withWriting(services.pool, here, async (db: EvaluationHandle) => {
        if (!(await lockUnsettled(db, data, one.evaluationId))) return;
        await db.executeQuery(settlementWrite(db, data, one.evaluationId, { refusal, at: services.now() }));
      });
    } catch (error) {
      if (troubleOf(error) !== null) throw error;
      fault ??= error;
    }
  }
  if (fault !== undefined) throw fault;
  await withWriting(services.pool, here, (db: EvaluationHandle) => tell(services, db, data));
}

/** How many of those that were refused a notice names; all of them stand in the progress of the campaign. */
const mostNamed = 20;

/** Whoever asked learns how it ended, also who has left the page. */
async function tell(services: JobServices, db: EvaluationHandle, data: Data): Promise<void> {
  const { placeId, askingId, act, campaign } = data;
  const found = await findAsking(db, data);
  const { userId, ...program } = await services.acting(db);
  if (found === undefined || userId === null) return;
  const { asked: chosen, done, refused } = found;
  const named = refused.slice(0, mostNamed).map(({ name, sentence }) => `${name}：${sentence}`);
  const more = refused.length > mostNamed ? [`另有 ${refused.length - mostNamed} 个，见项目的“矩阵”`] : [];
  const said = refused.length === 0 ? '都已办好' : `办好 ${done} 个，没有办 ${refused.length} 个`;
  await writeNoticesTo(db, {
    ...{ kind: 'evaluation.doneOnMany', actor: { ...program, userId }, now: services.now() },
    note: [`${evaluationActionTitles[act]}：${chosen} 个对象，${said}`, ...named, ...more].join('\n'),
    notices: [
      {
        subject: { type: 'campaign', id: campaign.id, placeId, schoolId: null },
        ...{ about: campaign.title, to: { audience: 'person', placeId, personId: userId } },
        onceKey: `asked ${askingId}`,
      },
    ],
  });
}

export const manyJobs: readonly FeatureJob[] = [
  doing(jobs.actOnMany, (services, data) => actOnAll(services, { ...data, ...asked.parse(data) })),
];
