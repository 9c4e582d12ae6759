import type { ReactNode } from 'react';
import type { Read } from '../../call/queries.ts';
import { ErrorPanel } from './ErrorPanel.tsx';
import { Skeleton, type SkeletonShape } from './Skeleton.tsx';

interface LoadedProps<Output> {
  of: Read<Output>;
  shape?: SkeletonShape;
  children: (data: Output) => ReactNode;
}

/**
 * The states of a read: its outline while it loads, the refusal, or the result. An earlier result stays while offline.
 */
export function Loaded<Output>({ of: read, shape = 'text', children }: LoadedProps<Output>) {
  if (read.data !== undefined) return children(read.data);
  if (read.error) return <ErrorPanel problem={read.error} onRetry={() => void read.refetch()} />;
  return <Skeleton shape={shape} />;
}
