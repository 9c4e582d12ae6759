import type { Permission } from '#domain/access/permissions.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { FigureAsked, LetterFigure } from '#domain/letter/figure.shape.ts';
import type { AnyHandle } from '#platform/db/handle.ts';

/** Who asks for figures of a letter, and how far this person reaches. */
export interface Quoting {
  readonly db: AnyHandle;
  readonly places: readonly number[];
  readonly today: Day;
}

export type Certificate = LetterFigure['certificate'];

/** What a query answers now; without a value there is no such figure. */
export interface QuoteAnswer {
  readonly label: string;
  readonly value: LetterFigure['value'] | null;
  readonly certificate: Certificate;
}

/** A query as it is asked for one figure. */
export interface Quoted extends Omit<FigureAsked, 'query'> {
  readonly key: number;
}

/** One choice of a person beside unit and year. */
export interface QuoteChoice {
  readonly value: string;
  readonly label: string;
}

/** A figure that a feature gives to letters. */
export interface Quote {
  /** 整改台账：问题数. */
  readonly title: string;
  /** What a post must hold to be told it: the permission with which its feature serves the same. */
  readonly access: Permission;
  /** The choices of a person who puts it into a letter by hand; null: only the feature itself puts it there. */
  readonly choices: ((db: AnyHandle) => Promise<readonly QuoteChoice[]>) | null;
  /** The headings, where it is a table. */
  readonly columns?: readonly { readonly heading: string; readonly align: 'left' | 'center' | 'right' }[];
  /** The query by which an answer to a letter with this figure tells how far its things are. */
  readonly answeredBy?: string;
  /** Reads all that is asked in one statement. What lies out of reach is not among the answers. */
  readonly read: (quoting: Quoting, asked: readonly Quoted[]) => Promise<ReadonlyMap<number, QuoteAnswer>>;
}
