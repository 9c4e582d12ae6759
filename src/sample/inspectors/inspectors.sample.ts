import type { SamplePart } from '../part.ts';
import { registerRows } from './register-rows.ts';

/** The register: inspectors of each kind over the city and its counties, some on their way, and the pool of experts. */
export function part(): SamplePart {
  return { steps: [], rows: async (city, laying) => ({ tables: await registerRows(city, laying) }) };
}
