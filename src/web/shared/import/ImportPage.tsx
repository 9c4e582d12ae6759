import type { ReactNode } from 'react';
import type { ImportPreview } from '#contract/kit/imports.shape.ts';
import type { AnyRoute, RouteArguments, RouteInput, RouteOutput } from '#contract/route.ts';
import { useSearchState } from '../address/search-state.ts';
import { useAct, useRead } from '../call/queries.ts';
import { Download } from '../kit/action/Download.tsx';
import { ImportSteps, type ImportStepsProps } from './ImportSteps.tsx';
import { importSearch } from './import.search.ts';
import { useImport } from './useImport.ts';

/** The routes of one kind of table, as `importRoutes` makes them. */
type Routes = Readonly<Record<'previewImport' | 'readImport' | 'confirmImport' | 'markedWorkbook', AnyRoute>>;
type Preview<R extends Routes> = RouteOutput<R['previewImport']> & ImportPreview;
type Taken<R extends Routes> = RouteOutput<R['confirmImport']>;
type Steps<R extends Routes> = ImportStepsProps<Preview<R>, Taken<R>>;

interface ImportPageProps<R extends Routes> extends Omit<Steps<R>, 'steps' | 'lost' | 'marked'> {
  routes: R;
  /** Sent beside the file. */
  fields?: Readonly<Record<string, string>>;
  /** Sent when the import is confirmed. */
  take?: RouteInput<R['confirmImport']>['body'];
  /** A page in place of this one, where a result is shown only once and must not be lost by choosing another file. */
  after?: (taken: Taken<R>) => ReactNode;
}

/**
 * Imports a table. The server reads the file and keeps the preview, and the address names the preview. The import is
 * then confirmed by the preview's number, exactly as it was seen.
 */
export function ImportPage<R extends Routes>({ routes, fields = {}, take, after, ...page }: ImportPageProps<R>) {
  const [{ preview: named }, setSearch] = useSearchState(importSearch);
  const looking = useAct(routes.previewImport, { inline: true });
  const taking = useAct(routes.confirmImport, { inline: true });
  const input = (importId: string) => ({ params: { importId } });
  const kept = useRead(routes.readImport, given(input(named ?? '')), {
    enabled: named !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  // The routes of every kind have the same inputs and outputs. Only the list of changes differs, and `view` knows its
  // type.
  const steps = useImport<Preview<R>, Taken<R>>({
    look: async (file) => (await looking.act(given({ file, fields }))) as Preview<R> | undefined,
    looking,
    take: async ({ importId }) =>
      (await taking.act(given({ ...input(importId), ...(take === undefined ? {} : { body: take }) }))) as
        | Taken<R>
        | undefined,
    taking,
    kept: named === undefined ? undefined : (kept.data as Preview<R> | undefined),
    keep: (preview) => setSearch({ preview: preview?.importId }),
  });
  if (steps.taken && after) return after(steps.taken);
  return (
    <ImportSteps
      {...page}
      steps={steps}
      lost={named === undefined ? null : kept.error}
      marked={({ importId }) => (
        <Download route={routes.markedWorkbook} input={given(input(importId))}>
          下载标注后的表格
        </Download>
      )}
    />
  );
}

/** The input of a route of which only the kind is known; `importRoutes` gives every kind the same inputs. */
function given(input: object): RouteArguments<AnyRoute> {
  return input as RouteArguments<AnyRoute>;
}
