/** At least one letter, character or digit: a text of blanks, zero-width signs or dots says nothing. */
export const meaningfulText = /[\p{L}\p{N}]/u;
