/** The numbers of GB/T 9704-2012 in millimetres and points, written out: a changed measure is seen by the tests of letters. */
export const margins = { top: 37, left: 28 } as const;
export const area = { width: 156, height: 225 } as const;
export const [bodySize, titleSize] = [16, 22] as const;
export const pointsPerMillimetre = 72 / 25.4;
export const linePitch = (area.height * pointsPerMillimetre) / 22;
export const areaWidth = area.width * pointsPerMillimetre;
export const right = margins.left + area.width;
export const bottom = margins.top + area.height;
export const lineHeight = linePitch / pointsPerMillimetre;
/** From the upper edge of a box of type to its base line, in millimetres. */
export const toBase = (size: number) => (size * 0.88) / pointsPerMillimetre;
