import { useState } from 'react';
import type { list } from '#contract/rectifications/rectifications.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useSession } from '#web/shared/session/session.tsx';

export type Chosen = RouteOutput<typeof list>['rows'][number];

/** As many as the server sends out together. */
const most = 200;

/** The findings that a person has chosen to be sent out together, also over several pages of the list. */
export function useChosen() {
  const { role } = useSession();
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(new Map());
  return {
    rows: [...chosen.values()],
    has: ({ id }: Chosen) => chosen.has(id),
    /** Whoever opened it sends it out, as the flow has it. */
    mayChoose: ({ state, openedLevel }: Chosen) =>
      state === 'found' && (role.level === 'city' || (role.level === 'county' && openedLevel === 'county')),
    choose: (rows: readonly Chosen[]) =>
      setChosen((before) => new Map([...before, ...rows.map((row) => [row.id, row] as const)].slice(0, most))),
    drop: ({ id }: Chosen) => setChosen((before) => new Map([...before].filter(([other]) => other !== id))),
    clear: () => setChosen(new Map()),
  };
}

export type Choosing = ReturnType<typeof useChosen>;
