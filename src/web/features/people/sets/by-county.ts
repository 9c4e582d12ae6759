interface Placed {
  readonly countyName: string;
}

/** The rows of a sheet by unit, in the order in which the server sorts them. */
export function byCounty<Row extends Placed>(rows: readonly Row[]): { countyName: string; people: Row[] }[] {
  const counties = new Map<string, Row[]>();
  for (const row of rows) {
    const people = counties.get(row.countyName);
    if (people === undefined) counties.set(row.countyName, [row]);
    else people.push(row);
  }
  return [...counties].map(([countyName, people]) => ({ countyName, people }));
}
