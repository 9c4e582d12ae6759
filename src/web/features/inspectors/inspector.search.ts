import { z } from 'zod';
import {
  certificateStandings,
  inspectorKinds,
  inspectorStages,
  inspectorStates,
  inspectorTurns,
  termStandings,
} from '#domain/inspection/inspector.ts';
import { listSearch, searchChoice } from '#web/shared/address/search-state.ts';

/** The register: its filters and its page. */
export const inspectorListSearch = z.object({
  ...listSearch,
  state: searchChoice(inspectorStates),
  kind: searchChoice(inspectorKinds),
  stage: searchChoice(inspectorStages),
  term: searchChoice(termStandings),
  certificate: searchChoice(certificateStandings),
  waiting: searchChoice(inspectorTurns),
});

type InspectorListSearch = z.output<typeof inspectorListSearch>;

/** What the address says as the query of the list. */
export function queryOf(search: InspectorListSearch, unitId: number | null) {
  return { ...search, ...(unitId === null ? {} : { unitId }) };
}
