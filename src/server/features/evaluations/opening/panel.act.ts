import { panelLacks } from '#domain/evaluation/campaign/panel.ts';
import { readPanelRules } from '#domain/evaluation/campaign/panel-rules.shape.ts';
import { stepOf } from '#domain/evaluation/kind.ts';
import type { InspectorKind } from '#domain/inspection/inspector.ts';
import type { Day } from '#domain/kit/school-year.ts';
import rules from '../../../../../reference/evaluations/panel-rules.json' with { type: 'json' };
import { editionOf } from '../edition.act.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';
import { listSeated } from './opening.store.ts';

const panelRules = readPanelRules(rules);

/**
 * What the panel of an evaluation lacks today where the city judges it, in sentences; empty at every other step.
 * @param inspectors who of the panel serves as what and until when, by the register of inspectors
 */
export async function panelLacksOf(
  db: EvaluationHandle,
  evaluation: Evaluation,
  inspectors: readonly { readonly personId: string; readonly kind: InspectorKind; readonly termTo: Day | null }[],
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
  return panelLacks({ prepared, seats, reviewersPerLeaf, rules: panelRules, on: today }, evaluation.id);
}
