import type { SamplePart } from '../part.ts';
import { planRows } from './plan-rows.ts';

/** The closed plan of 2017, the plan of the year with its copies at the counties, two counties' own plans, and a meeting. */
export function part(): SamplePart {
  return { steps: [], rows: (city, laying) => ({ tables: planRows(city, laying) }) };
}
