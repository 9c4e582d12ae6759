import { useNavigate, useSearch } from '@tanstack/react-router';
import { createContext, type ReactNode, useCallback, useContext, useMemo } from 'react';
import { z } from 'zod';
import type { frame } from '#contract/home/home.ts';
import type { RouteOutput } from '#contract/route.ts';
import { type Session, useSession } from '../session/session.tsx';
import { searchNumber } from './search-state.ts';

export type Frame = RouteOutput<typeof frame>;
export type ContextUnit = NonNullable<Session['unit']>;

/** The two keys of the address that every page of the desk keeps. */
export const contextSearch = z.object({ year: searchNumber, unit: searchNumber });

export interface DeskContext {
  /** The school year of the address, else the current one; null where this person has none. */
  year: number | null;
  /** A year that the address names and that does not exist here; null where it names none, or one that does. */
  unknownYear: number | null;
  /** The unit of the address if it is in scope, else the person's own; null for people who see no business data. */
  unitId: number | null;
  unit: ContextUnit | null;
  /** The extent of what the pages show, in words: the school, the assigned schools, or the unit. */
  placeName: string | null;
  /** The units to choose from: the city first where it is in scope, then the county-level units. */
  units: readonly ContextUnit[];
  years: Frame['years'];
  /** Today as the installation counts it; deadlines are counted from this day. */
  today: string;
  setYear: (year: number) => void;
  setUnit: (unitId: number) => void;
}

const Context = createContext<Frame | null>(null);

export function FrameProvider({ frame, children }: { frame: Frame; children: ReactNode }) {
  return <Context value={frame}>{children}</Context>;
}

/** The frame as the server last sent it. */
export function useFrame(): Frame {
  const frame = useContext(Context);
  if (!frame) throw new Error('useFrame was called outside the desk.');
  return frame;
}

/** The school year and the unit of the whole desk. A change of them keeps the page. */
export function useDeskContext(): DeskContext {
  const frame = useFrame();
  const session = useSession();
  const raw = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (patch: { year?: number; unit?: number }) => {
      void navigate({
        to: '.',
        search: ((before: object) => ({ ...before, ...patch, page: undefined })) as never,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return useMemo(() => {
    const asked = contextSearch.parse(raw);
    const units = unitsOf(session);
    const unit = units.find((candidate) => candidate.id === asked.unit) ?? units[0] ?? null;
    const named = frame.years.find((candidate) => candidate.schoolYear === asked.year)?.schoolYear;
    return {
      year: named ?? frame.currentYear,
      unknownYear: named === undefined ? (asked.year ?? null) : null,
      unitId: unit?.id ?? null,
      unit,
      placeName: placeNameOf(session, unit),
      units,
      years: frame.years,
      today: frame.today,
      setYear: (year: number) => change({ year }),
      setUnit: (id: number) => change({ unit: id }),
    };
  }, [frame, session, raw, change]);
}

/** Whoever works with assigned schools must not read their number as the number of a whole unit. */
function placeNameOf({ role, school, unit: own }: Session, unit: ContextUnit | null): string | null {
  if (school !== null) return school.name;
  if (role.level !== 'schools') return unit?.name ?? null;
  return unit === null || unit.id === own?.id ? '您负责的学校' : `${unit.name}（您负责的学校）`;
}

function unitsOf(session: Session): readonly ContextUnit[] {
  if (!session.unit) return session.counties;
  return [session.unit, ...session.counties.filter((county) => county.id !== session.unit?.id)];
}
