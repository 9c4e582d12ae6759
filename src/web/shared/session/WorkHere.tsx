import { type PostName, postText } from '#domain/access/actor.ts';
import { asProblem } from '../call/problem.ts';
import { Button } from '../kit/action/Button.tsx';
import { toast } from '../kit/feedback/toast.ts';
import { workInPost } from './post.ts';
import { useSession } from './session.tsx';

/** Switches this tab to one of the person's posts; says so where the tab works in it already. */
export function WorkHere({ post }: { post: PostName }) {
  const { post: current } = useSession();
  if (current !== null && postText(current) === postText(post)) return <span className="soft">正在使用</span>;
  return (
    <Button small onClick={() => void workInPost(post).catch((error: unknown) => toast.problem(asProblem(error)))}>
      切换到此岗位
    </Button>
  );
}
