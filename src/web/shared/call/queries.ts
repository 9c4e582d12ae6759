import {
  hashKey,
  keepPreviousData,
  QueryClient,
  queryOptions,
  type UseQueryResult,
  useMutation,
  useQueries,
  useQuery,
} from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import type { AnyRoute, RouteArguments, RouteOutput } from '#contract/route.ts';
import { toast } from '../kit/feedback/toast.ts';
import { call } from './call.ts';
import { asProblem, ProblemError } from './problem.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 10 * 60_000,
      // A refusal is an answer, so it is not retried; only failures that may pass by themselves are.
      retry: (failures, error) =>
        error instanceof ProblemError && error.status !== 401 && error.temporary && failures < 3,
      retryDelay: (attempt, error) =>
        Math.max(Math.min(1000 * 2 ** attempt, 8000), (error instanceof ProblemError && error.retryAfter) || 0),
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

export type Read<Output> = UseQueryResult<Output, ProblemError>;

interface ReadOptions {
  enabled?: boolean;
  /** Keeps the rows of the previous page on screen while the next ones load. */
  keepPrevious?: boolean;
  /** Milliseconds to the next look; of what was read may hang whether there is one. */
  refetchInterval?: number | ((query: { state: { data?: unknown; dataUpdateCount: number } }) => number | false);
  staleTime?: number;
  /** Asks anew whenever a page opens, however new the answer in the memory is. */
  refetchOnMount?: 'always';
}

/** The options of a read, for loaders and prefetching. */
export function reading<R extends AnyRoute>(route: R, input: RouteArguments<R>) {
  return queryOptions<RouteOutput<R>, ProblemError>({
    queryKey: [route.name, input],
    queryFn: ({ signal }) => call(route, input, { signal }),
  });
}

