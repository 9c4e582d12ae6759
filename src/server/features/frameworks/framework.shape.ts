import { frameworkWords } from '#core/facts/framework-words.shape.ts';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import { unknowableIn } from '#domain/evaluation/campaign/unknowable.ts';
import { conditionWords } from '#domain/framework/conclude/condition-words.ts';
import { readEdition } from '#domain/framework/edition/prepare-edition.ts';
import { Tree } from '#domain/framework/edition/tree.ts';
import type { Edition } from '#domain/framework/edition.ts';
import { factKindOf, wordOfName } from '#domain/framework/names.ts';
import { factNamesOf } from '#domain/framework/questions/read-facts.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { isProblem } from '#domain/kit/problem.ts';
import type { FrameworkIssue } from '#domain/kit/problems/framework.ts';
import type { DraftListRow } from './draft.store.ts';
import type { EditionRow, FactRow, NewEdition } from './framework.store.ts';

/** An edition that is not published yet: what is wrong with it, and what of it nobody knows. */
export interface JudgedDraft {
  readonly edition: Edition;
  readonly leaves: number;
  readonly issues: readonly FrameworkIssue[];
  readonly openCodes: readonly string[];
  readonly words: Readonly<Record<string, string>>;
  /** What no campaign knows of that which it asks (`unknowableIn`); nothing while it has issues. */
  readonly unknowable: readonly string[];
}

/**
 * Judges an edition that is not published yet.
 * @throws framework.invalid where it has not even the shape of an edition
 */
export function judgedDraft(definition: unknown): JudgedDraft {
  try {
    const prepared = preparedEdition(definition);
    const { edition, leaves, open } = prepared;
    const said = { words: wordsOf(prepared), unknowable: unknowableIn(prepared) };
    return { edition, leaves: leaves.length, issues: [], openCodes: open, ...said };
  } catch (error) {
    if (!isProblem(error) || error.code !== 'framework.invalid') throw error;
    const { issues } = error.details as { issues: readonly FrameworkIssue[] };
    const edition = readEdition(definition);
    const tree = new Tree(edition);
    return { edition, leaves: tree.leaves.length, issues, openCodes: tree.open, words: {}, unknowable: [] };
  }
}

/** The row of an edition that is to be published. */
export function rowOf(
  prepared: Prepared,
): Omit<NewEdition, 'shipped' | 'basedOn' | 'note' | 'createdAt' | 'createdBy'> {
  const { edition } = prepared;
  return {
    ...{ key: edition.key, hash: prepared.hash, title: edition.title, edition: edition.edition },
    ...{ authority: edition.authority, completedBy: edition.completedBy ?? null, subject: edition.subject },
    documents: documentsText(edition),
    ...{ leaves: prepared.leaves.length, openCodes: prepared.open, definition: edition, facts: factsOf(prepared) },
  };
}

/** `县域义务教育优质均衡发展督导评估办法（教督〔2017〕6号）`, one after the other. */
export function documentsText({ documents }: Pick<Edition, 'documents'>): string {
  return documents.map(({ number, title }) => (number === null ? title : `${title}（${number}）`)).join('；');
}

/** The facts that an edition reads, each with its kind and the unit in which it is entered. */
function factsOf(prepared: Prepared): FactRow[] {
  const { edition } = prepared;
  const attributes = new Set((edition.attributes ?? []).map(({ name }) => name));
  const words = frameworkWords();
  const units = new Map(
    [...words.fields, ...words.names, ...(edition.facts ?? [])].map(({ name, unit }) => [name, unit || null]),
  );
  return factNamesOf(prepared).map((name) => ({
    name,
    kind: factKindOf(name, attributes),
    unit: units.get(name) ?? (wordOfName(name)?.unit || null),
  }));
}

/** An edition for the list and the head of its page. */
export function presentEdition(row: EditionRow) {
  const { openCodes, withdrawnAt, createdAt, ...rest } = row;
  return {
    ...{ key: rest.key, revision: rest.revision, hash: rest.hash, title: rest.title, edition: rest.edition },
    ...{ authority: rest.authority, completedBy: rest.completedBy, subject: rest.subject },
    ...{ documents: rest.documents, leaves: rest.leaves, shipped: rest.shipped, note: rest.note },
    open: openCodes.length,
    state:
      withdrawnAt !== null
        ? ('withdrawn' as const)
        : openCodes.length > 0
          ? ('incomplete' as const)
          : ('ready' as const),
    createdAt: createdAt.toISOString(),
    createdBy: rest.createdBy,
  };
}

/** Each condition of an edition as people read it, by its text. */
export function wordsOf(prepared: Prepared): Record<string, string> {
  return Object.fromEntries([...(prepared.conditions ?? [])].map(([text, { node }]) => [text, conditionWords(node)]));
}

/** The same of an edition that may have faults: then there are none. */
export function wordsOfEdition(edition: Edition): Readonly<Record<string, string>> {
  return judgedDraft(edition).words;
}

/** A draft for the list. */
export function presentDraft({ openCodes, updatedAt, ...row }: DraftListRow) {
  return {
    ...{ id: row.id, key: row.key, title: row.title, basedOn: row.basedOn, revision: row.revision },
    ...{ leaves: row.leaves, open: openCodes.length, createdBy: row.createdBy },
    updatedAt: updatedAt.toISOString(),
    updatedBy: row.updatedBy,
  };
}
