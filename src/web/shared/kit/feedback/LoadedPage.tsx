import type { ReactNode } from 'react';
import type { Read } from '../../call/queries.ts';
import { Page } from '../layout/Page.tsx';
import { Loaded } from './Loaded.tsx';
import type { SkeletonShape } from './Skeleton.tsx';

interface LoadedPageProps<Output> {
  of: Read<Output>;
  /** The title of the page until its own title is known, and where it never becomes known. */
  title: string;
  above?: ReactNode;
  shape?: SkeletonShape;
  /** The whole page, with its own `Page`. */
  children: (data: Output) => ReactNode;
}

/**
 * A page that learns its title from the data it reads. It is a full page already while it loads and when it is refused.
 */
export function LoadedPage<Output>({ of: read, title, above, shape = 'form', children }: LoadedPageProps<Output>) {
  if (read.data !== undefined) return children(read.data);
  return (
    <Page title={title} above={above}>
      <Loaded of={read} shape={shape}>
        {() => null}
      </Loaded>
    </Page>
  );
}
