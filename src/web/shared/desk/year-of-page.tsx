import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Permission } from '#domain/access/permissions.ts';
import { useDeskContext } from '../address/context.tsx';
import { useCan } from '../session/session.tsx';

interface PageYear {
  readonly year: number | null;
  readonly show: (year: number | null) => void;
}

const Context = createContext<PageYear>({ year: null, show: () => undefined });

/** Keeps the year that the open page shows of its own, around the frame and the page. */
export function YearOfPage({ children }: { children: ReactNode }) {
  const [year, show] = useState<number | null>(null);
  return <Context value={{ year, show }}>{children}</Context>;
}

/** The year that the open page shows of its own; null where it shows that of the address, or none. */
export function useYearOfPage(): number | null {
  return useContext(Context).year;
}

/** Told by a page of one subject whose year is not that of the address: the frame says what is to be said of that year. */
export function useShownYear(year: number | undefined): void {
  const { show } = useContext(Context);
  useEffect(() => {
    if (year === undefined) return;
    show(year);
    return () => show(null);
  }, [year, show]);
}

/** Whether the person may do it in the year of the address: in one that was archived nobody does. */
export function useCanInYear(permission: Permission | readonly Permission[]): boolean {
  const { year, years } = useDeskContext();
  const may = useCan(permission);
  return may && !years.some(({ schoolYear, archivedOn }) => schoolYear === year && archivedOn !== undefined);
}
