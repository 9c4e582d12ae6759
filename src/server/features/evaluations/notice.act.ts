import type { JobServices } from '#core/access/job-services.ts';
import { noticeWrites } from '#core/notices/notices.store.ts';
import { type AddressedNotice, writeNoticesTo } from '#core/notices/sent.store.ts';
import type { EvaluationNotice } from '#domain/evaluation/notice.ts';
import { firstNamed } from '#domain/kit/first-named.ts';
import type { EvaluationContext } from './evaluation.act.ts';
import type { Evaluation, EvaluationHandle } from './evaluation.store.ts';

type Acting = Pick<EvaluationContext, 'db' | 'actor' | 'now'>;

/** How many leaves a notice names. */
const mostNamed = 20;

/** The leaves of a notice, the first of many. */
export const namedLeaves = (codes: readonly string[]): string => firstNamed(codes, mostNamed);

/** An evaluation as somebody names it who has many; its subject has one of a campaign. */
const nameOf = ({ subjectName, title }: Evaluation) => `${subjectName}：${title}`;

/** Sends a notice to the subject with the commit: to its school, or to the officers of its county. */
export function sendToSubject(
  { db, actor, now, along }: Acting & Pick<EvaluationContext, 'along'>,
  evaluation: Evaluation,
  kind: EvaluationNotice,
  note: string | null = null,
): void {
  along(noticeWrites(db, { kind, subjects: [evaluation], actor, now, note, about: evaluation.title }));
}

/** Sends a notice to the office that holds the campaign. */
export async function sendToOffice(
  ctx: Acting,
  evaluation: Evaluation,
  kind: EvaluationNotice,
  note: string | null = null,
): Promise<void> {
  const to = { audience: 'place', placeId: evaluation.campaignPlaceId } as const;
  await send(ctx, kind, note, [{ subject: evaluation, about: nameOf(evaluation), to }]);
}

/** Sends a notice to people or posts of the subject. */
export async function sendWithin(
  ctx: Acting,
  evaluation: Evaluation,
  kind: EvaluationNotice,
  to: readonly ({ readonly personId: string } | { readonly postId: string })[],
  note: string | null = null,
): Promise<void> {
  const { placeId, title: about } = evaluation;
  const addressees = to.map((one): AddressedNotice['to'] =>
    'postId' in one ? { audience: 'post', placeId, ...one } : { audience: 'person', placeId, ...one },
  );
  await send(
    ctx,
    kind,
    note,
    addressees.map((addressee) => ({ subject: evaluation, about, to: addressee })),
  );
}

async function send(
  { db, actor, now }: Acting,
  kind: EvaluationNotice,
  note: string | null,
  notices: readonly AddressedNotice[],
): Promise<void> {
  await writeNoticesTo(db, { kind, actor, now, note, notices });
}

/**
 * Sends a notice to people who judge, from a job: a judge from outside reaches no place, and a subject reaches no judge. It names
 * leaves and no points, because who gave which is read at the leaf.
 * @param placeId where the notices lie: the place of the layer that judges
 */
export async function sendToJudges(
  services: Pick<JobServices, 'acting' | 'now'>,
  db: EvaluationHandle,
  evaluation: Evaluation,
  {
    kind,
    placeId,
    judges,
  }: {
    readonly kind: EvaluationNotice;
    readonly placeId: number;
    readonly judges: readonly {
      readonly personId: string;
      readonly codes: readonly string[];
      readonly onceKey?: string;
    }[];
  },
): Promise<void> {
  const { userId, ...program } = await services.acting(db);
  await writeNoticesTo(db, {
    ...{ kind, actor: { ...program, userId: userId ?? '' }, now: services.now(), note: null },
    notices: judges.map(({ personId, codes, onceKey }) => ({
      ...{ subject: evaluation, about: nameOf(evaluation), note: namedLeaves(codes) },
      to: { audience: 'person', placeId, personId },
      ...(onceKey === undefined ? {} : { onceKey }),
    })),
  });
}
