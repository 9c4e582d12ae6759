/**
 * At least one letter, character or digit: a text of blanks, zero-width signs or dots says nothing. The fillers of Hangul
 * are letters that nobody sees.
 */
export const meaningfulText = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u;
