import { listHeldGrants } from '#core/access/grant/held-posts.store.ts';
import { listMerged, listUnitsIn } from '#core/directory/places.store.ts';
import { avoidedBy, panelLacks, type ShutOut } from '#domain/evaluation/campaign/panel.ts';
import { readPanelRules } from '#domain/evaluation/campaign/panel-rules.shape.ts';
import { stepOf } from '#domain/evaluation/kind.ts';
import { declaredBy } from '#domain/inspection/declared.ts';
import type { InspectorKind } from '#domain/inspection/inspector.ts';
import { readInspectorRules } from '#domain/inspection/inspector-rules.shape.ts';
import type { Day } from '#domain/kit/school-year.ts';
import rules from '../../../../../reference/evaluations/panel-rules.json' with { type: 'json' };
import ruledInspectors from '../../../../../reference/inspection/inspector-rules.json' with { type: 'json' };
import { editionOf } from '../edition.act.ts';
import type { EvaluationContext } from '../evaluation.act.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';
import { listSeated } from './opening.store.ts';
import { listDeclared } from './pool.store.ts';

const panelRules = readPanelRules(rules);
const inspectorRules = readInspectorRules(ruledInspectors);

/** What the registers say of a panel. */
export interface RegisteredPanel {
  /** Who serves as what and until when. */
  readonly inspectors: readonly {
    readonly personId: string;
    readonly kind: InspectorKind;
    readonly termTo: Day | null;
  }[];
  /** Who must keep away from which evaluations. */
  readonly shutOut: readonly ShutOut[];
}

/**
 * What the panel of an evaluation lacks today where the city judges it, in sentences; empty at every other step.
 * @param registered what the registers say of the panel
 */
export async function panelLacksOf(
  db: EvaluationHandle,
  evaluation: Evaluation,
  { inspectors, shutOut }: RegisteredPanel,
  today: Day,
): Promise<string[]> {
  if (stepOf(evaluation.kind, evaluation.state)?.judges !== 'city') return [];
  const { prepared } = await editionOf(db, evaluation);
  const registered = new Map(inspectors.map((one) => [one.personId, one]));
  const seats = (await listSeated(db, evaluation)).map(({ scores, nodes, from, to, ...seat }) => ({
    // Whoever only leads judges no leaf; a seat without days is in force as long as it stands.
    ...{ ...seat, nodes: scores ? nodes : [], from: from ?? today, to: to ?? today, evaluations: null },
    inspectorKind: registered.get(seat.personId)?.kind ?? null,
    termTo: registered.get(seat.personId)?.termTo ?? null,
  }));
  const { reviewersPerLeaf } = evaluation.rules;
  return panelLacks({ prepared, seats, reviewersPerLeaf, rules: panelRules, on: today, shutOut }, evaluation.id);
}

/** Who of the panel must keep away from the evaluation, by the registers in reach and the posts of the program, as they stand today. */
export async function shutOutOf(
  { db, scope, today }: Pick<EvaluationContext, 'db' | 'scope' | 'today'>,
  evaluation: Evaluation,
): Promise<ShutOut[]> {
  const { id: evaluationId, unitId, schoolId, subjectName: name } = evaluation;
  const people = [...new Set((await listSeated(db, evaluation)).map(({ personId }) => personId))];
  const entries = await listDeclared(db, scope, people);
  const held = await listHeldGrants(db, people);
  const subject = {
    ...{ evaluationId, name },
    unitIds: schoolId === null ? ((await listUnitsIn(db, [unitId])).get(unitId) ?? [unitId]) : [],
    schoolIds: schoolId === null ? [] : [schoolId, ...((await listMerged(db, [schoolId])).get(schoolId) ?? [])],
  };
  return people
    .filter((person) => {
      const own = ({ personId }: { readonly personId: string }) => personId === person;
      const declared = declaredBy(entries.filter(own), held.filter(own), inspectorRules);
      return avoidedBy({ declared, subjects: [subject], rules: inspectorRules, on: today }).some(
        ({ effect }) => effect === 'block',
      );
    })
    .map((personId) => ({ personId, evaluationId }));
}
