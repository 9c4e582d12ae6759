import { findPreparedEdition } from '#core/facts/edition.store.ts';
import { frameworkWords } from '#core/facts/framework-words.shape.ts';
import type { SourcedName } from '#domain/framework/edition/words.ts';
import { wordOfName } from '#domain/framework/names.ts';
import type { Prepared } from '#domain/framework/result.ts';
import type { Evaluation, EvaluationHandle } from './evaluation.store.ts';
import { generatedEdition } from './opening/generated-edition.shape.ts';

/** The edition by which an evaluation is judged, ready to score. */
export interface JudgingEdition {
  readonly prepared: Prepared;
  /** What is known of a name with a source: type and unit. */
  readonly wordsOf: (name: string) => SourcedName | undefined;
}

/** The edition of an evaluation, with the leaves that its subject has from the problems of the last round. */
export async function editionOf(
  db: EvaluationHandle,
  {
    frameworkKey,
    frameworkRevision,
    frameworkHash,
    generated: problems = null,
  }: Pick<Evaluation, 'frameworkKey' | 'frameworkRevision' | 'frameworkHash'> & Partial<Pick<Evaluation, 'generated'>>,
): Promise<JudgingEdition> {
  const published = await findPreparedEdition(db, {
    ...{ key: frameworkKey, revision: frameworkRevision, hash: frameworkHash },
  });
  const prepared = problems === null ? published : generatedEdition(published, problems);
  const own = prepared.edition.facts ?? [];
  const known = (name: string) => frameworkWords().names.find((one) => one.name === name);
  return {
    prepared,
    wordsOf: (name) => own.find((one) => one.name === name) ?? known(name) ?? wordOfName(name),
  };
}