/** Reads a route and keeps it fresh. */
export function useRead<R extends AnyRoute>(
  route: R,
  input: RouteArguments<R>,
  options: ReadOptions = {},
): Read<RouteOutput<R>> {
  const { keepPrevious, ...rest } = options;
  return useQuery({
    ...reading(route, input),
    ...rest,
    ...(keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
  }) as Read<RouteOutput<R>>;
}

interface RowPage {
  rows: ReadonlyArray<{ id: string }>;
  total: number;
}

type QueryOf<R extends AnyRoute> = RouteArguments<R> extends { query?: infer Query } ? NonNullable<Query> : never;

export interface ReadPages<Output extends RowPage> {
  /** The first page, with the number of all rows. */
  first: Read<Output>;
  /** The loaded pages. */
  pages: readonly Output[];
  /** The rows of all of them, in order. */
  rows: Array<Output['rows'][number]>;
  /** Loads the next page, or retries one that failed; null where the last one is loaded or loading. */
  more: (() => void) | null;
  failed: boolean;
}

type ParamsOf<R extends AnyRoute> = RouteArguments<R> extends { params: infer Params } ? Params : never;

interface PagesOptions<R extends AnyRoute> extends Pick<ReadOptions, 'staleTime' | 'enabled'> {
  /** What the path of the route names. */
  params?: ParamsOf<R>;
}

/**
 * Reads a long list from its beginning, page after page on request. Each page is a read of its own, so that all pages
 * are refreshed together.
 */
export function useReadPages<R extends AnyRoute>(
  route: R,
  query: Omit<QueryOf<R>, 'page'> & { pageSize: number },
  { params, ...options }: PagesOptions<R> = {},
): RouteOutput<R> extends RowPage ? ReadPages<RouteOutput<R>> : never {
  const path = params === undefined ? {} : { params };
  const pageOf = (page: number) =>
    ({ ...path, query: { ...query, ...(page === 1 ? {} : { page }) } }) as RouteArguments<R>;
  const first = useRead(route, pageOf(1), { ...options, keepPrevious: true });
  const list = hashKey([route.name, path, query]);
  const [asked, setAsked] = useState({ list, pages: 1 });
  const count = asked.list === list ? asked.pages : 1;
  const further = useQueries({
    queries: Array.from({ length: count - 1 }, (_, at) => ({ ...reading(route, pageOf(at + 2)), ...options })),
    combine: together,
  });
  const start = first.data as RowPage | undefined;
  const here = useMemo(() => (start ? [start, ...further.pages] : []), [start, further.pages]);
  const rows = useMemo(() => {
    // While the pages are read again, a row that moves up to the previous page stands in both for a moment.
    const all = here.flatMap((page) => page.rows);
    return [...new Map(all.map((row) => [row.id, row])).values()];
  }, [here]);
  const complete = count * query.pageSize >= (start?.total ?? 0);
  const next = complete || further.waiting ? null : () => setAsked({ list, pages: count + 1 });
  const { again } = further;
  return { first, pages: here, rows, more: again ?? next, failed: again !== null } as never;
}

function together(
  results: ReadonlyArray<{ data?: unknown; isPending: boolean; isError: boolean; refetch: () => unknown }>,
) {
  const failed = results.find(({ isError, isPending }) => isError && !isPending);
  return {
    again: failed ? () => void failed.refetch() : null,
    pages: results.flatMap(({ data }) => (data as RowPage | undefined) ?? []),
    waiting: results.some(({ isPending }) => isPending),
  };
}

/**
 * Reads stale data again after an act: the reads of its own name, the home page, and the reads that the route
 * `touches`.
 */
export function refreshAfter(route: AnyRoute): Promise<void> {
  if (route.touches === 'everything') return queryClient.invalidateQueries();
  const stale = [firstWord(route.name), 'home', ...(route.touches ?? [])];
  return queryClient.invalidateQueries({ predicate: ({ queryKey }) => stale.includes(firstWord(String(queryKey[0]))) });
}

const firstWord = (name: string) => name.split('.')[0] ?? name;

export interface ActOptions<R extends AnyRoute> {
  /** The message when it is done; absent: no message, because the page shows the result. */
  done?: string | ((output: RouteOutput<R>) => string);
  onDone?: (output: RouteOutput<R>) => void;
  /**
   * How to take the act back: its message then offers it for ten seconds. It is run wherever the person has gone since, so
   * it is no act of the page. Null where there is nothing to take back.
   */
  undo?: (output: RouteOutput<R>) => (() => void) | null;
  /**
   * The page shows the problem itself, so no message pops up: from `problem`, or, with `form`, at the fields of the form
   * that sends the act. For that form `act` rejects, since `submit` reads the refusal from there. A function: of these
   * problems alone.
   */
  inline?: boolean | 'form' | ((problem: ProblemError) => boolean);
}

export interface Act<R extends AnyRoute> {
  /**
   * Resolves with the output, or with `undefined` where it was refused (the refusal has been shown). While it runs, the
   * same act with the same input is not sent again: it resolves with what comes of the first.
   */
  act: (input: RouteArguments<R>) => Promise<RouteOutput<R> | undefined>;
  busy: boolean;
  problem: ProblemError | null;
  reset: () => void;
}

/** Runs an act through a route: reports that it is done, reads stale data again, shows a refusal. */
export function useAct<R extends AnyRoute>(route: R, options: ActOptions<R> = {}): Act<R> {
  const mutation = useMutation<RouteOutput<R>, ProblemError, RouteArguments<R>>({
    mutationFn: (input) => call(route, input),
    onSuccess: (output, input) => {
      void refreshAfter(route);
      const done = typeof options.done === 'function' ? options.done(output) : options.done;
      const undo = options.undo?.(output);
      const about = thingOf(input);
      // What was refused is done now: the refusal does not stand over what came of it.
      toast.settle(about ?? route.name);
      if (done !== undefined) undo ? toast.undo(done, undo, about === undefined ? {} : { about }) : toast.say(done);
      options.onDone?.(output);
    },
    onError: (error, input) => {
      const refusal = asProblem(error);
      const { inline } = options;
      const shown = typeof inline === 'function' ? inline(refusal) : inline;
      if (!shown) toast.problem(refusal, thingOf(input) ?? route.name);
    },
  });
  // `isPending` reaches the page one drawing later, and the second click of a double click comes before that.
  const running = useRef(new Map<string, Promise<RouteOutput<R> | undefined>>());
  function act(input: RouteArguments<R>): Promise<RouteOutput<R> | undefined> {
    const key = inputKey(input);
    const before = running.current.get(key);
    if (before) return before;
    const run = mutation
      .mutateAsync(input)
      .catch((error: unknown) => {
        if (options.inline === 'form') throw asProblem(error);
        return undefined;
      })
      .finally(() => running.current.delete(key));
    running.current.set(key, run);
    return run;
  }
  return {
    act,
    busy: mutation.isPending,
    problem: mutation.error,
    reset: mutation.reset,
  };
}

/** Takes an act back, from whatever page: reads again what is stale, says what came of it, or shows the refusal. */
export async function takeBack<R extends AnyRoute>(
  route: R,
  input: RouteArguments<R>,
  said: (output: RouteOutput<R>) => void,
): Promise<void> {
  try {
    const output = await call(route, input);
    void refreshAfter(route);
    said(output);
  } catch (error) {
    toast.problem(asProblem(error));
  }
}

/** The thing on which an act is done, as far as the path of its route names one. */
function thingOf(input: unknown): string | undefined {
  const { params } = input as { params?: unknown };
  return params === undefined ? undefined : JSON.stringify(params);
}

/** Files are compared by their names and sizes. */
function inputKey(input: unknown): string {
  return JSON.stringify(input, (_, value) =>
    value instanceof Blob ? [(value as Partial<File>).name, value.size, (value as Partial<File>).lastModified] : value,
  );
}
