import type { SamplePart } from '../part.ts';
import { issuedRows, letterRows } from './letter-rows.ts';

/** Letters of the city in every state, the receipts of its counties, the answer of one of them, and what other parts issue. */
export function part(): SamplePart {
  return { steps: [], rows: letterRows, issue: issuedRows };
}
