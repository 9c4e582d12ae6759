-- An explanation is about the value that stands there and answers the doubts that it was written for: `d` holds their
-- codes. Without `d` it answers every doubt of its cell.
comment on column filings.cells is
  '@type Record<string, { v: number | string | null; n: number; e?: string; d?: readonly string[] }>';
