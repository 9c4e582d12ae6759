import type { SamplePart } from '../part.ts';
import { ledgerRows } from './ledger-rows.ts';

/** 整改台账 of three years: findings in every state, a recurrence, parts, an extension, what rose, danger, and a draw. */
export function part(): SamplePart {
  return { steps: [], rows: (city, laying) => ({ tables: ledgerRows(city, laying) }) };
}
