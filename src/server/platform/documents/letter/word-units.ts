/** Twentieths of a point, of which Word counts its lengths. */
export const twips = (points: number) => Math.round(points * 20);
/** Half points, of which Word counts its sizes of type. */
export const halfPoints = (points: number) => Math.round(points * 2);

/** A font for every kind of letter. */
export const wordFont = (name: string) => ({ ascii: name, hAnsi: name, eastAsia: name, cs: name });
