import { useState } from 'react';
import { type list, mostNoticed } from '#contract/rectifications/rectifications.ts';
import type { RouteOutput } from '#contract/route.ts';

export type Chosen = RouteOutput<typeof list>['rows'][number];

/** The findings that a person has chosen to be sent out together, also over several pages of the list. */
export function useChosen() {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(new Map());
  return {
    rows: [...chosen.values()],
    has: ({ id }: Chosen) => chosen.has(id),
    /** As many are chosen as are sent out together. */
    full: chosen.size >= mostNoticed,
    mayChoose: ({ can }: Chosen) => can.notice,
    choose: (rows: readonly Chosen[]) =>
      setChosen((before) => new Map([...before, ...rows.map((row) => [row.id, row] as const)].slice(0, mostNoticed))),
    drop: ({ id }: Chosen) => setChosen((before) => new Map([...before].filter(([other]) => other !== id))),
    clear: () => setChosen(new Map()),
  };
}

export type Choosing = ReturnType<typeof useChosen>;
