import type { OpinionCommentKind } from '#domain/evaluation/lists.ts';
import type { OpinionLetterScene, ReleasedFinding } from '#domain/evaluation/opinion.ts';
import { exactPointsText, readExactPoints } from '#domain/evaluation/points/score.ts';
import { exact, toNumber } from '#domain/kit/decimal.ts';
import { addDays } from '#domain/kit/school-year.ts';
import { momentOn } from '../calendar.ts';
import { sampleWords } from './evaluations.shape.ts';
import type { LaidLeaf } from './filled-leaves.ts';
import { type Judged, reasonOf } from './judged-leaves.ts';
import type { RowMeans } from './leaf-rows.ts';
import { jointWorkOf } from './round-letters.ts';
import type { UnitResult } from './unit-result.ts';
import type { UnitScene } from './unit-scene.ts';

const comments = Object.entries(sampleWords.comments).map(([name, text]) => ({
  kind: name as OpinionCommentKind,
  code: null,
  text,
}));

/** What the panel says of the whole, as a release keeps it for the subject. */
export interface Opinion {
  readonly comments: typeof comments;
  readonly findings: readonly ReleasedFinding[];
  readonly releasedAt: Date | null;
}

/** Lays the draft of the opinion with its findings, and what of it was fed back. */
export function addOpinion(means: RowMeans, scene: UnitScene, judged: Judged, result: UnitResult | null): Opinion {
  const { tables, laying, placeId: cityId, officer, second } = means;
  const { standing } = laying;
  const { subject, step, isPast, isReleased, isDecided, dayOf } = scene;
  const { id, placeId, schoolId } = subject;
  const releasedAt = isReleased ? momentOn(dayOf('preliminaryOpinion'), 60, standing) : null;
  if (isReleased) {
    for (const [code, { points, way }] of judged.city) {
      tables.releases.add(placeId, id, code, schoolId, points, reasonOf({ points, way }), releasedAt);
    }
  }
  if (result === null || !isPast('siteVisit')) return { comments, findings: [], releasedAt };
  const confirmed = isDecided ? momentOn(dayOf('confirmation'), 60, standing) : null;
  tables.opinions.add(
    ...[cityId, id, placeId, isDecided ? 'confirmed' : step === 'confirmation' ? 'submitted' : 'draft'],
    ...[JSON.stringify(comments), result.total, result.conclusion, result.certificate, second.id, second.name],
    ...[isDecided ? officer.id : null, isDecided ? officer.name : null, confirmed, confirmed ?? releasedAt ?? standing],
  );
  return { comments, findings: addFindings(means, scene), releasedAt };
}

/** Lays the findings of the panel, and returns them as a release keeps them for the subject. */
function addFindings({ tables, raised, laying, placeId: cityId, second, nextId }: RowMeans, scene: UnitScene) {
  const { prepared, subject, isDecided, dayOf } = scene;
  const { id, placeId, schoolId } = subject;
  const own = raised.filter(({ source }) => source.type === 'evaluations' && source.id === id);
  const confirmed = isDecided ? momentOn(dayOf('confirmation'), 60, laying.standing) : null;
  const drafted = momentOn(dayOf('preliminaryOpinion'), 30, laying.standing);
  const found: ReleasedFinding[] = own.map((one) => ({
    ...{ id: one.id, code: one.source.key.split(' ')[0]!, kind: one.kind, title: one.title, body: one.body },
    ...{ dutyType: 'unit', dutyId: placeId, dueOn: addDays(dayOf('confirmation'), one.dueIn) },
  }));
  if (!isDecided) {
    const { code, measure: _, ...said } = sampleWords.findings[0]!;
    const duty = { dutyType: schoolId === null ? 'unit' : 'school', dutyId: schoolId ?? placeId } as const;
    found.push({
      ...{ id: nextId(), code: prepared.byCode.has(code) ? code : null, ...said },
      ...{ ...duty, dueOn: addDays(laying.today, 90) },
    });
  }
  for (const one of found) {
    tables.findings.add(
      ...[cityId, one.id, id, placeId, one.code, one.kind, one.title, one.body, one.dutyType, one.dutyId],
      ...[one.dueOn, second.name, drafted, confirmed],
    );
  }
  return found;
}

/** Lays what the subject holds against the opinion: some do, and then the office has answered where the step is past. */
export function addStatement(
  { tables, officer, nextId }: RowMeans,
  { subject, at, step, hands, isPast, dayOf, clip }: UnitScene,
  leaves: readonly LaidLeaf[],
): void {
  if (step !== 'statement' && !(isPast('statement') && at % 3 === 0)) return;
  const { id, placeId, schoolId } = subject;
  const answeredOn = isPast('statement') ? dayOf('statement') : null;
  tables.statements.add(
    ...[placeId, id, nextId(), schoolId, leaves.find(({ origin }) => origin === 'person')!.code, false],
    ...[sampleWords.statement, hands[1].name, clip(addDays(dayOf('preliminaryOpinion'), 2))],
    ...[answeredOn === null ? null : true, answeredOn === null ? null : sampleWords.answer],
    ...[answeredOn === null ? null : officer.name, answeredOn],
  );
}

/** Every fifth county of which the result is confirmed has been to the province too: what that gave to the whole and to a leaf. */
export function addProvince(
  { tables, laying, placeId: cityId, officer, nextId }: RowMeans,
  { round, subject, at, isDecided, dayOf, clip }: UnitScene,
  { total }: UnitResult,
  judged: Judged,
): void {
  if (round.kind !== 'county-inspection' || !isDecided || at % 5 !== 0 || total === null) return;
  const given = clip(addDays(dayOf('confirmation'), 20));
  const { words, document, reason } = sampleWords.province;
  const add = (code: string | null, points: string, why: string) =>
    tables.province.add(
      ...[subject.placeId, nextId(), subject.id, cityId, subject.schoolId, code, points, code === null ? words : null],
      ...[document, given, why, officer.name, momentOn(given, 40, laying.standing)],
    );
  add(null, exactPointsText(exact(toNumber(readExactPoints(total)).toFixed(1))), '');
  const [leaf] = [...judged.city].filter(([, { points }]) => points !== null);
  if (leaf !== undefined) add(leaf[0], leaf[1].points!, reason);
}

/** What an opinion letter says, as the product reads it. */
export function letterScene(
  { city, laying }: RowMeans,
  { round, subject, at, prepared, days, clip, dayOf }: UnitScene,
  { selfTotal, ...scored }: UnitResult['scored'],
  { comments: said, findings }: Opinion,
): OpinionLetterScene {
  const { kind, assessmentYear } = round;
  const visit = days.find((own) => own.step === 'siteVisit');
  const spoke = at % 3 === 0 ? 1 : 0;
  return {
    ...{ evaluationId: subject.id, kind, subjectName: subject.name, assessmentYear, prepared, selfTotal, scored },
    jointly: jointWorkOf(city, round),
    conclusions: scored.conclusions,
    visited: visit === undefined ? null : { from: clip(visit.from), to: clip(visit.to) },
    comments: said,
    findings: findings.map(({ title: what, code, dutyType, dutyId, dueOn }) => ({
      ...{ title: what, code, dueOn },
      duty: dutyType === null || dutyId === null ? null : { type: dutyType, id: dutyId, name: subject.name },
    })),
    statements: { made: spoke, accepted: spoke, waived: spoke === 0 },
    factsOn: clip(days[0]!.from),
    readAt: momentOn(dayOf('opinionLetter'), 30, laying.standing).toISOString(),
  };
}
