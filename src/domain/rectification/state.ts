import { type FindingState, findingStates } from '../flow/finding.ts';
import { managingLevelTitles } from '../org/school-facts.ts';

export { type FindingState, findingStates, findingStateTitles } from '../flow/finding.ts';

/** The states in which something is still to be done. */
export const openFindingStates = findingStates.filter(
  (state): state is Exclude<FindingState, 'closed' | 'cancelled'> => state !== 'closed' && state !== 'cancelled',
);

/** The states in which the duty body owes something: measures, or what it did. */
export const owingStates = ['noticed', 'planned', 'reopened'] as const satisfies readonly FindingState[];

/** Whether the duty body owes something in this state. */
export function isOwing(state: FindingState): boolean {
  return (owingStates as readonly FindingState[]).includes(state);
}

/** The two levels that open, check and close findings. */
export const findingLevels = ['county', 'city'] as const;
export type FindingLevel = (typeof findingLevels)[number];

export const findingLevelTitles: Readonly<Record<FindingLevel, string>> = managingLevelTitles;

/** Sources that the ledger itself knows; every other source names itself. */
export const manualSource = 'manual';
export const importedSource = 'import';

const sourceTitles: Readonly<Record<string, string>> = { [manualSource]: '人工录入', [importedSource]: '台账导入' };

/** The source in words: its own label, or what the ledger calls it. */
export function findingSourceTitle(type: string, label: string): string {
  return label === '' ? (sourceTitles[type] ?? type) : label;
}
