import { schools } from '#contract/frameworks/frameworks.ts';
import type { Subject } from '#domain/framework/edition.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useRead } from '#web/shared/call/queries.ts';

export interface TrialSubject {
  readonly type: 'unit' | 'school';
  readonly id: number;
  readonly name: string;
}

export const ofSchools: ReadonlySet<Subject> = new Set(['school', 'person']);
export const ofUnits: ReadonlySet<Subject> = new Set(['county', 'post-holder', 'city']);

/** The subject of a trial by the number in the address, with its name; null where none is chosen or it is out of reach. */
export function useTrialSubject(kind: Subject, id: number | undefined): TrialSubject | null {
  const { units } = useDeskContext();
  const isSchool = id !== undefined && ofSchools.has(kind);
  const found = useRead(schools, { query: { id: id ?? 0 } }, { enabled: isSchool });
  if (isSchool) {
    const school = found.data?.rows[0];
    return school ? { type: 'school', id: school.id, name: school.name } : null;
  }
  const unit = ofUnits.has(kind) ? units.find((one) => one.id === id) : undefined;
  return unit ? { type: 'unit', id: unit.id, name: unit.name } : null;
}
