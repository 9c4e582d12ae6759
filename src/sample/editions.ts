import { systemName } from '#core/audit/audit.store.ts';
import { digestOf } from '#core/evidence/digest.ts';
import { frameworkWords } from '#core/facts/framework-words.shape.ts';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import { factKindOf, wordOfName } from '#domain/framework/names.ts';
import { factNamesOf } from '#domain/framework/questions/read-facts.ts';
import type { Prepared } from '#domain/framework/result.ts';
import county from '../../reference/frameworks/county-inspection-sample.json' with { type: 'json' };
import school from '../../reference/frameworks/quality-school-sample.json' with { type: 'json' };
import keyPoints from '../../reference/sample/key-points-edition.json' with { type: 'json' };
import { type SampleFramework, sampleFrameworks } from './model.ts';
import { Table } from './table.ts';

const definitions: Readonly<Record<SampleFramework, unknown>> = {
  'county-inspection-sample': county,
  'quality-school-sample': school,
  'county-key-points': keyPoints,
};

/** Which leaf of the framework of before stands for a leaf of the city's own: the problems of the last round are found by it. */
export const keyPointsMapping: Readonly<Record<string, string>> = { D21: 'C61', D31: 'C58', D32: 'C53' };

const known = new Map<SampleFramework, Prepared>();

/** The edition by which the sample judges, as the start of the program lays a shipped one: its first revision. */
export function sampleEdition(key: SampleFramework): Prepared {
  const definition = definitions[key];
  const prepared = known.get(key) ?? preparedEdition(definition, digestOf(definition));
  known.set(key, prepared);
  return prepared;
}

/**
 * The rows of these editions. Those of the shipped ones are word for word those of a start, which finds them and lays the others; its
 * own one the city has published.
 */
export function editionRows(at: Date, publishedBy: string): Table[] {
  const editions = new Table(
    'framework_editions',
    `key revision title edition authority completed_by subject documents leaves open_codes definition hash shipped note created_at \
created_by`,
  );
  const facts = new Table('framework_facts', 'key revision name kind unit');
  const words = frameworkWords();
  for (const key of sampleFrameworks) {
    const prepared = sampleEdition(key);
    const isShipped = key !== 'county-key-points';
    const { edition, hash, leaves, open } = prepared;
    const documents = edition.documents
      .map(({ number, title }) => (number === null ? title : `${title}（${number}）`))
      .join('；');
    editions.add(
      ...[edition.key, 1, edition.title, edition.edition, edition.authority, edition.completedBy ?? null],
      ...[edition.subject, documents, leaves.length, JSON.stringify(open), JSON.stringify(edition), hash, isShipped],
      ...[isShipped ? '随产品提供' : '本市自编，供重点工作督查使用', at, isShipped ? systemName : publishedBy],
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
