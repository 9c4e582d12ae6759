import { useState } from 'react';
import type { MatrixRow } from '../campaign-reply.ts';

/** The subjects that a person has chosen in the matrix, also over several pages. */
export function useChosen() {
  const [chosen, setChosen] = useState<ReadonlyMap<string, MatrixRow>>(new Map());
  return {
    rows: [...chosen.values()],
    has: ({ evaluationId }: MatrixRow) => chosen.has(evaluationId),
    choose: (rows: readonly MatrixRow[]) =>
      setChosen((before) => new Map([...before, ...rows.map((row) => [row.evaluationId, row] as const)])),
    drop: (rows: readonly MatrixRow[]) =>
      setChosen((before) => {
        const gone = new Set(rows.map(({ evaluationId }) => evaluationId));
        return new Map([...before].filter(([id]) => !gone.has(id)));
      }),
    clear: () => setChosen(new Map()),
  };
}

export type Choosing = ReturnType<typeof useChosen>;
