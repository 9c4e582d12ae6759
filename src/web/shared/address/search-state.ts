import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { z } from 'zod';

/** Pieces of search schemas. The content of the address is never trusted: invalid parts are dropped. */
export const searchText = z.coerce.string().trim().max(120).optional().catch(undefined);
export const searchNumber = z.coerce.number().finite().optional().catch(undefined);
/** `true` or absent. */
export const searchFlag = z.coerce.boolean().optional().catch(undefined);
/** One of a few words. */
export function searchChoice<const Values extends readonly string[]>(values: Values) {
  return z.enum(values).optional().catch(undefined);
}

/** The part of the address that every list has: `page`, `pageSize`, `sort` (`-name` descends) and the search text. */
export const listSearch = {
  page: z.coerce.number().int().min(1).optional().catch(undefined),
  pageSize: z.coerce.number().int().min(10).max(200).optional().catch(undefined),
  sort: searchText,
  search: searchText,
};

type Patch<T> = { [K in keyof T]?: T[K] | undefined };

/**
 * The state of a page that lives in the address. `set` merges; `undefined` removes a key. A changed filter returns to
 * the first page unless the change itself names a page. Each change is a step of the browser's history; `replace` is
 * for changes while somebody types.
 */
export function useSearchState<Schema extends z.ZodObject>(
  schema: Schema,
): [z.output<Schema>, (patch: Patch<z.output<Schema>>, options?: { replace?: boolean }) => void] {
  const raw = useSearch({ strict: false });
  const navigate = useNavigate();
  const state = useMemo(() => schema.parse(raw), [schema, raw]);
  const set = useCallback(
    (patch: Patch<z.output<Schema>>, options: { replace?: boolean } = {}) => {
      const first = 'page' in patch || !('page' in schema.shape) ? {} : { page: undefined };
      void navigate({
        to: '.',
        search: ((before: object) => ({ ...before, ...first, ...patch })) as never,
        replace: options.replace ?? false,
        resetScroll: false,
      });
    },
    [navigate, schema],
  );
  return [state, set];
}

/** What every list has in its address and what narrows none: the page, its size, the order. */
const ofThePage: ReadonlySet<string> = new Set(['page', 'pageSize', 'sort']);

/**
 * Whether the filters and words of an address narrow a list, and how all of them are taken off at once.
 * @param besides keys of the address that say something else, such as an open dialog
 */
export function narrowingOf<State extends object>(
  state: State,
  set: (patch: Patch<State>) => void,
  besides: readonly (keyof State & string)[] = [],
): { readonly isNarrowed: boolean; readonly clear: () => void } {
  const narrowing = Object.entries(state).filter(([key]) => !ofThePage.has(key) && !besides.some((one) => one === key));
  return {
    isNarrowed: narrowing.some(([, value]) => value !== undefined),
    clear: () => set(Object.fromEntries(narrowing.map(([key]) => [key, undefined])) as Patch<State>),
  };
}
