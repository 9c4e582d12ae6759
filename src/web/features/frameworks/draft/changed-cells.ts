import type { writeCells } from '#contract/frameworks/frameworks.ts';
import type { RouteArguments } from '#contract/route.ts';
import type { Indicator } from '#domain/framework/edition.ts';

/** What somebody typed into the cells of an indicator. */
export type Typed = Partial<Pick<Indicator, 'title' | 'points' | 'weight' | 'text' | 'evidence' | 'responsible'>>;

/** What is typed at one indicator, and whether the city takes points that were read from a document as they are. */
export interface Edit {
  readonly typed: Typed;
  readonly confirmed: boolean;
}

export const noEdit: Edit = { typed: {}, confirmed: false };

type Cell = RouteArguments<typeof writeCells>['body']['cells'][number];

/**
 * The cells that differ from what stands, each with the version that was seen. Points that were read from a document count
 * as written when the city confirms them, although the number stays.
 */
export function changedCells(
  indicator: Indicator,
  { typed, confirmed }: Edit,
  versions: Readonly<Record<string, number>>,
): Cell[] {
  const written = (Object.keys(typed) as Array<keyof Typed>).filter((field) => {
    const before = indicator[field] ?? (field === 'title' || field === 'points' || field === 'weight' ? null : '');
    return typed[field] !== before;
  });
  const fields = confirmed && !written.includes('points') ? [...written, 'points' as const] : written;
  return fields.map((field) => {
    const value = field in typed ? typed[field] : indicator[field];
    const version = versions[`${indicator.code}.${field}`] ?? 0;
    return { code: indicator.code, version, field, value: field === 'title' && value === '' ? null : value } as Cell;
  });
}
