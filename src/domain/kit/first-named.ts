/**
 * The first of some names, and of more how many there are: `甲、乙 等 7 项`. A sentence names a few: sixty codes hide what
 * it asks.
 */
export const firstNamed = (names: readonly string[], most: number, counted: '项' | '个对象' = '项'): string =>
  `${names.slice(0, most).join('、')}${names.length > most ? ` 等 ${names.length} ${counted}` : ''}`;
