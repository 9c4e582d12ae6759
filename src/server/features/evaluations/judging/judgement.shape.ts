import type { AuditEntry } from '#core/audit/audit.store.ts';
import { layerTitles } from '#domain/evaluation/kind.ts';
import type { JudgingLayer } from '#domain/evaluation/kind-definition.ts';
import { recordOf } from '../evaluation.act.ts';
import type { ActedEvaluation } from '../evaluation.store.ts';
import { placeOfLayer } from './judging.store.ts';

/**
 * The audit row of a judgement, at the place of its layer: the subject does not read it, whatever stands in it.
 * @param after what is known to everybody who reads the audit of that place; a blind score is not
 */
export function judgementRecord(
  evaluation: ActedEvaluation,
  layer: JudgingLayer,
  done: string,
  after: Record<string, unknown>,
): AuditEntry {
  const entry = recordOf(evaluation, done, { after: { layer: layerTitles[layer], ...after } });
  return { ...entry, placeId: placeOfLayer(evaluation, layer), schoolId: null };
}
