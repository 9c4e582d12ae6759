import type { ReactNode } from 'react';
import type { Fact } from '../kit/layout/Page.tsx';

/** One place of a file that could not be taken as it is. */
export interface ImportFinding {
  /** As Excel names it, with its sheet; a row in words where no cell can be named. */
  readonly place: string;
  /** Whom the row is about; empty where the row does not say. */
  readonly subject: string;
  /** Which column or field; empty where it concerns the row. */
  readonly part: string;
  /** What stands there; absent where nothing can be shown, empty where nothing stands there. */
  readonly value?: string;
  readonly rule: string;
  readonly allowed: string | null;
}

/** Findings of one cause. `hard` ones forbid taking the file, `soft` ones will ask for an explanation. */
export interface ImportFindingGroup {
  readonly cause: string;
  readonly title: string;
  readonly weight: 'hard' | 'soft';
  readonly findings: readonly ImportFinding[];
  /** How many there are, where `findings` are only the first of them. */
  readonly total?: number;
}

/** What was understood of a file, in the words of the list that it belongs to. */
export interface ImportView {
  /** Which file this is about, and how long it is remembered. */
  readonly note: ReactNode;
  readonly facts: ReadonlyArray<Fact | false | null>;
  /** What was understood although it was written unusually, and what was left out. */
  readonly notes: readonly string[];
  /** What would change, or a sample of it. */
  readonly changes: ReactNode;
  readonly groups: readonly ImportFindingGroup[];
  /** What the rows and the columns are called: `学校`, `数据项`. */
  readonly words: { readonly subject: string; readonly part: string };
  /** Said beside the soft findings: `可以写入，提交前须说明`. */
  readonly softNote?: string;
  /** The way to the same file with its findings marked; absent where there is none. */
  readonly marked?: ReactNode;
  readonly take: {
    /** With its honest count: `全部写入 120 格`. */
    readonly verb: string;
    /** What taking does, or why it cannot be done. */
    readonly sentence: string;
    readonly possible: boolean;
    /** What is asked beside it: the number of a document. */
    readonly fields?: ReactNode;
  };
}

/** How many places are wrong, and how many doubtful. */
export function countFindings(groups: readonly ImportFindingGroup[]): { hard: number; soft: number } {
  const count = { hard: 0, soft: 0 };
  for (const { weight, findings, total } of groups) count[weight] += total ?? findings.length;
  return count;
}
