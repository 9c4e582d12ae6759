import type { Exact } from '../kit/decimal.ts';
import type { Day } from '../kit/school-year.ts';
import { type Missing, missing } from '../kit/value.ts';
import type { Code, Figure } from './edition.ts';

/** What is known of one leaf of one subject. `points`: a person's or a published score, whatever the method. */
export type Answer =
  | { readonly points: Figure }
  | { readonly value: Figure | string; readonly parts?: Readonly<Record<string, Figure | string>> }
  /** Of a threshold with parts (小学 ≥ 4.2，初中 ≥ 5.3), or of deductions that are counted from values, by their names. */
  | { readonly parts: Readonly<Record<string, Figure | string>> }
  | { readonly level: string; readonly points?: Figure }
  | { readonly option: string }
  | { readonly met: boolean }
  /** The oldest first; null is a year that nobody knows. */
  | { readonly series: readonly (Figure | null)[] }
  /** Elements by their number from 1, or how many are missing. */
  | { readonly missing: readonly number[] | number }
  /** How often, or how often each item by its number from 1. */
  | { readonly occurrences: number | Readonly<Record<string, number>> }
  | { readonly notApplicable: true }
  /** How many raters gave each grade. */
  | { readonly grades: Readonly<Record<string, number>> };

export type Answers = ReadonlyMap<Code, Answer>;

export type FactValue = number | string | boolean;

/** A fact of the published view, with where it comes from. */
export interface Fact {
  readonly value: FactValue;
  /** The exact part and whole of a share, where it is one. */
  readonly of?: readonly [number, number];
  readonly source: string;
  readonly certificate?: unknown;
  readonly provisional?: boolean;
}

/** Where formulas and conditions read: the subject's own facts, and those of its members. */
export interface Facts {
  /** `not-filed`: nobody has said it yet. `not-applicable`: this subject has no such thing. */
  read(name: string, yearsBack: number): Fact | Missing;
  /** The schools of a county, the counties of a city. */
  members(yearsBack: number): readonly ((name: string) => Fact | Missing)[];
}

/** What conclusions ask beside the scores. */
export interface Context {
  readonly occasion?: 'first' | 'again';
  /** What other layers came to; `ends`: what a total that is still open can become. */
  readonly layers?: Readonly<
    Record<
      string,
      {
        readonly total?: Figure | Exact;
        readonly ends?: { readonly from: Exact; readonly to: Exact | null };
        readonly grade?: string;
      }
    >
  >;
  /** Branches or leaves that a visit checks, where the edition lets it choose (`perVisit`); all where nothing is said. */
  readonly chosen?: readonly Code[];
  readonly tenureMonths?: number;
  readonly servedMonths?: number;
  readonly class?: string;
  readonly urgent?: boolean;
  readonly beyondSchool?: boolean;
  readonly repeatedNo?: number;
  /** Subjects of the round whose scores are not settled yet: while there are some, nobody's place is known. */
  readonly openRound?: readonly string[];
  /** Whether the subject is within the quota, where no round decides it. */
  readonly inQuota?: boolean;
  /**
   * Earlier or other evaluations of the subject by the key of their framework, the latest first; `[]`: it had none. A
   * rate up to 1 is a share, a larger one is in percent.
   */
  readonly evaluations?: Readonly<
    Record<
      string,
      readonly {
        readonly grade?: string;
        readonly rate?: Figure;
        readonly total?: Figure;
      }[]
    >
  >;
  /** Points of an inner node that a document gives without its leaves. */
  readonly given?: ReadonlyMap<Code, Figure>;
  readonly on?: Day;
}

/** The facts of a subject of which nothing is known: what points alone give. Each name is missing as not filed, and there are no members. */
export const noFacts: Facts = { read: (name) => missing('not-filed', [name]), members: () => [] };

/** A fault of an answer: its place in the file, its leaf, and a sentence. */
export interface AnswerIssue {
  readonly path: string;
  readonly code: Code;
  readonly message: string;
}

/** What the earlier evaluations of a subject say of this one: whether it is the first, and what they came to. */
export type Circumstances = Pick<Context, 'occasion' | 'evaluations'>;
