/** Marks that change the direction of the following text; office software copies them along with numbers and names. */
export const directionMark = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
