/** The name of a saved list: what it holds, of which unit where it is of one, and when: `资源数据_鲤城区_2025 学年`. */
export function fileTitle(what: string, units: readonly string[], time: string | undefined): string {
  const [unit, ...others] = new Set(units);
  return [what, others.length === 0 ? unit : undefined, time].filter(Boolean).join('_');
}
