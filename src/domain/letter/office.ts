/** The office in whose name a unit writes letters, where its series names no other. */
export function officeOf(unitName: string): string {
  return `${unitName}人民政府教育督导室`;
}
