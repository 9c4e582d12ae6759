/** `11 个单位可出，2 个单位数据不全`; a single unit is not counted. */
export function standingText(available: number, incomplete: number): string {
  if (available + incomplete === 1) return available === 1 ? '可出' : '数据不全，暂不能出';
  const words = [available > 0 && `${available} 个单位可出`, incomplete > 0 && `${incomplete} 个单位数据不全`];
  return words.filter(Boolean).join('，');
}
