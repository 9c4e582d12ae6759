import type { ReactNode } from 'react';
import type { Read } from '../../call/queries.ts';
import { Page } from '../layout/Page.tsx';
import { Loaded } from './Loaded.tsx';
import type { SkeletonShape } from './Skeleton.tsx';

interface LoadedPageProps<Output> {
  of: Read<Output>;
  /** What the page is called until its own title is known, and where it never will be. */
  title: string;
  above?: ReactNode;
  shape?: SkeletonShape;
  /** The whole page, with its own `Page`. */
  children: (data: Output) => ReactNode;
}

/** A page that learns its title from what it reads: while that comes, and when it is refused, it is a page all the same. */
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
