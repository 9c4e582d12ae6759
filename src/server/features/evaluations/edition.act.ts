import { findPreparedEdition } from '#core/facts/edition.store.ts';
import { frameworkWords } from '#core/facts/framework-words.shape.ts';
import type { SourcedName } from '#domain/framework/edition/words.ts';
import { wordOfName } from '#domain/framework/names.ts';
import type { Prepared } from '#domain/framework/result.ts';
import type { Evaluation, EvaluationHandle } from './evaluation.store.ts';

/** The edition by which an evaluation is judged, ready to score. */
export interface JudgingEdition {
  readonly prepared: Prepared;
  /** What is known of a name with a source: type and unit. */
  readonly wordsOf: (name: string) => SourcedName | undefined;
}

export async function editionOf(
  db: EvaluationHandle,
  {
    frameworkKey,
    frameworkRevision,
    frameworkHash,
  }: Pick<Evaluation, 'frameworkKey' | 'frameworkRevision' | 'frameworkHash'>,
): Promise<JudgingEdition> {
  const prepared = await findPreparedEdition(db, {
    ...{ key: frameworkKey, revision: frameworkRevision, hash: frameworkHash },
  });
  const own = prepared.edition.facts ?? [];
  const known = (name: string) => frameworkWords().names.find((one) => one.name === name);
  return {
    prepared,
    wordsOf: (name) => own.find((one) => one.name === name) ?? known(name) ?? wordOfName(name),
  };
}
