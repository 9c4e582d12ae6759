import type { ReactNode } from 'react';

/** What a feature adds to its preview; the server has sent everything else. */
export interface ImportView {
  /** The changes, or a sample of them. */
  readonly changes: ReactNode;
  /** The names of the rows and the columns: `学校`, `数据项`. */
  readonly words: { readonly subject: string; readonly part: string };
  /** Shown beside the soft findings: `可以写入，提交前须说明`. */
  readonly softNote?: string;
  readonly take: {
    /** The verb with its exact count: `全部写入 120 格`. */
    readonly verb: string;
    /** The effect of confirming the import. */
    readonly sentence: string;
    /** Shown where there is nothing to import. */
    readonly nothing: string;
    /** A further question at the confirmation: the number of a document. */
    readonly fields?: ReactNode;
  };
}
