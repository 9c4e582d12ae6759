/** The sizes of a report in points, for both writers. */
export const reportSizes = {
  title: 20,
  subtitle: 11,
  heading: [14, 12],
  body: 12,
  table: 9,
  /** Of tables with many columns: one size for all of them would break their headings into slivers. */
  wideTable: 7.5,
  caption: 10,
  note: 8,
  foot: 7,
} as const;

/** A table with more columns than this is a wide one. */
export const usualColumns = 9;

/** A table of no more rows is not parted by the end of a page; a longer one would leave half of the page before empty. */
export const wholeRows = 9;

/** A paragraph of so many signs, about six lines, stands on one page: its last two lines are no page of their own. */
export const wholeParagraph = 220;
