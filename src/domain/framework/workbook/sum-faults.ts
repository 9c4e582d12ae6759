import { pointIssues } from '../edition/points-check.ts';
import { Tree, treeIssues } from '../edition/tree.ts';
import type { Code, Edition } from '../edition.ts';
import type { Place, WorkbookFault } from './grid.ts';

/**
 * Points that do not add up, each at the cell of the points that differ; none while the tree itself is not sound.
 * @param placeOf the cell of the points of an indicator, of null those of the whole
 */
export function sumFaults(edition: Edition, placeOf: (code: Code | null) => Place | undefined): WorkbookFault[] {
  if (edition.indicators.length === 0 || treeIssues(edition).length > 0) return [];
  const byCode = new Map(edition.indicators.map((one) => [one.code, one]));
  return pointIssues(edition, new Tree(edition)).flatMap(({ code, message }): WorkbookFault[] => {
    const place = placeOf(code);
    if (place === undefined) return [];
    const points = code === null ? edition.max : byCode.get(code)?.points;
    const subject = code === null ? '' : (byCode.get(code)?.title ?? code);
    const value = typeof points === 'number' ? String(points) : '';
    return [{ cause: 'sum', place, subject, column: '分值', value, rule: message, allowed: null }];
  });
}
