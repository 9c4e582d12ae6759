/** `11 个单位可出，1 个单位暂定，2 个单位无法计算`; a single unit is not counted. */
export function standingText(available: number, provisional: number, unavailable: number): string {
  const states = [
    { count: available, word: '可出' },
    { count: provisional, word: '暂定' },
    { count: unavailable, word: '无法计算' },
  ].filter(({ count }) => count > 0);
  if (available + provisional + unavailable === 1) return states.map(({ word }) => word).join('');
  return states.map(({ count, word }) => `${count} 个单位${word}`).join('，');
}
