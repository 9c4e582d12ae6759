import type { ReactNode } from 'react';

/** What a feature says of its preview; everything else the server has said. */
export interface ImportView {
  /** What would change, or a sample of it. */
  readonly changes: ReactNode;
  /** What the rows and the columns are called: `学校`, `数据项`. */
  readonly words: { readonly subject: string; readonly part: string };
  /** Said beside the soft findings: `可以写入，提交前须说明`. */
  readonly softNote?: string;
  readonly take: {
    /** With its honest count: `全部写入 120 格`. */
    readonly verb: string;
    /** What taking does. */
    readonly sentence: string;
    /** Said where there is nothing to take. */
    readonly nothing: string;
    /** What is asked beside it: the number of a document. */
    readonly fields?: ReactNode;
  };
}
