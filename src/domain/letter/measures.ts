/**
 * The measures of an official letter, GB/T 9704-2012 《党政机关公文格式》. Lengths of the page are in millimetres, sizes of
 * type in points.
 */

/** What the text of the standard says, as two copies of it confirm. */
export const measures = {
  /** A4. */
  sheet: { width: 210, height: 297 },
  /** 天头 37 mm and 订口 28 mm; right and bottom follow from the area of type. */
  margins: { top: 37, left: 28, right: 26, bottom: 35 },
  /** 版心. */
  area: { width: 156, height: 225 },
  lines: 22,
  /** Characters in a line. */
  characters: 28,
  /** 3号. */
  bodySize: 16,
  /** 2号. */
  titleSize: 22,
  /** 成文日期: 右空四字. */
  dateRight: 4,
} as const;

/**
 * [R]: recalled by people who print such letters and not yet compared with the printed standard. They are data of this
 * product and no constants of the standard.
 */
export const recalledMeasures = {
  /** From the upper edge of the area of type to the upper edge of the red mark, in mm. 25 mm was the rule of 1999. */
  markDrop: 35,
  /** The sizes between which the mark is fitted into one line: 初号 down to 2号, that of the title. */
  markSizes: { largest: 42, smallest: 22 },
  /** Blank lines between mark and number, red line and title, title and addressees. */
  linesBelowMark: 2,
  linesBelowRule: 2,
  linesBelowTitle: 1,
  /** The red line: its distance below the number in mm, and its thickness in points. It is as wide as the area of type. */
  ruleDrop: 4,
  ruleThickness: 1.5,
  /** 版记: the first and last line, and those between them, in mm; 4号. */
  imprintThick: 0.35,
  imprintThin: 0.25,
  imprintSize: 14,
  /** 小4号 in tables. */
  tableSize: 12,
  /** 4号; the dashes lie so far below the area of type, in mm, and one character from its side. */
  pageNumberSize: 14,
  pageNumberDrop: 7,
  /** 署名 without a seal: 右空二字. */
  signerRight: 2,
  /** Blank lines above the signature, for the seal and without one. */
  linesAboveSeal: 2,
  linesAboveSigner: 1,
  /** Blank lines between two signatures below each other, so that their seals do not touch. */
  linesBetweenSeals: 4,
  /** Between two signatures beside each other, in characters, and between the middles of their seals. */
  signerGap: 1,
  sealGap: 8,
} as const;

/** A certificate (聘书) by this product, because no standard lays one out: its title in points, blank lines above and below it. */
export const certificateMeasures = { title: 48, linesAbove: 3, linesBelow: 2 } as const;

/** Points in a millimetre. */
export const pointsPerMillimetre = 72 / 25.4;

/** The width of the area of type in points. */
export const areaWidth = measures.area.width * pointsPerMillimetre;

/** From one line of the body to the next, in points. */
export const linePitch = (measures.area.height * pointsPerMillimetre) / measures.lines;

/** From one character of the body to the next, in points: 28 characters of 3号 are a little wider than the area. */
export const characterPitch = areaWidth / measures.characters;
