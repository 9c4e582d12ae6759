import { listHeldGrants } from '#core/access/grant/held-posts.store.ts';
import { listBodiesOf } from '#core/directory/places.store.ts';
import { avoidedByEach, panelLacks, type ShutOut, shutOutOf } from '#domain/evaluation/campaign/panel.ts';
import { readPanelRules } from '#domain/evaluation/campaign/panel-rules.shape.ts';
import { stepOf } from '#domain/evaluation/kind.ts';
import type { InspectorKind } from '#domain/inspection/inspector.ts';
import { readInspectorRules } from '#domain/inspection/inspector-rules.shape.ts';
import type { Day } from '#domain/kit/school-year.ts';
import rules from '../../../../../reference/evaluations/panel-rules.json' with { type: 'json' };
import ruledInspectors from '../../../../../reference/inspection/inspector-rules.json' with { type: 'json' };
import { editionOf } from '../edition.act.ts';
import type { EvaluationContext } from '../evaluation.act.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';
import { listSeated } from './opening.store.ts';
import { listRegistered } from './pool.store.ts';

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

/** Whether the city judges an evaluation at its step: nowhere else a panel is asked for. */
export const cityJudges = ({ kind, state }: Pick<Evaluation, 'kind' | 'state'>): boolean =>
  stepOf(kind, state)?.judges === 'city';

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
  if (!cityJudges(evaluation)) return [];
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

/** What the registers in reach and the posts of the program say of the panel of an evaluation today. */
export async function registeredPanel(
  { db, scope, today }: Pick<EvaluationContext, 'db' | 'scope' | 'today'>,
  evaluation: Evaluation,
): Promise<RegisteredPanel> {
  const people = (await listSeated(db, evaluation)).map(({ personId }) => personId);
  const entries = await listRegistered(db, scope, people);
  const held = await listHeldGrants(db, people);
  const subjects = (await listBodiesOf(db, [evaluation])).map((bodies) => ({
    ...{ ...bodies, evaluationId: evaluation.id, name: evaluation.subjectName },
  }));
  const avoided = avoidedByEach(people, { entries, held, subjects, rules: inspectorRules, on: today });
  const serving = entries.filter((entry) => entry.serving).map((entry) => [entry.personId, entry] as const);
  return { inspectors: [...new Map(serving.reverse()).values()], shutOut: shutOutOf(avoided) };
}
