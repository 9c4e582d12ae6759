import { systemName } from '#core/audit/audit.store.ts';
import { digestOf } from '#core/evidence/digest.ts';
import { frameworkWords } from '#core/facts/framework-words.shape.ts';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import type { EvaluationKind } from '#domain/evaluation/lists.ts';
import { factKindOf, wordOfName } from '#domain/framework/names.ts';
import { factNamesOf } from '#domain/framework/questions/read-facts.ts';
import type { Prepared } from '#domain/framework/result.ts';
import county from '../../reference/frameworks/county-inspection-sample.json' with { type: 'json' };
import school from '../../reference/frameworks/quality-school-sample.json' with { type: 'json' };
import { Table } from './table.ts';

const definitions: Readonly<Record<EvaluationKind, unknown>> = {
  'county-inspection': county,
  'school-evaluation': school,
};

/** The shipped edition by which the sample judges, as the start of the program lays it: its first revision. */
export function sampleEdition(kind: EvaluationKind): Prepared {
  const definition = definitions[kind];
  return preparedEdition(definition, digestOf(definition));
}

/** The rows of these editions, word for word those of a start, which finds them and lays the others. */
export function editionRows(at: Date): Table[] {
  const editions = new Table(
    'framework_editions',
    `key revision title edition authority completed_by subject documents leaves open_codes definition hash shipped note created_at \
created_by`,
  );
  const facts = new Table('framework_facts', 'key revision name kind unit');
  const words = frameworkWords();
  for (const kind of Object.keys(definitions) as EvaluationKind[]) {
    const prepared = sampleEdition(kind);
    const { edition, hash, leaves, open } = prepared;
    const documents = edition.documents
      .map(({ number, title }) => (number === null ? title : `${title}（${number}）`))
      .join('；');
    editions.add(
      ...[edition.key, 1, edition.title, edition.edition, edition.authority, edition.completedBy ?? null],
      ...[edition.subject, documents, leaves.length, JSON.stringify(open), JSON.stringify(edition), hash, true],
      ...['随产品提供', at, systemName],
    );
    const attributes = new Set((edition.attributes ?? []).map(({ name }) => name));
    const units = new Map(
      [...words.fields, ...words.names, ...(edition.facts ?? [])].map(({ name, unit }) => [name, unit || null]),
    );
    for (const name of factNamesOf(prepared)) {
      facts.add(
        edition.key,
        1,
        name,
        factKindOf(name, attributes),
        units.get(name) ?? (wordOfName(name)?.unit || null),
      );
    }
  }
  return [editions, facts];
}
